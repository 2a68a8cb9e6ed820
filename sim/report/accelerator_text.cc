// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What an accelerator did, for people.

#include <fmt/format.h>

#include <algorithm>

#include "base/table.h"
#include "base/units.h"
#include "boards/machines/memory_picture.h"
#include "sim/report/forms.h"

namespace ingot::sim {
namespace {

std::string shape_text(const FrameShape &shape) {
    return fmt::format("{}x{}x{}", shape.channels, shape.rows, shape.columns);
}

std::string microseconds(const AcceleratorReport &accelerator, int64_t cycles) {
    return fmt::format("{:.1f}", 1e6 * accelerator.seconds(cycles));
}

std::string per_cycle(int64_t macs, int64_t cycles) {
    if (macs == 0 || cycles == 0) return "-";
    return fmt::format("{:.0f}", static_cast<double>(macs) / static_cast<double>(cycles));
}

Table layers_of(const AcceleratorReport &accelerator) {
    Table table{.columns = {{"index", "#", true},
                            {"op", "layer"},
                            {"input", "input"},
                            {"output", "output"},
                            {"cycles", "cycles", true},
                            {"us", "us", true},
                            {"macs", "MAC", true},
                            {"rate", "MAC/c", true},
                            {"bytes", "data", true},
                            {"bound", "bound"}},
                .rows = {}};
    for (const AcceleratorLayer &layer : accelerator.layers) {
        table.rows.push_back(
            {layer.index, layer.op, shape_text(layer.input), shape_text(layer.output), layer.cycles,
             microseconds(accelerator, layer.cycles), scaled_text(static_cast<double>(layer.macs)),
             per_cycle(layer.macs, layer.cycles), layer.bytes_read + layer.bytes_written,
             layer.bound});
    }
    return table;
}

std::string time_of(const AcceleratorReport &accelerator) {
    std::string text = fmt::format("{} cycles, {} us", grouped(accelerator.cycles),
                                   microseconds(accelerator, accelerator.cycles));
    if (accelerator.cycles_min < accelerator.cycles_max) {
        text +=
            fmt::format("; silicon: {} to {} us", microseconds(accelerator, accelerator.cycles_min),
                        microseconds(accelerator, accelerator.cycles_max));
    }
    return text;
}

// A title of up to seven letters, and text behind it in lines of at most 100 columns.
std::string paragraph(std::string_view title, const std::string &text) {
    constexpr size_t kColumns = 100;
    constexpr size_t kIndent = 8;
    std::string lines = fmt::format("{:<{}}", title, kIndent);
    size_t column = kIndent;
    for (size_t start = 0; start < text.size();) {
        const size_t end = std::min(text.find(' ', start), text.size());
        const size_t length = end - start;
        if (column > kIndent && column + 1 + length > kColumns) {
            lines += '\n' + std::string(kIndent, ' ');
            column = kIndent;
        } else if (column > kIndent) {
            lines += ' ';
            ++column;
        }
        lines.append(text, start, length);
        column += length;
        start = end + 1;
    }
    return lines + '\n';
}

std::string sentences(std::string_view title, const std::vector<std::string> &rows) {
    std::string text;
    for (const std::string &row : rows) text += paragraph(title, row);
    return text;
}

// From the first to the last of all instances.
std::string range_text(const std::optional<std::vector<WordRange>> &ranges) {
    if (!ranges) return "ring";
    if (ranges->empty()) return "-";
    const auto first = std::ranges::min_element(*ranges, {}, &WordRange::first_word);
    const auto last = std::ranges::max_element(*ranges, {}, &WordRange::last_word);
    return fmt::format("{}..{}", first->first_word, last->last_word);
}

Table places_of(const AcceleratorReport &accelerator) {
    Table table{.columns = {{"index", "#", true},
                            {"instances", "instances"},
                            {"words", fmt::format("an instance, {} words a mark",
                                                  accelerator.memory.data_words / kMemoryMarks)},
                            {"read", "reads"},
                            {"written", "writes"},
                            {"kernels", "kernels"}},
                .rows = {}};
    for (const AcceleratorLayer &layer : accelerator.layers) {
        const LayerPlaces &places = layer.places;
        table.rows.push_back({layer.index, places.instances, places.words, range_text(places.read),
                              range_text(places.written), range_text(places.kernels)});
    }
    return table;
}

std::string memory_text(const AcceleratorReport &accelerator) {
    const AcceleratorMemory &memory = accelerator.memory;
    if (memory.data_words == 0) return "";
    return fmt::format(
        "memory  r: read, w: written, b: both; from the first word to the last\n{}{}\n",
        ingot::to_text(places_of(accelerator)),
        kernel_picture(memory.kernel_words_used, memory.kernel_words, memory.first_kernel_words));
}

}  // namespace

std::string to_text(const AcceleratorReport &accelerator) {
    const std::string runs = accelerator.runs == 1
                                 ? "once"
                                 : fmt::format("{} times, this is the last", accelerator.runs);
    return fmt::format("\n{} at {}, started {}\n{}\n{}time    {}\n{}work    {}, {} MAC per cycle\n",
                       accelerator.name, hertz_text(accelerator.clock_hz), runs,
                       ingot::to_text(layers_of(accelerator)), memory_text(accelerator),
                       time_of(accelerator), paragraph("basis", accelerator.basis),
                       macs_text(accelerator.macs()),
                       per_cycle(accelerator.macs(), accelerator.cycles)) +
           sentences("hazard", accelerator.hazards) + sentences("note", accelerator.notes);
}

}  // namespace ingot::sim
