// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The report as a time line in the Trace Event Format, which Perfetto and Speedscope open. Layers
// carry the names that Zephelin gives them: MODEL::<OP>_<subgraph>_<index>.
// Source: antmicro/zephelin, docs/source/ctf_to_tef.md.

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <optional>

#include "sim/report/forms.h"

namespace ingot::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kProcess = 1;
constexpr int kCoreTrack = 1;
constexpr double kStandInHz = 1e9;  // 1 ns per cycle where the clock is not known.

struct Trace {
    const Report &report;
    double clock_hz;
    std::vector<std::string> engines;  // A track each, the core first.
    Json events = Json::array();
};

// Each time comes from its own cycle in one division, so a slice never ends after its parent.
double microseconds(const Trace &trace, int64_t cycle) {
    return static_cast<double>(cycle) * 1e6 / trace.clock_hz;
}

int track_of(const Trace &trace, const std::string &engine) {
    const auto place = std::ranges::find(trace.engines, engine);
    return kCoreTrack + static_cast<int>(place - trace.engines.begin());
}

struct Event {
    std::string name;
    const char *phase;  // "B" and "E" of a slice, "C" of a counter, "M" of metadata.
    int64_t cycle = 0;  // Of the core.
    int track = kCoreTrack;
    std::optional<double> us = {};  // Instead of the cycle.
};

void add(Trace &trace, const Event &event, Json args) {
    trace.events.push_back({{"name", event.name},
                            {"cat", "ingot"},
                            {"ph", event.phase},
                            {"ts", event.us ? *event.us : microseconds(trace, event.cycle)},
                            {"pid", kProcess},
                            {"tid", event.track},
                            {"args", std::move(args)}});
}

std::string clock_text(const Report &report) {
    return report.knows_clock() ? fmt::format("{} Hz", report.board.clock_hz)
                                : "not known: 1 cycle is drawn as 1 ns";
}

void add_names(Trace &trace) {
    const Report &report = trace.report;
    const std::string what = report.model.empty() ? "a program" : report.model;
    add(trace, {"process_name", "M"}, {{"name", what + " on " + report.board.name}});
    add(trace, {"process_labels", "M"}, {{"labels", "clock " + clock_text(report)}});
    for (const std::string &engine : trace.engines) {
        add(trace, {"thread_name", "M", 0, track_of(trace, engine)}, {{"name", engine}});
    }
}

