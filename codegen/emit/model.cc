// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// <name>.c: the arena's plan, params, steps and the model.

#include <fmt/format.h>

#include <sstream>

#include "codegen/emit/files.h"
#include "codegen/emit/initializer.h"
#include "codegen/emit/text.h"
#include "codegen/plan/draw.h"
#include "codegen/plan/place.h"

namespace ingot::codegen {
namespace {

constexpr std::string_view kModel = R"(const ingot_model {name}_model = {{
    .name = "{name}",
    .made_by = "Ingot {version}",
    .source_hash = "{hash}",
    .steps = steps,
    .inputs = {inputs},
    .outputs = outputs,
    .constants = {constants},
    .step_count = {step_count},
    .input_count = {input_count},
    .output_count = {output_count},
    .arena_bytes = {NAME}_ARENA_BYTES,
}};

ingot_status {name}_init(void *arena) {{ return ingot_init(&{name}_model, arena); }}

ingot_status {name}_run(void *arena) {{ return ingot_run(&{name}_model, arena); }}
)";

constexpr std::string_view kAccess = R"(
{type} *{name}_{kind}(void *arena, uint32_t index) {{
    return ({type} *)ingot_at(&{name}_model, arena, {kind}s[index].place);
}}
)";

std::string label_of(const Program &program, const Stored &stored) {
    if (stored.tensor == kNoTensor) return "scratch";
    for (size_t i = 0; i < program.graph.inputs.size(); ++i) {
        if (program.graph.inputs[i] == stored.tensor) return fmt::format("input {}", i);
    }
    for (const Step &step : program.steps) {
        for (const TensorId id : step.lowered.outputs) {
            if (id == stored.tensor) return step.label;
        }
    }
    return "output";
}

std::string arena_comment(const Program &program) {
    std::vector<Buffer> buffers;
    std::vector<std::string> labels;
    for (const Stored &stored : program.stored) {
        buffers.push_back(stored.buffer);
        labels.push_back(label_of(program, stored));
    }
    std::istringstream lines(draw_plan(buffers, labels, program.plan));
    std::string text = rule("Arena");
    for (std::string line; std::getline(lines, line);) {
        text += line.empty() ? "//\n" : "// " + line + "\n";
    }
    return text + "\n";
}

// "{0, 512}"; the places an operator does not use stay 0.
std::string places(const Program &program, const std::vector<TensorId> &ids) {
    std::vector<std::string> cells;
    for (const TensorId id : ids) cells.push_back(to_text(program.place[id]));
    if (cells.empty()) cells.push_back("0");
    return fmt::format("{{{}}}", fmt::join(cells, ", "));
}

std::string scratch_text(const Program &program, size_t step) {
    const std::optional<Place> place = scratch_place(program, step);
    return place ? to_text(*place) : "INGOT_NONE";
}

std::string steps_table(const Program &program) {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> comments;
    for (size_t i = 0; i < program.steps.size(); ++i) {
        const Step &step = program.steps[i];
        comments.push_back(fmt::format("{}: {} {}", i, step.op->name, describe(program, step)));
        rows.push_back({fmt::format("ingot_{}", step.op->name), "&" + step.label,
                        places(program, step.lowered.inputs), places(program, step.lowered.outputs),
                        scratch_text(program, i)});
    }
    return rule("Steps: kernel, params, inputs, outputs, scratch") +
           "// clang-format off\nstatic const ingot_step steps[] = {\n" +
           aligned_rows(rows, comments) + "};\n// clang-format on\n\n";
}

std::string tensor_entry(const Program &program, TensorId id) {
    const Tensor &tensor = program.graph.tensors[id];
    const Quantization &quantization = tensor.quantization;
    const bool is_quantized = !quantization.empty();
    return fmt::format(
        R"(    {{
        .name = {name},
        .type = {type},
        .rank = {rank},
        .extent = {{{extent}}},
        .scale = {scale},
        .zero_point = {zero_point},
        .place = {place},
        .bytes = {bytes},
    }},
)",
        fmt::arg("name", quoted(tensor.name)), fmt::arg("type", enumerator(tensor.type)),
        fmt::arg("rank", tensor.shape.size()),
        fmt::arg("extent",
                 tensor.shape.empty() ? "0" : fmt::format("{}", fmt::join(tensor.shape, ", "))),
        fmt::arg("scale", float_literal(is_quantized ? quantization.scale[0] : 0)),
        fmt::arg("zero_point", is_quantized ? quantization.zero_point[0] : 0),
        fmt::arg("place", to_text(program.place[id])), fmt::arg("bytes", tensor.bytes()));
}

std::string tensors(const Program &program, std::string_view kind,
                    const std::vector<TensorId> &ids) {
    std::string text = fmt::format("static const ingot_tensor {}[] = {{\n", kind);
    for (const TensorId id : ids) text += tensor_entry(program, id);
    return text + "};\n\n";
}

std::string model(const Program &program) {
    const Graph &graph = program.graph;
    const std::string constants = program.constants.empty() ? "NULL" : graph.name + "_constants";
    return fmt::format(kModel, fmt::arg("name", graph.name), fmt::arg("NAME", upper(graph.name)),
                       fmt::arg("version", INGOT_VERSION), fmt::arg("hash", graph.source_hash),
                       fmt::arg("inputs", graph.inputs.empty() ? "NULL" : "inputs"),
                       fmt::arg("constants", constants),
                       fmt::arg("step_count", program.steps.size()),
                       fmt::arg("input_count", graph.inputs.size()),
                       fmt::arg("output_count", graph.outputs.size()));
}

}  // namespace

std::string model_text(const Program &program, const std::string &board) {
    const Graph &graph = program.graph;
    std::string text = banner(program, board, graph.name + ".c", "the network as data.");
    text += fmt::format(
        "#include \"{0}.h\"\n\n#include <stddef.h>\n\n#include \"{0}_weights.h\"\n\n", graph.name);
    text += arena_comment(program);
    text += rule("Params") + "// clang-format off\n";
    for (const Step &step : program.steps) text += params_definition(program, step);
    text += "// clang-format on\n\n";
    text += steps_table(program);
    text += rule("Model");
    text += tensors(program, "inputs", graph.inputs);
    text += tensors(program, "outputs", graph.outputs);
    text += model(program);
    text += fmt::format(kAccess, fmt::arg("name", graph.name), fmt::arg("kind", "input"),
                        fmt::arg("type", common_type(graph, graph.inputs)));
    text +=
        fmt::format(kAccess, fmt::arg("name", graph.name), fmt::arg("kind", "output"),
                    fmt::arg("type", fmt::format("const {}", common_type(graph, graph.outputs))));
    return text;
}

}  // namespace ingot::codegen
