// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The report for people: a verdict first, then where the cycles and the bytes went, then what the
// figures rest on.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/table.h"
#include "base/units.h"
#include "sim/report/forms.h"

namespace ingot::sim {
namespace {

constexpr size_t kColumns = 100;
constexpr size_t kNameColumnsMin = 8;
constexpr size_t kFunctions = 20;
constexpr size_t kHashDigits = 12;

double real(int64_t count) { return static_cast<double>(count); }

// A name may hold anything; a terminal must not obey it. Controls are below 0x20, 0x7f, and U+0080
// to U+009f, which UTF-8 writes as 0xc2 and their number.
std::string printable(const std::string &name) {
    std::string text;
    uint8_t before = 0;
    for (const char c : name) {
        const uint8_t byte = static_cast<uint8_t>(c);
        const bool is_second_half = before == 0xc2 && byte < 0xa0;
        if (is_second_half) text.pop_back();
        text += is_second_half || byte < 0x20 || byte == 0x7f ? '?' : c;
        before = byte;
    }
    return text;
}

bool begins_character(char c) { return (static_cast<uint8_t>(c) & 0xc0) != 0x80; }

// The end of a name, which is where a converter's names differ, in so many characters of UTF-8.
std::string shortened(const std::string &name, size_t columns) {
    std::string text = printable(name.substr(0, name.find(';')));
    if (std::cmp_less_equal(std::ranges::count_if(text, begins_character), columns)) return text;
    size_t start = text.size();
    for (size_t left = columns - 2; left > 0 && start > 0;) left -= begins_character(text[--start]);
    return ".." + text.substr(start);
}

std::string percent(int64_t part, int64_t whole) {
    return whole > 0 ? fmt::format("{:.1f}", 100 * real(part) / real(whole)) : "-";
}

std::string ratio(int64_t a, int64_t b) {
    return b > 0 ? fmt::format("{:.2f}", real(a) / real(b)) : "-";
}

// With as many decimals as the whole run leaves room for, so that a column lines up.
std::string milliseconds(const Report &report, int64_t cycles) {
    if (!report.knows_clock()) return "-";
    const double whole = report.seconds();
    const int decimals = whole < 1 ? 3 : whole < 10 ? 2 : whole < 100 ? 1 : 0;
    return fmt::format("{:.{}f}", 1000 * report.seconds(cycles), decimals);
}

std::string bytes_or_dash(const Report &report, int64_t bytes) {
    return report.is_traffic_recorded ? scaled_text(real(bytes)) : "-";
}

// A kind of operator and what its layers cost together.
struct Kind {
    std::string op;
    int64_t layers = 0;
    int64_t cycles = 0;
    int64_t macs = 0;
};

// By cycles, most first.
std::vector<Kind> kinds_of(const Report &report) {
    std::vector<Kind> kinds;
    for (const LayerReport &layer : report.layers) {
        auto kind = std::ranges::find(kinds, layer.op, &Kind::op);
        if (kind == kinds.end()) kind = kinds.insert(kind, Kind{.op = layer.op});
        ++kind->layers;
        kind->cycles += layer.cycles.total();
        kind->macs += layer.macs;
    }
    std::ranges::stable_sort(kinds, std::greater{}, &Kind::cycles);
    return kinds;
}

std::string verdict(const Report &report) {
    const int64_t total = report.cycles.total();
    if (total <= 0) return "nothing ran: the run has no cycles";
    const CyclePart &part = largest_part(report.cycles);
    std::string text = fmt::format("{}: {:.0f} % of cycles {}", part.verdict,
                                   100 * real(report.cycles.*part.count) / real(total), part.doing);
    const auto add = [&](const std::string &what, int64_t cycles) {
        text += fmt::format("; {} takes {:.0f} %", what, 100 * real(cycles) / real(total));
    };
    if (!report.layers.empty()) {
        const Kind kind = kinds_of(report).front();
        add(kind.op, kind.cycles);
    } else if (!report.functions.empty()) {
        add(shortened(report.functions.front().name, 32), report.functions.front().cycles);
    }
    return text;
}

std::string head(const Report &report) {
    const Board &board = report.board;
    const std::string what = report.model.empty() ? "a program" : shortened(report.model, 40);
    const std::string &core = board.core.name.empty() ? board.core.isa : board.core.name;
    std::string text =
        fmt::format("{}: {} on {}\n{}\n", report.tool, what, board.name, printable(board.summary));
    text += report.knows_clock() ? fmt::format("{} at {}", core, hertz_text(board.clock_hz))
                                 : core + ", clock not known";
    constexpr double kWorthTelling = 0.01;
    const double hz = static_cast<double>(board.clock_hz);
    if (report.changed_seconds && std::abs(report.mean_hz() - hz) > kWorthTelling * hz) {
        text +=
            fmt::format(" (the program changed it: {:.4g} MHz on average)", report.mean_hz() / 1e6);
    }
    if (!report.model_hash.empty()) {
        text += ", model " + report.model_hash.substr(0, kHashDigits);
    }
    if (!report.image.empty()) text += ", image " + report.image.substr(0, kHashDigits);
    return text + "\n\n" + verdict(report) + '\n';
}

std::vector<Cell> layer_row(const Report &report, const LayerReport &layer, int64_t cycles_so_far) {
    const int64_t total = report.cycles.total();
    const int64_t cycles = layer.cycles.total();
    return {layer.op,
            cycles,
            milliseconds(report, cycles),
            percent(cycles, total),
            percent(cycles_so_far, total),
            scaled_text(real(layer.macs)),
            ratio(cycles, layer.macs),
            bytes_or_dash(report, layer.bytes()),
            layer.bound()};
}

// Names take what the other columns leave of the line; too little is nothing.
void add_names(Table &table, const Report &report) {
    const std::string text = ingot::to_text(table);
    size_t widest = 0;
    for (size_t start = 0, end = 0; (end = text.find('\n', start)) != std::string::npos;) {
        widest = std::max(widest, end - start);
        start = end + 1;
    }
    if (widest + 2 + kNameColumnsMin > kColumns) return;
    table.columns.push_back({"name", "name"});
    for (size_t i = 0; i < table.rows.size(); ++i) {
        const bool is_layer = i < report.layers.size();
        const std::string name = is_layer ? report.layers[i].name : std::string();
        table.rows[i].emplace_back(shortened(name, kColumns - widest - 2));
    }
}

std::string layers(const Report &report) {
    Table table{.columns = {{"index", "#", true},
                            {"op", "layer"},
                            {"cycles", "cycles", true},
                            {"ms", "ms", true},
                            {"percent", "%", true},
                            {"cumulative", "sum %", true},
                            {"macs", "MAC", true},
                            {"ratio", "c/MAC", true},
                            {"bytes", "bytes", true},
                            {"bound", "bound"}},
                .rows = {}};
    int64_t cycles_so_far = 0;
    const auto add = [&](const std::string &index, const LayerReport &layer) {
        table.rows.push_back(layer_row(report, layer, cycles_so_far += layer.cycles.total()));
        table.rows.back().insert(table.rows.back().begin(), index);
    };
    for (const LayerReport &layer : report.layers) add(std::to_string(layer.index), layer);
    LayerReport outside = report.outside();
    outside.op = outside.name;
    add("", outside);
    add_names(table, report);
    return '\n' + ingot::to_text(table);
}

std::string kinds(const Report &report) {
    Table table{.columns = {{"op", "operator"},
                            {"layers", "layers", true},
                            {"cycles", "cycles", true},
                            {"percent", "%", true},
                            {"cumulative", "sum %", true},
                            {"macs", "MAC", true},
                            {"ratio", "c/MAC", true}},
                .rows = {}};
    const int64_t total = report.cycles.total();
    int64_t cycles_so_far = 0;
    for (const Kind &kind : kinds_of(report)) {
        cycles_so_far += kind.cycles;
        table.rows.push_back({kind.op, kind.layers, kind.cycles, percent(kind.cycles, total),
                              percent(cycles_so_far, total), scaled_text(real(kind.macs)),
                              ratio(kind.cycles, kind.macs)});
    }
    return '\n' + ingot::to_text(table);
}

std::string functions(const Report &report) {
    Table table{.columns = {{"name", "function"},
                            {"calls", "calls", true},
                            {"instructions", "instructions", true},
                            {"cycles", "cycles", true},
                            {"ms", "ms", true},
                            {"percent", "%", true},
                            {"cumulative", "sum %", true}},
                .rows = {}};
    const size_t shown = std::min(report.functions.size(), kFunctions);
    int64_t cycles_so_far = 0;
    for (size_t i = 0; i < shown; ++i) {
        const FunctionReport &function = report.functions[i];
        cycles_so_far += function.cycles;
        table.rows.push_back({shortened(function.name, 32), function.calls, function.instructions,
                              function.cycles, milliseconds(report, function.cycles),
                              percent(function.cycles, report.cycles.total()),
                              percent(cycles_so_far, report.cycles.total())});
    }
    std::string text = '\n' + ingot::to_text(table);
    const size_t more = report.functions.size() - shown;
    if (more > 0) text += fmt::format("and {} more, in the other forms of this report\n", more);
    return text;
}

std::string totals(const Report &report) {
    const int64_t cycles = report.cycles.total();
    std::string run = grouped(cycles) + " cycles";
    const double seconds = report.seconds();
    if (seconds > 0) run += ", " + seconds_text(seconds);
    if (!report.layers.empty() && seconds > 0 && seconds < 1)
        run += fmt::format(", {} runs per second", scaled_text(1 / seconds));
    std::string parts;
    for (const CyclePart &part : kCycleParts) {
        parts += fmt::format("{}{} {} %", parts.empty() ? "" : ", ", part.name,
                             percent(report.cycles.*part.count, cycles));
    }
    std::string work = grouped(report.instructions) + " instructions";
    if (report.unknown_instructions > 0) {
        work += fmt::format(", {} of them not decoded and counted as one cycle each",
                            grouped(report.unknown_instructions));
    }
    if (report.macs > 0) {
        work += fmt::format(", {}, {} cycles per MAC", macs_text(report.macs),
                            ratio(cycles, report.macs));
    }
    const std::string energy = report.energy_j ? fmt::format("{:.4g} mJ", 1000 * *report.energy_j)
                                               : "not known: the board has no sourced figures";
    const auto size = [](const std::optional<int64_t> &bytes) {
        return bytes ? bytes_text(*bytes) : "-";
    };
    const std::string sizes =
        fmt::format("arena {}, stack {}, RAM {}, flash {}", size(report.arena_bytes),
                    size(report.stack_bytes), size(report.ram_bytes), size(report.flash_bytes));
    return fmt::format("\nrun     {}\ncycles  {}\nwork    {}\nenergy  {}\nsizes   {}\n", run, parts,
                       work, energy, sizes);
}

// Bytes of the fullest window, of all masters, per second. 0: there are no windows.
double busiest_bytes_per_second(const Report &report, const std::string &memory) {
    std::vector<int64_t> sums;
    for (const Stream &stream : report.streams) {
        if (stream.memory != memory) continue;
        if (sums.size() < stream.window_bytes.size()) sums.resize(stream.window_bytes.size());
        for (size_t i = 0; i < stream.window_bytes.size(); ++i) sums[i] += stream.window_bytes[i];
    }
    const double seconds = report.seconds(std::min(report.window_cycles, report.cycles.total()));
    return sums.empty() || seconds <= 0 ? 0 : real(std::ranges::max(sums)) / seconds;
}

std::string memories(const Report &report) {
    Table table{.columns = {{"name", "memory"},
                            {"bytes_read", "read", true},
                            {"bytes_written", "written", true},
                            {"average", "average B/s", true},
                            {"busiest", "busiest B/s", true},
                            {"peak", "port B/s", true},
                            {"percent", "busy %", true},
                            {"occupied", "occupied", true},
                            {"size", "of", true}},
                .rows = {}};
    for (const MemoryReport &memory : report.memories) {
        const bool knows_rate = report.knows_clock() && report.is_traffic_recorded;
        const double average = memory.average_bytes_per_second;
        const double peak = real(memory.peak_bytes_per_second);
        const auto rate = [](bool is_known, double value) {
            return is_known ? scaled_text(value) : "-";
        };
        table.rows.push_back(
            {printable(memory.name), bytes_or_dash(report, memory.traffic.bytes_read),
             bytes_or_dash(report, memory.traffic.bytes_written), rate(knows_rate, average),
             rate(knows_rate, busiest_bytes_per_second(report, memory.name)),
             rate(report.knows_clock(), peak),
             knows_rate && peak > 0 ? fmt::format("{:.1f}", 100 * average / peak) : "-",
             bytes_text(memory.peak_bytes), bytes_text(memory.size_bytes)});
    }
    return table.rows.empty() ? "" : '\n' + ingot::to_text(table);
}

// Those that the core asked for anything.
std::string devices(const Report &report) {
    Table table{.columns = {{"name", "device"},
                            {"reads", "reads", true},
                            {"writes", "writes", true},
                            {"bytes_read", "B read", true},
                            {"bytes_written", "B written", true},
                            {"wait_cycles", "wait cycles", true},
                            {"percent", "%", true}},
                .rows = {}};
    for (const DeviceReport &device : report.devices) {
        if (device.reads + device.writes == 0) continue;
        table.rows.push_back({printable(device.name), device.reads, device.writes,
                              scaled_text(real(device.traffic.bytes_read)),
                              scaled_text(real(device.traffic.bytes_written)), device.wait_cycles,
                              percent(device.wait_cycles, report.cycles.total())});
    }
    return table.rows.empty() ? "" : '\n' + ingot::to_text(table);
}

std::string notes(const Report &report) {
    std::string text = "\nk, M, G: 10^3, 10^6, 10^9; MiB: 2^20 bytes. ";
    text += report.is_traffic_recorded ? "Bytes are those asked for, at the memories' ports.\n"
                                       : "Traffic was not recorded.\n";
    if (!report.streams.empty()) {
        text += fmt::format(
            "busiest: the fullest window of {} cycles. port: what it could move. busy: average of "
            "port.\n",
            grouped(report.window_cycles));
    }
    if (!report.layers.empty()) {
        text +=
            "c/MAC: cycles per multiply-accumulate. bound: what most of a layer's cycles went to.\n"
            "outside: start-up, the walk from layer to layer, interrupts; bytes of other "
            "masters.\n";
    }
    const Board &board = report.board;
    return text + fmt::format(
                      "Of {} numbers of board and cycle table, {} assumed, {} fitted; "
                      "`ingot boards {}` shows them.\n",
                      report.number_count(), report.assumed_count(), report.fitted_count(),
                      printable(board.path.empty() ? board.name : board.path));
}

}  // namespace

std::string to_text(const Report &report) {
    std::string text = head(report);
    if (!report.layers.empty()) {
        text += layers(report) + kinds(report);
    } else if (!report.functions.empty()) {
        text += functions(report);
    }
    for (const AcceleratorReport &accelerator : report.accelerators) text += to_text(accelerator);
    return text + totals(report) + memories(report) + devices(report) + notes(report);
}

}  // namespace ingot::sim