std::string upper(std::string text) {
    for (char &c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

Json args_of(const LayerReport &layer, const Trace &trace) {
    Json args = {{"op_idx", layer.index},
                 {"subgraph_idx", 0},
                 {"tag", upper(layer.op)},
                 {"thread_id", track_of(trace, layer.engine)},
                 {"runtime", "Ingot"},
                 {"name", layer.name},
                 {"cycles", layer.cycles.total()}};
    for (const CyclePart &part : kCycleParts) {
        args[std::string(part.name) + "_cycles"] = layer.cycles.*part.count;
    }
    args["instructions"] = layer.instructions;
    args["macs"] = layer.macs;
    if (trace.report.is_traffic_recorded) args["bytes"] = layer.bytes();
    if (layer.energy_j) args["energy_j"] = *layer.energy_j;
    args["bound"] = layer.bound();
    return args;
}

// One slice of the whole run on the core's track, and the layers on the tracks of their engines.
void add_slices(Trace &trace) {
    const Report &report = trace.report;
    const std::string whole = report.layers.empty() ? "run" : "inference";
    const int64_t cycles = report.cycles.total();
    add(trace, {whole, "B"}, {{"cycles", cycles}, {"instructions", report.instructions}});
    for (const LayerReport &layer : report.layers) {
        const std::string name = fmt::format("MODEL::{}_0_{}", upper(layer.op), layer.index);
        const int track = track_of(trace, layer.engine);
        add(trace, {name, "B", layer.first_cycle, track}, args_of(layer, trace));
        add(trace, {name, "E", layer.first_cycle + layer.cycles.total(), track}, Json::object());
    }
    add(trace, {whole, "E", cycles}, Json::object());
}

// What a master moved in a window: bytes per second, or per cycle where the clock is not known.
void add_slices(Trace &trace, const AcceleratorReport &accelerator) {
    const int track = track_of(trace, accelerator.name);
    const auto us = [&](int64_t cycle) {
        return 1e6 * (accelerator.start_seconds + accelerator.seconds(cycle));
    };
    add(trace, {"run", "B", 0, track, us(0)}, {{"cycles", accelerator.cycles}});
    for (const AcceleratorLayer &layer : accelerator.layers) {
        const std::string name = fmt::format("{}: {}", layer.index, layer.op);
        add(trace, {name, "B", 0, track, us(layer.first_cycle)},
            {{"cycles", layer.cycles}, {"macs", layer.macs}, {"bound", layer.bound}});
        add(trace, {name, "E", 0, track, us(layer.first_cycle + layer.cycles)}, Json::object());
    }
    add(trace, {"run", "E", 0, track, us(accelerator.cycles)}, Json::object());
}

double rate_of(const Trace &trace, const Stream &stream, size_t window) {
    if (window >= stream.window_bytes.size()) return 0;
    const int64_t start = static_cast<int64_t>(window) * trace.report.window_cycles;
    const int64_t cycles =
        std::min(trace.report.window_cycles, trace.report.cycles.total() - start);
    if (cycles <= 0) return 0;
    const double scale = trace.report.knows_clock() ? trace.clock_hz : 1;
    return static_cast<double>(stream.window_bytes[window]) * scale / static_cast<double>(cycles);
}

// One counter per memory, with a series per master; it ends at zero with the run.
void add_counters(Trace &trace, const std::string &memory) {
    const Report &report = trace.report;
    size_t windows = 0;
    for (const Stream &stream : report.streams) {
        if (stream.memory == memory) windows = std::max(windows, stream.window_bytes.size());
    }
    if (windows == 0) return;
    const std::string name = memory + (report.knows_clock() ? " B/s" : " B/cycle");
    for (size_t window = 0; window <= windows; ++window) {
        const int64_t start = static_cast<int64_t>(window) * report.window_cycles;
        Json args = Json::object();
        for (const Stream &stream : report.streams) {
            if (stream.memory == memory) args[stream.master] = rate_of(trace, stream, window);
        }
        add(trace, {name, "C", std::min(start, report.cycles.total())}, std::move(args));
    }
}

// The record knows what a memory held at its fullest, not when: metadata at the end of the run.
void add_occupation(Trace &trace, const MemoryReport &memory) {
    Json args = {{"memory_region", memory.name}};
    for (const Memory &row : trace.report.board.memories) {
        if (row.name == memory.name) args["memory_addr"] = row.address;
    }
    args["used"] = memory.peak_bytes;
    args["unused"] = memory.size_bytes - memory.peak_bytes;
    add(trace, {"MEMORY", "M", trace.report.cycles.total()}, std::move(args));
}

std::vector<std::string> engines_of(const Report &report) {
    std::vector<std::string> engines{"core"};
    for (const LayerReport &layer : report.layers) {
        if (std::ranges::find(engines, layer.engine) == engines.end()) {
            engines.push_back(layer.engine);
        }
    }
    for (const AcceleratorReport &accelerator : report.accelerators) {
        engines.push_back(accelerator.name);
    }
    return engines;
}

}  // namespace

std::string to_trace(const Report &report) {
    Trace trace{.report = report,
                .clock_hz = report.knows_clock() ? report.mean_hz() : kStandInHz,
                .engines = engines_of(report)};
    add_names(trace);
    add_slices(trace);
    for (const AcceleratorReport &accelerator : report.accelerators) add_slices(trace, accelerator);
    for (const MemoryReport &memory : report.memories) {
        add_counters(trace, memory.name);
        add_occupation(trace, memory);
    }
    for (const DeviceReport &device : report.devices) add_counters(trace, device.name);
    const Json json = {{"displayTimeUnit", "ms"},
                       {"otherData",
                        {{"tool", report.tool},
                         {"board", report.board.name},
                         {"model", report.model},
                         {"clock", clock_text(report)}}},
                       {"traceEvents", std::move(trace.events)}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace ingot::sim
