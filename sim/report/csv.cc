// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The report for spreadsheets and scripts. Columns are only ever added, and at the end; none
// depends on the board.

#include <fmt/format.h>

#include "base/table.h"
#include "sim/report/forms.h"

namespace ingot::sim {
namespace {

Cell seconds_of(const Report &report, int64_t cycles) {
    return report.knows_clock() ? Cell(report.seconds(cycles)) : Cell();
}

Cell bytes_of(const Report &report, int64_t bytes) {
    return report.is_traffic_recorded ? Cell(bytes) : Cell();
}

Traffic sum_of(const LayerReport &layer) {
    Traffic sum;
    for (const Traffic &memory : layer.traffic) {
        sum.bytes_read += memory.bytes_read;
        sum.bytes_written += memory.bytes_written;
    }
    return sum;
}

Table layers_of(const Report &report) {
    Table table;
    for (const char *key : {"index", "name", "op", "engine", "first_cycle", "cycles"}) {
        table.columns.push_back({key, key});
    }
    for (const CyclePart &part : kCycleParts) {
        const std::string key = std::string(part.name) + "_cycles";
        table.columns.push_back({key, key});
    }
    for (const char *key : {"seconds", "instructions", "macs", "bytes_read", "bytes_written",
                            "bytes", "energy_j", "bound"}) {
        table.columns.push_back({key, key});
    }
    for (const LayerReport &layer : report.layers) {
        const int64_t cycles = layer.cycles.total();
        const Traffic traffic = sum_of(layer);
        std::vector<Cell> row{layer.index,  layer.name,        layer.op,
                              layer.engine, layer.first_cycle, cycles};
        for (const CyclePart &part : kCycleParts) row.emplace_back(layer.cycles.*part.count);
        row.push_back(seconds_of(report, cycles));
        row.emplace_back(layer.instructions);
        row.emplace_back(layer.macs);
        row.push_back(bytes_of(report, traffic.bytes_read));
        row.push_back(bytes_of(report, traffic.bytes_written));
        row.push_back(bytes_of(report, traffic.bytes()));
        row.push_back(layer.energy_j ? Cell(*layer.energy_j) : Cell());
        row.emplace_back(layer.bound());
        table.rows.push_back(std::move(row));
    }
    return table;
}

// In the columns of layers_of(). What only a core has stays empty.
void add_layers(Table &table, const AcceleratorReport &accelerator) {
    for (const AcceleratorLayer &layer : accelerator.layers) {
        const int64_t read = layer.bytes_read + layer.kernel_bytes;
        std::vector<Cell> row{layer.index,       fmt::format("layer {}", layer.index),
                              layer.op,          accelerator.name,
                              layer.first_cycle, layer.cycles};
        row.resize(row.size() + kCycleParts.size());
        row.insert(row.end(),
                   {accelerator.seconds(layer.cycles), Cell(), layer.macs, read,
                    layer.bytes_written, read + layer.bytes_written, Cell(), layer.bound});
        table.rows.push_back(std::move(row));
    }
}

Table functions_of(const Report &report) {
    Table table;
    for (const char *key : {"name", "address", "calls", "instructions", "cycles", "seconds"}) {
        table.columns.push_back({key, key});
    }
    for (const FunctionReport &function : report.functions) {
        table.rows.push_back({function.name, int64_t{function.address}, function.calls,
                              function.instructions, function.cycles,
                              seconds_of(report, function.cycles)});
    }
    return table;
}

}  // namespace

// A network without layers is told from other programs by its name.
std::string to_csv(const Report &report) {
    const bool is_network =
        !report.layers.empty() || !report.model.empty() || !report.accelerators.empty();
    Table table = is_network ? layers_of(report) : functions_of(report);
    for (const AcceleratorReport &accelerator : report.accelerators) add_layers(table, accelerator);
    return ingot::to_csv(table);
}

}  // namespace ingot::sim
