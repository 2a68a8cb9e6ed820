// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The report for programs; report.schema.json in this folder describes every key. What is not known
// is null, and a count is never a float.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/report/forms.h"

namespace ingot::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSchemaVersion = 1;

Json or_null(bool is_known, Json value) { return is_known ? std::move(value) : Json(); }

Json text_or_null(const std::string &text) { return or_null(!text.empty(), text); }

Json energy_json(const std::optional<double> &energy_j) {
    return energy_j ? Json(*energy_j) : Json();
}

Json count_json(const std::optional<int64_t> &count) { return count ? Json(*count) : Json(); }

Json seconds_json(const Report &report, int64_t cycles) {
    return or_null(report.knows_clock(), report.seconds(cycles));
}

Json bytes_json(const Report &report, int64_t bytes) {
    return or_null(report.is_traffic_recorded, bytes);
}

Json parts_json(const Cycles &cycles) {
    Json json = Json::object();
    for (const CyclePart &part : kCycleParts) json[std::string(part.name)] = cycles.*part.count;
    return json;
}

Json memories_json(const Report &report) {
    Json json = Json::object();
    for (const MemoryReport &memory : report.memories) {
        const bool knows_average = report.knows_clock() && report.is_traffic_recorded;
        json[memory.name] = {
            {"bytes_read", bytes_json(report, memory.traffic.bytes_read)},
            {"bytes_written", bytes_json(report, memory.traffic.bytes_written)},
            {"size_bytes", memory.size_bytes},
            {"peak_bytes", memory.peak_bytes},
            {"average_bytes_per_second", or_null(knows_average, memory.average_bytes_per_second)},
            {"peak_bytes_per_second", or_null(report.knows_clock(), memory.peak_bytes_per_second)},
        };
    }
    return json;
}

Json masters_json(const Report &report) {
    Json json = Json::array();
    for (const Stream &stream : report.streams) {
        json.push_back({{"master", stream.master},
                        {"memory", stream.memory},
                        {"bytes_read", stream.traffic.bytes_read},
                        {"bytes_written", stream.traffic.bytes_written},
                        {"window_bytes", stream.window_bytes}});
    }
    return json;
}

Json devices_json(const Report &report) {
    Json json = Json::object();
    for (const DeviceReport &device : report.devices) {
        json[device.name] = {{"reads", device.reads},
                             {"writes", device.writes},
                             {"bytes_read", device.traffic.bytes_read},
                             {"bytes_written", device.traffic.bytes_written},
                             {"wait_cycles", device.wait_cycles}};
    }
    return json;
}

// Of a layer, by memory.
Json traffic_json(const Report &report, const std::vector<Traffic> &traffic) {
    Json json = Json::object();
    const size_t memories = std::min(traffic.size(), report.memories.size());
    for (size_t i = 0; i < memories; ++i) {
        json[report.memories[i].name] = {
            {"bytes_read", bytes_json(report, traffic[i].bytes_read)},
            {"bytes_written", bytes_json(report, traffic[i].bytes_written)},
        };
    }
    return json;
}

// What a layer costs, and what the rest of the run does.
void add_cost(Json &json, const Report &report, const LayerReport &layer) {
    json["cycles"] = layer.cycles.total();
    json["cycle_parts"] = parts_json(layer.cycles);
    json["seconds"] = seconds_json(report, layer.cycles.total());
    json["instructions"] = layer.instructions;
    json["macs"] = or_null(report.knows_macs(), layer.macs);
    json["bytes"] = bytes_json(report, layer.bytes());
    json["memory"] = traffic_json(report, layer.traffic);
    json["energy_j"] = energy_json(layer.energy_j);
}

Json shape_json(const FrameShape &shape) { return {shape.channels, shape.rows, shape.columns}; }

Json ranges_json(const std::optional<std::vector<WordRange>> &ranges, const char *units) {
    if (!ranges) return {};
    Json json = Json::array();
    for (const WordRange &range : *ranges) {
        json.push_back({{units, range.units},
                        {"first_word", range.first_word},
                        {"last_word", range.last_word},
                        {"words", range.words}});
    }
    return json;
}

// A layer that an accelerator computed. The core's parts of it are not known to anybody.
Json layer_json(const AcceleratorReport &accelerator, const AcceleratorLayer &layer) {
    return {{"index", layer.index},
            {"name", fmt::format("layer {}", layer.index)},
            {"op", layer.op},
            {"engine", accelerator.name},
            {"first_cycle", layer.first_cycle},
            {"cycles", layer.cycles},
            {"cycle_parts", Json()},
            {"seconds", accelerator.seconds(layer.cycles)},
            {"instructions", Json()},
            {"macs", layer.macs},
            {"bytes", layer.bytes_read + layer.bytes_written + layer.kernel_bytes},
            {"memory",
             {{"data", {{"bytes_read", layer.bytes_read}, {"bytes_written", layer.bytes_written}}},
              {"kernels", {{"bytes_read", layer.kernel_bytes}, {"bytes_written", 0}}}}},
            {"energy_j", Json()},
            {"bound", layer.bound},
            {"input", shape_json(layer.input)},
            {"output", shape_json(layer.output)},
            {"data_words_read", ranges_json(layer.places.read, "instances")},
            {"data_words_written", ranges_json(layer.places.written, "instances")},
            {"kernel_words", ranges_json(layer.places.kernels, "processors")}};
}

Json memory_json(const AcceleratorMemory &memory) {
    if (memory.data_words == 0) return {};
    return {{"data_words", memory.data_words},
            {"kernel_words", memory.kernel_words},
            {"first_kernel_words", memory.first_kernel_words},
            {"kernel_words_used", memory.kernel_words_used}};
}

