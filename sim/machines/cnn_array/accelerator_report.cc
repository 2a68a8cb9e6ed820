// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// From a run's record to rows of the report.

#include "sim/machines/cnn_array/accelerator_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "sim/machines/cnn_array/memory_use.h"
#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {
namespace {

constexpr double kSecondsPerPicosecond = 1e-12;

std::string pooling_text(const Pooling &pooling) {
    const char *kind = pooling.kind == Pooling::Kind::kMaximum ? "max" : "average";
    return fmt::format("{}x{} {} pool", pooling.rows, pooling.columns, kind);
}

const char *function_text(ElementFunction function) {
    switch (function) {
        case ElementFunction::kSubtract:
            return "subtract";
        case ElementFunction::kAdd:
            return "add";
        case ElementFunction::kOr:
            return "or";
        default:
            return "xor";
    }
}

std::string convolution_text(const Layer &layer) {
    if (layer.is_flattened) return "linear";
    if (layer.is_bypassed) return "sum";
    if (layer.is_1d) return fmt::format("conv1d {}", layer.taps());
    return fmt::format("{}{} {}x{}", layer.is_transposed ? "transposed " : "",
                       layer.kind == Layer::Kind::kDepthwise ? "depthwise" : "conv2d",
                       layer.tap_rows, layer.tap_columns);
}

AcceleratorLayer row_of(const LayerRun &run, const CnnArray &array) {
    const LayerCycles &states = run.time.states;
    return {.index = run.layer.index,
            .op = operation_text(run.layer),
            .input = input_shape(run.layer),
            .output = output_shape(run.layer),
            .first_cycle = run.time.first_cycle,
            .cycles = run.time.cycles,
            .macs = run.macs,
            .bytes_read = run.bytes_read,
            .bytes_written = run.bytes_written,
            .kernel_bytes = run.kernel_bytes,
            .bound = states.output >= states.input ? "output" : "input",
            .places = places_of(run.layer, array)};
}

// A run that waits for its input takes as much longer as it waits; the schedule knows nothing of
// it.
int64_t cycles_of(const CnnRun &run) {
    const double seconds = static_cast<double>(run.end - run.start) * kSecondsPerPicosecond;
    const double cycles = seconds * static_cast<double>(run.clock_hz);
    return std::max(run.schedule.cycles, static_cast<int64_t>(cycles + 0.5));
}

void add_run(AcceleratorReport &report, const CnnRun &run, const CnnArray &array) {
    report.clock_hz = run.clock_hz;
    report.start_seconds = static_cast<double>(run.start) * kSecondsPerPicosecond;
    report.cycles = cycles_of(run);
    const int64_t waited = report.cycles - run.schedule.cycles;
    report.cycles_min = run.schedule.cycles_min + waited;
    report.cycles_max = run.schedule.cycles_max + waited;
    report.basis = run.schedule.basis;
    if (waited > 0) {
        report.basis += fmt::format("; it waited {} cycles for the core to load FIFOs", waited);
    }
    std::vector<Layer> layers;
    for (const LayerRun &layer : run.layers) {
        report.layers.push_back(row_of(layer, array));
        layers.push_back(layer.layer);
    }
    report.memory = memory_of(layers, array);
}

}  // namespace

std::string operation_text(const Layer &layer) {
    if (layer.is_idle) return "idle";
    std::vector<std::string> parts;
    const bool pools = layer.pooling.kind != Pooling::Kind::kOff;
    if (pools && layer.pools_first) parts.push_back(pooling_text(layer.pooling));
    if (layer.combines) {
        parts.push_back(fmt::format("{} {}", function_text(layer.function), layer.operands));
    }
    if (pools && !layer.pools_first) parts.push_back(pooling_text(layer.pooling));
    if (layer.convolves()) parts.push_back(convolution_text(layer));
    if (parts.empty()) return "pass-through";
    return fmt::format("{}", fmt::join(parts, ", "));
}

// The passes of a flattened layer are pixels.
FrameShape input_shape(const Layer &layer) {
    const int64_t processors = layer.processor_count();
    if (layer.is_flattened) {
        return {.channels = processors, .rows = layer.passes, .columns = 1};
    }
    return {.channels = processors * layer.passes, .rows = layer.rows, .columns = layer.columns};
}

FrameShape output_shape(const Layer &layer) {
    if (layer.is_idle) return {};
    return {.channels = static_cast<int64_t>(output_channels(layer).size()),
            .rows = layer.output_rows,
            .columns = layer.output_columns};
}

std::optional<AcceleratorReport> accelerator_report(const CnnArrayDevice &device) {
    const auto is_done = [](const CnnRun &run) { return run.end != kNever; };
    const auto last = std::find_if(device.runs().rbegin(), device.runs().rend(), is_done);
    const bool has_run = last != device.runs().rend();
    if (!has_run && device.hazards().empty() && device.notes().empty()) return {};
    AcceleratorReport report{.name = device.name(),
                             .runs = std::ranges::count_if(device.runs(), is_done),
                             .hazards = device.hazards(),
                             .notes = device.notes()};
    if (has_run) add_run(report, *last, device.array());
    return report;
}

}  // namespace ingot::sim
