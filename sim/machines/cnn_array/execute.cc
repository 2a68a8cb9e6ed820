// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs of programs: from the start bit over the last word of input to the interrupt.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sim/machines/cnn_array/bounds.h"
#include "sim/machines/cnn_array/compute.h"
#include "sim/machines/cnn_array/device.h"
#include "sim/machines/cnn_array/hazards.h"

namespace ingot::sim {
namespace {

constexpr size_t kRunsMost = 1000;
constexpr int64_t kPicoseconds = 1'000'000'000'000;

// FIFO f fills the first instance of quadrant f.
constexpr int32_t kInstancesPerQuadrant = 4;

}  // namespace

const Layer *CnnArrayDevice::Active::reader() const {
    const auto found = std::ranges::find(program.layers, true, &Layer::reads_fifo);
    return found == program.layers.end() ? nullptr : &*found;
}

Result<void> CnnArrayDevice::start(int32_t master, Time now) {
    Active active;
    active.master = master;
    TRY(active.program, decode(registers_, array_, work_max_));
    TRY_DO(prepare_input(active));
    notes_.add(active.program.notes);
    active_ = std::move(active);
    master_ = master;
    if (runs_.size() >= kRunsMost) runs_.erase(runs_.begin());
    CnnRun &run = runs_.emplace_back();
    run.start = now;
    run.clock_hz = clock_hz_;
    const auto &frame = active_->frame;
    run.schedule = schedule_of(active_->program.layers, array_,
                               std::accumulate(frame.begin(), frame.end(), int64_t{0}));
    if (active_->reader()) {
        set_pace(run);
        take_words(now);
    } else {
        compute_all(now);
    }
    return {};
}

// Words of a frame go to data memory, or, if it is a ring, to where all that is read has room. What
// programs change in FIFOs' registers after the start does not concern the run.
Result<void> CnnArrayDevice::prepare_input(Active &active) {
    const Layer *layer = active.reader();
    if (!layer) return {};
    for (int32_t f = 0; f < array_.quadrants; ++f) {
        const CnnRegisters::Quadrant &quadrant = registers_.quadrants[static_cast<size_t>(f)];
        if (!fifos_.is_enabled(f) || !quadrant.is_enabled()) continue;
        active.frame[static_cast<size_t>(f)] = quadrant.frame_words;
    }
    const int64_t most = std::ranges::max(active.frame);
    const int64_t end = layer->read_pointer + most;
    if (layer->reads_ring) {
        active.ring.emplace(array_.instance_count(), input_words(*layer));
    } else if (end > array_.data_words) {
        return fail(Code::kCnnProgramInvalid,
                    fmt::format("quadrant {}, input frame", active.master),
                    fmt::format("{} words from word {} on", most, layer->read_pointer),
                    fmt::format("an instance has {} words", array_.data_words));
    }
    return {};
}

// Streaming layers take words as they can use them, others as soon as they come.
void CnnArrayDevice::set_pace(const CnnRun &run) {
    const Time frame_time = scaled(run.schedule.frame_cycles, kPicoseconds, run.clock_hz);
    for (size_t f = 0; f < active_->frame.size(); ++f) {
        active_->ready[f] = run.start;
        if (active_->frame[f] > 0) active_->word_time[f] = frame_time / active_->frame[f];
    }
}

void CnnArrayDevice::push_word(int32_t fifo, uint32_t value, Time now) {
    take_words(now);
    if (fifos_.is_full(fifo)) {
        hazards_.add(fmt::format("FIFO {} is full: words written to it are lost", fifo));
        return;
    }
    if (active_ && fifos_.is_empty(fifo)) {
        Time &ready = active_->ready[static_cast<size_t>(fifo)];
        ready = std::max(ready, now);
    }
    fifos_.push(fifo, value);
    take_words(now);
}

// Does nothing without a FIFO that is to bring words: then the run never gets its input.
void CnnArrayDevice::take_words(Time now) {
    if (!active_ || active_->has_input) return;
    const Layer &layer = *active_->reader();
    DataMemory &memory = active_->ring ? *active_->ring : data_;
    Time last = runs_.back().start;
    for (int32_t f = 0; f < array_.quadrants; ++f) {
        const auto at = static_cast<size_t>(f);
        while (active_->lacks_words(f) && !fifos_.is_empty(f) && active_->ready[at] <= now) {
            last = std::max(last, active_->ready[at]);
            active_->ready[at] += active_->word_time[at];
            const int64_t word = layer.read_pointer + active_->received[at]++;
            const uint32_t value = fifos_.pop(f);
            // Pooling may leave out the last rows of what goes through a ring.
            if (word < memory.words()) memory.write(f * kInstancesPerQuadrant, word, value);
        }
    }
    const bool is_fed = std::ranges::max(active_->frame) > 0;
    if (is_fed && active_->received == active_->frame) compute_all(last);
}

void CnnArrayDevice::compute_all(Time input) {
    CnnRun &run = runs_.back();
    active_->has_input = true;
    run.input = input;
    run.end = end_of(run);
    std::vector<Layer> &layers = active_->program.layers;
    std::optional<DataMemory> ring = std::move(active_->ring);
    for (size_t i = 0; i < layers.size(); ++i) {
        run.layers.push_back(describe(layers[i], run.schedule.layers[i]));
        if (layers[i].is_idle) continue;
        std::optional<DataMemory> next;
        if (layers[i].writes_ring) {
            next.emplace(array_.instance_count(), ring_words(layers[i], layers[i + 1]));
        }
        compute_layer(i, ring ? *ring : data_, next ? *next : data_);
        ring = std::move(next);
    }
}

void CnnArrayDevice::compute_layer(size_t index, const DataMemory &input, DataMemory &output) {
    const Layer &layer = active_->program.layers[index];
    hazards_.add(unwritten_reads(layer, array_, input, kernels_, bias_));
    hazards_.add(early_overwrites(layer));
    const ComputeResult result =
        compute(layer, {.array = array_, .kernels = kernels_, .bias = bias_}, input, output);
    if (result.overflows > 0) {
        notes_.add(
            fmt::format("layer {}: {} sums of a quadrant leave 26 bits; what the part does "
                        "then is not documented",
                        layer.index, result.overflows));
    }
    if (listener_) listener_(layer, output);
}

// Layers that take words from FIFOs run while these come; the others afterwards.
Time CnnArrayDevice::end_of(const CnnRun &run) const {
    const Schedule &schedule = run.schedule;
    const Time streamed = run.start + scaled(schedule.frame_cycles, kPicoseconds, run.clock_hz);
    return std::max(streamed, run.input) +
           scaled(schedule.cycles - schedule.frame_cycles, kPicoseconds, run.clock_hz);
}

Time CnnArrayDevice::next_event() const {
    if (!active_) return kNever;
    if (active_->has_input) return runs_.back().end;
    Time next = kNever;
    for (int32_t f = 0; f < array_.quadrants; ++f) {
        if (!active_->lacks_words(f) || fifos_.is_empty(f)) continue;
        next = std::min(next, active_->ready[static_cast<size_t>(f)]);
    }
    return next;
}

Result<void> CnnArrayDevice::advance(Time now) {
    take_words(now);
    if (!active_ || !active_->has_input || runs_.back().end > now) return {};
    active_.reset();
    for (int32_t q = 0; q < array_.quadrants; ++q) {
        uint32_t &word = control(q, cnn_control::kControl);
        if (word & cnn_bit::kEnable) word |= cnn_bit::kDone;
    }
    update_interrupt();
    return {};
}

}  // namespace ingot::sim
