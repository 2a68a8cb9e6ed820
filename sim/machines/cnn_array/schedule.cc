// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Layers run one after the other. What the documentation does not tell of streaming and of the
// MAX78002's pipeline makes a range of the total, never a factor on a single figure.

#include "sim/machines/cnn_array/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ingot::sim {
namespace {

// Before the first layer. Source: ai8x-synthesis, izer/backend/max7800x.py, "Startup".
constexpr int64_t kFirstState = 1;

int64_t scaled(int64_t cycles, double factor) {
    return std::llround(static_cast<double>(cycles) * factor);
}

bool has_pipeline(const CnnArray &array) { return array.timing.pipeline_factor > 1; }

bool streams(std::span<const Layer> layers) {
    return std::ranges::any_of(layers, &Layer::is_streaming);
}

std::string basis_of(std::span<const Layer> layers, const CnnArray &array, int64_t fifo_words) {
    const CnnArrayTiming &timing = array.timing;
    const char *const sure = timing.is_fitted ? "fitted to boards" : "assumed as on another part";
    std::string text =
        fmt::format("states of the layers by registers, and {} cycles from start to interrupt, {}",
                    timing.start_cycles, sure);
    if (streams(layers)) {
        if (fifo_words > 0) {
            text += fmt::format(", and {} cycles per word of a FIFO, {}", timing.stream_word_cycles,
                                sure);
        }
        text += fmt::format(
            "; how streaming layers wait for each other is not documented, the "
            "vendor estimates {:g} times their cycles",
            timing.stream_factor);
    }
    if (has_pipeline(array)) {
        text += fmt::format(
            "; the pipeline is not documented, one network points at {:g} times "
            "the cycles",
            timing.pipeline_factor);
    }
    return text;
}

}  // namespace

int64_t Schedule::state_cycles() const {
    int64_t sum = kFirstState;
    for (const ScheduledLayer &layer : layers) sum += layer.states.total();
    return sum;
}

Schedule schedule_of(std::span<const Layer> layers, const CnnArray &array, int64_t fifo_words) {
    const CnnArrayTiming &timing = array.timing;
    Schedule schedule;
    int64_t waits = streams(layers) ? fifo_words * timing.stream_word_cycles : 0;
    for (const Layer &layer : layers) {
        const LayerCycles states = cycles_of(layer);
        const int64_t cycles = states.total() + std::exchange(waits, 0);
        schedule.layers.push_back(
            {.first_cycle = schedule.cycles, .cycles = cycles, .states = states});
        schedule.cycles += cycles;
        schedule.cycles_min += states.total();
        double factor = layer.is_streaming ? timing.stream_factor : 1;
        if (has_pipeline(array)) factor *= timing.pipeline_factor;
        schedule.cycles_max += std::max(cycles, scaled(states.total(), factor));
        if (layer.is_streaming) schedule.frame_cycles = schedule.cycles;
    }
    if (fifo_words == 0) schedule.frame_cycles = 0;
    for (int64_t *total : {&schedule.cycles, &schedule.cycles_min, &schedule.cycles_max}) {
        *total += kFirstState + timing.start_cycles;
    }
    schedule.basis = basis_of(layers, array, fifo_words);
    return schedule;
}

}  // namespace ingot::sim