Json accelerators_json(const Report &report) {
    Json json = Json::array();
    for (const AcceleratorReport &accelerator : report.accelerators) {
        json.push_back({{"name", accelerator.name},
                        {"clock_hz", accelerator.clock_hz},
                        {"runs", accelerator.runs},
                        {"start_seconds", accelerator.start_seconds},
                        {"cycles", accelerator.cycles},
                        {"cycles_min", accelerator.cycles_min},
                        {"cycles_max", accelerator.cycles_max},
                        {"basis", accelerator.basis},
                        {"seconds", accelerator.seconds(accelerator.cycles)},
                        {"macs", accelerator.macs()},
                        {"memory", memory_json(accelerator.memory)},
                        {"hazards", accelerator.hazards},
                        {"notes", accelerator.notes}});
    }
    return json;
}

Json clocks_json(const Report &report) {
    Json json = {{"core", or_null(report.knows_clock(), report.board.clock_hz)}};
    for (const AcceleratorReport &accelerator : report.accelerators) {
        json[accelerator.name] = accelerator.clock_hz;
    }
    return json;
}

Json layers_json(const Report &report) {
    Json json = Json::array();
    for (const LayerReport &layer : report.layers) {
        Json row = {{"index", layer.index},
                    {"name", layer.name},
                    {"op", layer.op},
                    {"engine", layer.engine},
                    {"first_cycle", layer.first_cycle}};
        add_cost(row, report, layer);
        row["bound"] = layer.bound();
        json.push_back(std::move(row));
    }
    for (const AcceleratorReport &accelerator : report.accelerators) {
        for (const AcceleratorLayer &layer : accelerator.layers) {
            json.push_back(layer_json(accelerator, layer));
        }
    }
    return json;
}

Json outside_json(const Report &report) {
    Json json = Json::object();
    add_cost(json, report, report.outside());
    return json;
}

Json functions_json(const Report &report) {
    Json json = Json::array();
    for (const FunctionReport &function : report.functions) {
        json.push_back({{"name", function.name},
                        {"address", function.address},
                        {"calls", function.calls},
                        {"instructions", function.instructions},
                        {"cycles", function.cycles},
                        {"seconds", seconds_json(report, function.cycles)}});
    }
    return json;
}

Json board_json(const Board &board) {
    Json memories = Json::array();
    for (const Memory &memory : board.memories) {
        memories.push_back({{"name", memory.name},
                            {"address", memory.address},
                            {"size_bytes", memory.bytes},
                            {"is_writable", memory.is_writable},
                            {"width_bytes", memory.width_bytes},
                            {"read_wait_cycles", memory.read_wait_cycles},
                            {"write_wait_cycles", memory.write_wait_cycles},
                            {"banks", memory.banks}});
    }
    Json caches = Json::array();
    for (const Cache &cache : board.caches) {
        caches.push_back({{"name", cache.name},
                          {"memory", cache.memory},
                          {"serves", cache.serves},
                          {"size_bytes", cache.bytes},
                          {"line_bytes", cache.line_bytes},
                          {"ways", cache.ways}});
    }
    return {{"summary", board.summary},   {"core", board.core.name},
            {"isa", board.core.isa},      {"compiler", board.core.compiler},
            {"flags", board.core.flags},  {"memories", std::move(memories)},
            {"caches", std::move(caches)}};
}

void add_numbers(Json &json, const char *of, const std::vector<Provenance> &rows) {
    for (const Provenance &row : rows) {
        json.push_back({{"of", of},
                        {"key", row.key},
                        {"value", row.value},
                        {"source", row.source},
                        {"is_assumed", row.is_assumed},
                        {"is_fitted", row.is_fitted}});
    }
}

Json provenance_json(const Report &report) {
    Json numbers = Json::array();
    add_numbers(numbers, "board", report.board.provenance);
    add_numbers(numbers, "core", report.timing);
    return {{"board", board_json(report.board)},
            {"numbers", std::move(numbers)},
            {"assumed_count", report.assumed_count()},
            {"fitted_count", report.fitted_count()}};
}

}  // namespace

std::string to_json(const Report &report) {
    const Json json = {
        {"schema_version", kSchemaVersion},
        {"tool", report.tool},
        {"board", report.board.name},
        {"model", text_or_null(report.model)},
        {"model_hash", text_or_null(report.model_hash)},
        {"image_hash", text_or_null(report.image)},
        {"clock_hz", clocks_json(report)},
        {"is_clock_changed", report.changed_seconds.has_value()},
        {"cycles", report.cycles.total()},
        {"cycle_parts", parts_json(report.cycles)},
        {"seconds", seconds_json(report, report.cycles.total())},
        {"instructions", report.instructions},
        {"unknown_instructions", report.unknown_instructions},
        {"macs", or_null(report.knows_macs(), report.macs)},
        {"energy_j", energy_json(report.energy_j)},
        {"is_traffic_recorded", report.is_traffic_recorded},
        {"memory", memories_json(report)},
        {"devices", devices_json(report)},
        {"masters", masters_json(report)},
        {"window_cycles", report.window_cycles},
        {"arena_bytes", count_json(report.arena_bytes)},
        {"flash_bytes", report.flash_bytes},
        {"ram_bytes", report.ram_bytes},
        {"stack_bytes", count_json(report.stack_bytes)},
        {"layers", layers_json(report)},
        {"outside", outside_json(report)},
        {"functions", functions_json(report)},
        {"accelerators", accelerators_json(report)},
        {"provenance", provenance_json(report)},
    };
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace ingot::sim
