// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// <name>.h: sizes, and the calls an application makes.

#include <fmt/format.h>

#include "codegen/emit/files.h"
#include "codegen/emit/text.h"

namespace ingot::codegen {
namespace {

constexpr std::string_view kHeader = R"(#ifndef {NAME}_H
#define {NAME}_H

#include "ingot/known_answer.h"
#include "ingot/layer.h"
#include "ingot/model.h"

#ifdef __cplusplus
extern "C" {{
#endif

// RAM the network needs; {proof}. It is yours:
//
//     static uint8_t arena[{NAME}_ARENA_BYTES] INGOT_ARENA_ALIGN;
//
#define {NAME}_ARENA_BYTES {arena_bytes}

// Inputs share the arena with what is computed from them: fill them before every run.
#define {NAME}_INPUT_COUNT {input_count}
{inputs}
// Outputs stay until the next run.
#define {NAME}_OUTPUT_COUNT {output_count}
{outputs}
// Call once. Returns INGOT_ERROR_ARENA if the arena is null or not aligned.
ingot_status {name}_init(void *arena);

// One inference, {macs}.
ingot_status {name}_run(void *arena);

{input_type} *{name}_input(void *arena, uint32_t index);
const {output_type} *{name}_output(void *arena, uint32_t index);

// What the calls above work on, for code that handles any model.
extern const ingot_model {name}_model;

// Optional parts: {name}_layers.c, one row per step, and {name}_kat.c.
#define {NAME}_STEP_COUNT {step_count}
extern const ingot_layer {name}_layers[];
extern const ingot_known_answer {name}_known_answer;

#ifdef __cplusplus
}}
#endif

#endif
)";

std::string meaning(const Tensor &tensor) {
    if (tensor.quantization.empty()) return std::string(name(tensor.type));
    const int64_t zero_point = tensor.quantization.zero_point[0];
    const float scale = tensor.quantization.scale[0];
    if (zero_point == 0) return fmt::format("{} q for {} x q", name(tensor.type), scale);
    return fmt::format("{} q for {} x (q {} {})", name(tensor.type), scale,
                       zero_point < 0 ? '+' : '-', std::abs(zero_point));
}

// "#define KWS_INPUT_0_BYTES 490  // int8 [1][49][10][1]"
std::string tensor_lines(const Program &program, std::string_view kind,
                         const std::vector<TensorId> &ids) {
    std::string text;
    for (size_t i = 0; i < ids.size(); ++i) {
        const Tensor &tensor = program.graph.tensors[ids[i]];
        text += fmt::format("#define {}_{}_{}_BYTES {}  // {}, {}\n", upper(program.graph.name),
                            kind, i, tensor.bytes(), to_string(tensor.shape), meaning(tensor));
    }
    return text;
}

std::string proof(const Plan &plan) {
    if (plan.is_optimal) return "proven to be the least that this order of layers can run in";
    return fmt::format("no plan needs less than {}", plan.lower_bound_bytes);
}

}  // namespace

std::string header_text(const Program &program, const std::string &board) {
    const Graph &graph = program.graph;
    return banner(program, board, graph.name + ".h", "a network and how to run it.") +
           fmt::format(kHeader, fmt::arg("name", graph.name), fmt::arg("NAME", upper(graph.name)),
                       fmt::arg("proof", proof(program.plan)),
                       fmt::arg("arena_bytes", program.plan.arena_bytes),
                       fmt::arg("macs", with_unit(macs(program))),
                       fmt::arg("input_count", graph.inputs.size()),
                       fmt::arg("inputs", tensor_lines(program, "INPUT", graph.inputs)),
                       fmt::arg("output_count", graph.outputs.size()),
                       fmt::arg("outputs", tensor_lines(program, "OUTPUT", graph.outputs)),
                       fmt::arg("input_type", common_type(graph, graph.inputs)),
                       fmt::arg("output_type", common_type(graph, graph.outputs)),
                       fmt::arg("step_count", program.steps.size()));
}

}  // namespace ingot::codegen
