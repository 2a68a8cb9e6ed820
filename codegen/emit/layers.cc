// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// <name>_layers.c: one row per step, for tools.

#include <fmt/format.h>

#include "codegen/emit/files.h"
#include "codegen/emit/text.h"

namespace ingot::codegen {
namespace {

constexpr std::string_view kLayer = R"(    {{
        .op = "{op}",
        .name = {name},
        .engine = "core",
        .input_rank = {input_rank},
        .input_extent = {{{input_extent}}},
        .output_rank = {output_rank},
        .output_extent = {{{output_extent}}},
        .input_count = {input_count},
        .output_count = {output_count},
        .macs = {macs},
        .input_bytes = {{{input_bytes}}},
        .output_bytes = {{{output_bytes}}},
        .weight_bytes = {weight_bytes},
    }},
)";

std::string list(const std::vector<int64_t> &values) {
    return values.empty() ? "0" : fmt::format("{}", fmt::join(values, ", "));
}

std::vector<int64_t> bytes_of(const Graph &graph, const std::vector<TensorId> &ids) {
    std::vector<int64_t> bytes;
    for (const TensorId id : ids) bytes.push_back(graph.tensors[id].bytes());
    return bytes;
}

Shape first_shape(const Graph &graph, const std::vector<TensorId> &ids) {
    return ids.empty() ? Shape{} : graph.tensors[ids[0]].shape;
}

std::string row(const Graph &graph, const Step &step) {
    const Lowered &lowered = step.lowered;
    const Shape input = first_shape(graph, lowered.inputs);
    const Shape output = first_shape(graph, lowered.outputs);
    return fmt::format(kLayer, fmt::arg("op", step.op->name), fmt::arg("name", quoted(step.name)),
                       fmt::arg("input_rank", input.size()),
                       fmt::arg("input_extent", list({input.begin(), input.end()})),
                       fmt::arg("output_rank", output.size()),
                       fmt::arg("output_extent", list({output.begin(), output.end()})),
                       fmt::arg("input_count", lowered.inputs.size()),
                       fmt::arg("output_count", lowered.outputs.size()),
                       fmt::arg("macs", step.macs),
                       fmt::arg("input_bytes", list(bytes_of(graph, lowered.inputs))),
                       fmt::arg("output_bytes", list(bytes_of(graph, lowered.outputs))),
                       fmt::arg("weight_bytes", array_bytes(step)));
}

}  // namespace

std::string layers_text(const Program &program, const std::string &board) {
    const std::string &name = program.graph.name;
    std::string text = banner(program, board, name + "_layers.c", "what each step is and costs.");
    text += fmt::format("#include \"{0}.h\"\n\nconst ingot_layer {0}_layers[] = {{\n", name);
    for (const Step &step : program.steps) text += row(program.graph, step);
    return text + "};\n";
}

}  // namespace ingot::codegen
