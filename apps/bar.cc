// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads a table of instruction counts, and names layers as it does.

#include "apps/bar.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <sstream>
#include <vector>

#include "base/files.h"

namespace ingot::cli {
namespace {

using codegen::Field;
using codegen::Program;
using codegen::Shape;
using codegen::Step;

std::vector<std::string> cells_of(const std::string &line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    return cells;
}

std::optional<int64_t> count_of(const std::string &text) {
    int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size() || count < 0) return {};
    return count;
}

// Operators that the bar has, as it calls them.
struct BarName {
    std::string_view op, name;
    bool has_window, has_outputs;
};
constexpr BarName kNames[] = {
    {"conv2d", "conv", true, true},         {"depthwise_conv2d", "dw", true, true},
    {"fully_connected", "fc", false, true}, {"average_pool", "avgpool", true, false},
    {"max_pool", "maxpool", true, false},   {"add", "add", false, false},
    {"mul", "mul", false, false},           {"softmax", "softmax", false, false},
};

int64_t field(std::span<const Field> fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    INGOT_CHECK(found != fields.end());
    return std::get<int64_t>(found->value);
}

// Where a window lands but once, its stride says nothing, and is 1.
std::string window_text(const Step &step, const Shape &output) {
    const std::vector<Field> &params = step.lowered.params.fields();
    const auto window = std::ranges::find(params, "window", &Field::name);
    INGOT_CHECK(window != params.end());
    const auto &fields = std::get<std::vector<Field>>(window->value);
    const bool lands_once = output.size() == 4 && output[1] == 1 && output[2] == 1;
    return fmt::format("{}x{}s{}", field(fields, "height"), field(fields, "width"),
                       lands_once ? 1 : field(fields, "stride_height"));
}

}  // namespace

Result<Bar> read_bar(const std::string &path, const std::string &core) {
    TRY(const std::string text, read_text(path));
    std::istringstream stream(text);
    std::string line;
    std::getline(stream, line);
    const std::vector<std::string> titles = cells_of(line);
    const auto column = [&](std::string_view title) {
        return static_cast<size_t>(std::ranges::find(titles, title) - titles.begin());
    };
    const size_t cores = column("core"), layers = column("layer"),
                 counts = column("best_bit_exact_instructions_each");
    const size_t least = std::max({cores, layers, counts}) + 1;
    if (least > titles.size()) {
        return fail(Code::kInputMismatch, path,
                    "lacks a column core, layer or best_bit_exact_instructions_each");
    }
    Bar bar;
    for (int64_t number = 2; std::getline(stream, line); ++number) {
        const std::vector<std::string> cells = cells_of(line);
        if (cells.empty()) continue;
        const auto count = cells.size() >= least ? count_of(cells[counts]) : std::nullopt;
        if (!count) {
            return fail(Code::kInputMismatch, fmt::format("{}:{}", path, number),
                        "has no count of instructions");
        }
        if (cells[cores] == core) bar[cells[layers]] = *count;
    }
    return bar;
}

std::string layer_shape(const Program &program, const Step &step) {
    const auto *name = std::ranges::find(kNames, step.op->name, &BarName::op);
    if (name == std::end(kNames)) return {};
    const codegen::Graph &graph = program.graph;
    Shape input = graph.tensors[step.lowered.inputs[0]].shape;
    const Shape &output = graph.tensors[step.lowered.outputs[0]].shape;
    // One image or row at a time goes without its leading 1; softmax keeps its rows.
    if (input.size() > 1 && input[0] == 1 && step.op->name != "softmax") input.erase(input.begin());
    std::string text = std::string(name->name);
    if (name->has_window) text += window_text(step, output);
    text += fmt::format("_{}", fmt::join(input, "x"));
    if (name->has_outputs) text += fmt::format("_{}", output.back());
    return text;
}

}  // namespace ingot::cli
