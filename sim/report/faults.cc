// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Whether a record can be true. Slow and obvious: what fills the record shares none of this.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sim/report/report.h"

namespace ingot::sim {
namespace {

// Sums of doubles in another order differ by this much of themselves, at most.
constexpr double kRounding = 1e-9;

struct Faults {
    const Report &report;
    std::vector<std::string> found;

    template <class... Values>
    void unless(bool holds, fmt::format_string<Values...> text, Values &&...values) {
        if (!holds) found.push_back(fmt::format(text, std::forward<Values>(values)...));
    }

    void unless_negative(const std::string &what, int64_t value) {
        unless(value >= 0, "{} is negative: {}", what, value);
    }
};

// What is not a number is above every limit.
bool is_above(double value, double limit) {
    return !(value <= limit + std::abs(limit) * kRounding);
}

std::string name_of(const LayerReport &layer) {
    return fmt::format("layer {} ({})", layer.index, layer.name);
}

void check_cycles(Faults &faults, const std::string &of, const Cycles &cycles) {
    for (const CyclePart &part : kCycleParts) {
        faults.unless_negative(fmt::format("{}: {} cycles", of, part.name), cycles.*part.count);
    }
}

void check_traffic(Faults &faults, const std::string &of, const Traffic &traffic) {
    faults.unless_negative(of + ": bytes read", traffic.bytes_read);
    faults.unless_negative(of + ": bytes written", traffic.bytes_written);
}

void check_energy(Faults &faults, const std::string &of, const std::optional<double> &energy_j) {
    const bool is_sound = !energy_j || (std::isfinite(*energy_j) && *energy_j >= 0);
    faults.unless(is_sound, "{}: energy is no quantity: {} J", of, energy_j.value_or(0));
}

void check_run(Faults &faults) {
    const Report &report = faults.report;
    check_cycles(faults, "run", report.cycles);
    check_energy(faults, "run", report.energy_j);
    const double seconds = report.changed_seconds.value_or(0);
    faults.unless(std::isfinite(seconds) && seconds >= 0, "the run took {} s", seconds);
    const std::pair<const char *, int64_t> counts[] = {
        {"run: instructions", report.instructions},
        {"run: unknown instructions", report.unknown_instructions},
        {"run: MAC", report.macs},
        {"arena bytes", report.arena_bytes.value_or(0)},
        {"flash bytes", report.flash_bytes},
        {"RAM bytes", report.ram_bytes},
        {"stack bytes", report.stack_bytes.value_or(0)},
        {"window cycles", report.window_cycles},
        {"clock", report.board.clock_hz},
    };
    for (const auto &[what, value] : counts) faults.unless_negative(what, value);
}

void check_unknown(Faults &faults) {
    const Report &report = faults.report;
    faults.unless(report.unknown_instructions <= report.instructions,
                  "of {} instructions, {} are unknown", report.instructions,
                  report.unknown_instructions);
}

void check_layer(Faults &faults, const LayerReport &layer) {
    const std::string of = name_of(layer);
    check_cycles(faults, of, layer.cycles);
    check_energy(faults, of, layer.energy_j);
    faults.unless_negative(of + ": instructions", layer.instructions);
    faults.unless_negative(of + ": MAC", layer.macs);
    faults.unless_negative(of + ": first cycle", layer.first_cycle);
    for (const Traffic &traffic : layer.traffic) check_traffic(faults, of, traffic);
    const size_t memories = faults.report.memories.size();
    faults.unless(layer.traffic.size() == memories, "{} has traffic with {} memories of {}", of,
                  layer.traffic.size(), memories);
    faults.unless(layer.energy_j.has_value() == faults.report.energy_j.has_value(),
                  "{} and the run do not both know their energy", of);
}

// Layers run one after the other, inside the run.
void check_order(Faults &faults) {
    int64_t free_cycle = 0;
    for (const LayerReport &layer : faults.report.layers) {
        faults.unless(layer.first_cycle >= free_cycle,
                      "{} begins at cycle {}, before cycle {} where the one before it ends",
                      name_of(layer), layer.first_cycle, free_cycle);
        free_cycle = layer.first_cycle + layer.cycles.total();
    }
    const int64_t total = faults.report.cycles.total();
    faults.unless(free_cycle <= total, "the last layer ends at cycle {} of {}", free_cycle, total);
}

// What the layers leave of a total is the rest of the run, which is never less than nothing.
void check_rest(Faults &faults) {
    const Report &report = faults.report;
    const LayerReport rest = report.outside();
    check_cycles(faults, "outside of the layers", rest.cycles);
    faults.unless_negative("outside of the layers: instructions", rest.instructions);
    faults.unless(report.layers.empty() || rest.macs == 0,
                  "the layers' MAC and the run's differ by {}", rest.macs);
    for (size_t i = 0; i < rest.traffic.size(); ++i) {
        check_traffic(faults, report.memories[i].name + ", outside of the layers", rest.traffic[i]);
    }
    if (!rest.energy_j) return;
    const double allowed = std::abs(*report.energy_j) * kRounding;
    faults.unless(!(*rest.energy_j < -allowed), "the layers take {} J more than the run",
                  -*rest.energy_j);
}

void check_functions(Faults &faults) {
    Cycles sum;
    int64_t before = INT64_MAX;
    for (const FunctionReport &function : faults.report.functions) {
        const std::string of = "function " + function.name;
        faults.unless_negative(of + ": calls", function.calls);
        faults.unless_negative(of + ": instructions", function.instructions);
        faults.unless_negative(of + ": cycles", function.cycles);
        faults.unless(function.cycles <= before, "{} has more cycles than the one before it", of);
        before = function.cycles;
        sum.compute += function.cycles;
    }
    const int64_t total = faults.report.cycles.total();
    faults.unless(sum.total() <= total, "the functions have {} cycles, the run {}", sum.total(),
                  total);
}

void check_stream(Faults &faults, const Stream &stream) {
    const Report &report = faults.report;
    const std::string of = stream.master + " with " + stream.memory;
    check_traffic(faults, of, stream.traffic);
    int64_t sum = 0;
    for (const int64_t bytes : stream.window_bytes) {
        faults.unless_negative(of + ": bytes of a window", bytes);
        sum += bytes;
    }
    const int64_t bytes = stream.traffic.bytes();
    faults.unless(sum == bytes, "{}: the windows have {} B, the stream {} B", of, sum, bytes);
    const int64_t cycles = report.cycles.total();
    const int64_t window = report.window_cycles;
    const int64_t windows = window > 0 ? (cycles + window - 1) / window : 0;
    faults.unless(std::ssize(stream.window_bytes) <= windows, "{}: {} windows in a run of {}", of,
                  stream.window_bytes.size(), windows);
    bool is_known = false;
    for (const MemoryReport &memory : report.memories) is_known |= memory.name == stream.memory;
    for (const DeviceReport &device : report.devices) is_known |= device.name == stream.memory;
    faults.unless(is_known, "{}: there is no such memory", of);
}

// What the port could move in one cycle of the core: as the report says; without a clock, a word
// through every port. 0: not known.
double bytes_per_cycle(const Report &report, const MemoryReport &memory) {
    if (report.knows_clock()) {
        return static_cast<double>(memory.peak_bytes_per_second) /
               static_cast<double>(report.board.clock_hz);
    }
    for (const Memory &row : report.board.memories) {
        if (row.name == memory.name) return static_cast<double>(row.peak_bytes(1000)) / 1000;
    }
    return 0;
}

// All masters together.
void check_windows(Faults &faults, const MemoryReport &memory) {
    std::vector<int64_t> sums;
    for (const Stream &stream : faults.report.streams) {
        if (stream.memory != memory.name) continue;
        if (sums.size() < stream.window_bytes.size()) sums.resize(stream.window_bytes.size());
        for (size_t i = 0; i < stream.window_bytes.size(); ++i) sums[i] += stream.window_bytes[i];
    }
    const double limit =
        bytes_per_cycle(faults.report, memory) * static_cast<double>(faults.report.window_cycles);
    for (size_t i = 0; i < sums.size(); ++i) {
        const bool is_too_much = limit > 0 && is_above(static_cast<double>(sums[i]), limit);
        faults.unless(!is_too_much, "{}: window {} has {} B, its port moves {:.0f} B", memory.name,
                      i, sums[i], limit);
    }
}

void check_average(Faults &faults, const MemoryReport &memory) {
    const Report &report = faults.report;
    const double average = memory.average_bytes_per_second;
    const double seconds = report.seconds();
    const double bytes = static_cast<double>(memory.traffic.bytes());
    const double expected = seconds > 0 ? bytes / seconds : 0;
    const bool is_right = !is_above(std::abs(average - expected), expected * kRounding);
    faults.unless(is_right, "{}: {} B/s on average, but {} B in {} s", memory.name, average, bytes,
                  seconds);
    const double peak = static_cast<double>(memory.peak_bytes_per_second);
    faults.unless(peak == 0 || !is_above(average, peak), "{}: {} B/s on average, above its {} B/s",
                  memory.name, average, peak);
}

void check_name(Faults &faults, const std::string &name) {
    const Report &report = faults.report;
    const auto count = std::ranges::count(report.memories, name, &MemoryReport::name) +
                       std::ranges::count(report.devices, name, &DeviceReport::name);
    faults.unless(count == 1, "{}: two memories have this name", name);
}

void check_masters(Faults &faults, const std::string &name, const Traffic &traffic) {
    Traffic sum;
    for (const Stream &stream : faults.report.streams) {
        if (stream.memory != name) continue;
        sum.bytes_read += stream.traffic.bytes_read;
        sum.bytes_written += stream.traffic.bytes_written;
    }
    faults.unless(sum.bytes_read == traffic.bytes_read,
                  "{}: its masters read {} B, it was read {} B", name, sum.bytes_read,
                  traffic.bytes_read);
    faults.unless(sum.bytes_written == traffic.bytes_written,
                  "{}: its masters wrote {} B, it was written {} B", name, sum.bytes_written,
                  traffic.bytes_written);
}

void check_memory(Faults &faults, const MemoryReport &memory) {
    check_traffic(faults, memory.name, memory.traffic);
    faults.unless_negative(memory.name + ": size", memory.size_bytes);
    faults.unless_negative(memory.name + ": peak bytes", memory.peak_bytes);
    faults.unless_negative(memory.name + ": peak bytes per second", memory.peak_bytes_per_second);
    faults.unless(memory.peak_bytes <= memory.size_bytes, "{}: {} B occupied of {} B", memory.name,
                  memory.peak_bytes, memory.size_bytes);
    check_name(faults, memory.name);
    check_average(faults, memory);
    check_masters(faults, memory.name, memory.traffic);
    check_windows(faults, memory);
}

void check_words(Faults &faults, const std::string &of, const std::vector<WordRange> &ranges,
                 int64_t size) {
    for (const WordRange &range : ranges) {
        const int64_t most = range.last_word - range.first_word + 1;
        faults.unless(range.first_word >= 0 && range.last_word < size && range.words > 0 &&
                          range.words <= most,
                      "{}: {} words from {} to {} of {}", of, range.words, range.first_word,
                      range.last_word, size);
    }
}

void check_places(Faults &faults, const std::string &of, const LayerPlaces &places,
                  const AcceleratorMemory &memory) {
    const int64_t kernel_words = std::max(memory.kernel_words, memory.first_kernel_words);
    if (places.read) check_words(faults, of, *places.read, memory.data_words);
    if (places.written) check_words(faults, of, *places.written, memory.data_words);
    check_words(faults, of, places.kernels, kernel_words);
}

// Layers run one after the other, and nothing is quicker than the least or slower than the most.
void check_accelerator(Faults &faults, const AcceleratorReport &accelerator) {
    int64_t free_cycle = 0;
    for (const AcceleratorLayer &layer : accelerator.layers) {
        const std::string of = fmt::format("{}: layer {}", accelerator.name, layer.index);
        for (const int64_t count : {layer.cycles, layer.macs, layer.bytes_read, layer.bytes_written,
                                    layer.kernel_bytes}) {
            faults.unless_negative(of, count);
        }
        check_places(faults, of, layer.places, accelerator.memory);
        faults.unless(layer.first_cycle >= free_cycle,
                      "{} begins at cycle {}, before cycle {} where the one before it ends", of,
                      layer.first_cycle, free_cycle);
        free_cycle = layer.first_cycle + layer.cycles;
    }
    faults.unless(free_cycle <= accelerator.cycles, "{}: the last layer ends at cycle {} of {}",
                  accelerator.name, free_cycle, accelerator.cycles);
    faults.unless(accelerator.cycles_min <= accelerator.cycles &&
                      accelerator.cycles <= accelerator.cycles_max,
                  "{}: {} cycles are not between {} and {}", accelerator.name, accelerator.cycles,
                  accelerator.cycles_min, accelerator.cycles_max);
}

void check_device(Faults &faults, const DeviceReport &device) {
    check_traffic(faults, device.name, device.traffic);
    faults.unless_negative(device.name + ": reads", device.reads);
    faults.unless_negative(device.name + ": writes", device.writes);
    faults.unless_negative(device.name + ": wait cycles", device.wait_cycles);
    check_name(faults, device.name);
    if (faults.report.is_traffic_recorded) check_masters(faults, device.name, device.traffic);
}

// The core waits for one device at a time.
void check_devices(Faults &faults) {
    int64_t waited = 0;
    for (const DeviceReport &device : faults.report.devices) {
        check_device(faults, device);
        waited += device.wait_cycles;
    }
    faults.unless(waited <= faults.report.cycles.data,
                  "devices were waited for in {} cycles, of {} for data", waited,
                  faults.report.cycles.data);
}

}  // namespace

std::vector<std::string> faults(const Report &report) {
    Faults faults{.report = report, .found = {}};
    check_run(faults);
    check_unknown(faults);
    for (const LayerReport &layer : report.layers) check_layer(faults, layer);
    check_order(faults);
    check_rest(faults);
    check_functions(faults);
    for (const Stream &stream : report.streams) check_stream(faults, stream);
    for (const MemoryReport &memory : report.memories) check_memory(faults, memory);
    for (const AcceleratorReport &accelerator : report.accelerators) {
        check_accelerator(faults, accelerator);
    }
    check_devices(faults);
    return faults.found;
}

}  // namespace ingot::sim
