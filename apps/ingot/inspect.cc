// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot inspect: what is in a model, whether or not it can be executed.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "apps/facts.h"
#include "apps/ingot/network.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "base/units.h"
#include "codegen/read/ai8x_yaml.h"
#include "codegen/read/read.h"

namespace ingot::cli {
namespace {

using codegen::Graph;
using codegen::Tensor;
using codegen::TensorId;

std::string shape_text(const codegen::Shape &shape) {
    return shape.empty() ? "scalar" : fmt::format("{}", fmt::join(shape, "x"));
}

std::string shapes_text(const Graph &graph, const std::vector<TensorId> &ids) {
    std::vector<std::string> texts;
    texts.reserve(ids.size());
    for (const TensorId id : ids) texts.push_back(shape_text(graph.tensors[id].shape));
    return fmt::format("{}", fmt::join(texts, ", "));
}

Cell extent_text(const std::optional<Extent> &extent) {
    return extent ? Cell(fmt::format("{}x{}", extent->height, extent->width)) : Cell();
}

Cell text_or_nothing(const std::string &text) { return text.empty() ? Cell() : Cell(text); }

Table operators_table(const ModelFacts &facts) {
    Table table{.columns = {{"index", "#"},
                            {"op", "op"},
                            {"output", "output"},
                            {"kernel", "kernel"},
                            {"stride", "stride"},
                            {"macs", "MAC"},
                            {"weight_bytes", "weights B"},
                            {"type", "type"},
                            {"quantization", "quantised"}},
                .rows = {}};
    for (size_t i = 0; i < facts.operators.size(); ++i) {
        const OperatorFacts &op = facts.operators[i];
        table.rows.push_back({static_cast<int64_t>(i), op.op, shape_text(op.output),
                              extent_text(op.kernel), extent_text(op.stride), op.macs,
                              op.weight_bytes, std::string(name(op.type)),
                              text_or_nothing(op.quantization)});
    }
    return table;
}

Json extent_json(const std::optional<Extent> &extent) {
    return extent ? Json{extent->height, extent->width} : Json();
}

Json operators_json(const ModelFacts &facts) {
    Json list = Json::array();
    for (size_t i = 0; i < facts.operators.size(); ++i) {
        const OperatorFacts &op = facts.operators[i];
        list.push_back(
            {{"index", i},
             {"op", op.op},
             {"name", op.name},
             {"type", name(op.type)},
             {"output_shape", op.output},
             {"kernel", extent_json(op.kernel)},
             {"stride", extent_json(op.stride)},
             {"macs", op.macs},
             {"weight_bytes", op.weight_bytes},
             {"quantization", op.quantization.empty() ? Json() : Json(op.quantization)}});
    }
    return list;
}

Json tensors_json(const Graph &graph, const std::vector<TensorId> &ids) {
    Json list = Json::array();
    for (const TensorId id : ids) {
        const Tensor &tensor = graph.tensors[id];
        const codegen::Quantization &quantization = tensor.quantization;
        const bool is_quantized = !quantization.empty();
        list.push_back({{"name", tensor.name},
                        {"type", name(tensor.type)},
                        {"shape", tensor.shape},
                        {"scale", is_quantized ? Json(quantization.scale[0]) : Json()},
                        {"zero_point", is_quantized ? Json(quantization.zero_point[0]) : Json()}});
    }
    return list;
}

Json model_json(const Graph &graph, const ModelFacts &facts, int64_t file_bytes) {
    return {{"schema", 1},
            {"name", graph.name},
            {"format", "tflite"},
            {"bytes", file_bytes},
            {"sha256", graph.source_hash},
            {"type", name(facts.type)},
            {"inputs", tensors_json(graph, graph.inputs)},
            {"outputs", tensors_json(graph, graph.outputs)},
            {"macs", facts.macs},
            {"mac_convention", kMacConvention},
            {"weight_bytes", facts.weight_bytes},
            {"operators", operators_json(facts)}};
}

void print_text(const Graph &graph, const ModelFacts &facts, int64_t file_bytes) {
    fmt::print("{}   TFLite {}, {}   {} -> {}   {} ops   {}   weights and biases {}\n{}\n\n",
               graph.name, name(facts.type), bytes_text(file_bytes),
               shapes_text(graph, graph.inputs), shapes_text(graph, graph.outputs),
               graph.nodes.size(), macs_text(facts.macs), bytes_text(facts.weight_bytes),
               kMacConvention);
}

}  // namespace

Result<Exit> inspect(const Session &session) {
    TRY(const std::string path, chosen_model(session));
    if (codegen::is_network_description(path)) return inspect_network(session, path);
    TRY(const Graph graph, codegen::read_model(path));
    const auto file_bytes = static_cast<int64_t>(std::filesystem::file_size(path));
    const ModelFacts facts = facts_of(graph);

    const std::string &format = session.arguments.format;
    if (format == "json") {
        print_json(model_json(graph, facts, file_bytes));
        return Exit::kOk;
    }
    if (format != "csv") print_text(graph, facts, file_bytes);
    print_table(operators_table(facts), format, "operators");
    return Exit::kOk;
}

}  // namespace ingot::cli
