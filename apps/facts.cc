// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads facts off a graph. Nothing about shapes or operands is taken for granted here.

#include "apps/facts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "codegen/ops/operator.h"

namespace ingot::cli {
namespace {

using codegen::Graph;
using codegen::Node;
using codegen::Tensor;
using codegen::TensorId;
using codegen::Type;

// Operators with weights in operand 1: the rank these must have and the operand that must be there
// too for MACs to be counted. Height and width of a window are extents 1 and 2.
struct WeightRule {
    std::string_view op;
    size_t rank;
    size_t data;
};

constexpr WeightRule kWeightRules[] = {{"conv2d", 4, 0},
                                       {"depthwise_conv2d", 4, 0},
                                       {"fully_connected", 2, 0},
                                       {"transpose_conv2d", 4, 2}};

constexpr size_t kWeights = 1;

// The weights of a node, where its operands are as its rule says.
const Tensor *weights_of(const Graph &graph, const Node &node) {
    const auto *const rule = std::ranges::find(kWeightRules, node.op->name, &WeightRule::op);
    if (rule == std::end(kWeightRules)) return nullptr;
    const codegen::Site site{graph, node};
    if (!site.has_input(kWeights) || !site.has_input(rule->data)) return nullptr;
    const Tensor &weights = site.input(kWeights);
    return weights.shape.size() == rule->rank ? &weights : nullptr;
}

// Constants that are data, not axes or shapes.
bool is_weight(const Tensor &tensor) {
    const bool is_float = tensor.type == Type::kFloat32 || tensor.type == Type::kFloat16;
    return tensor.is_constant() && (is_float || !tensor.quantization.empty());
}

std::set<TensorId> weight_ids(const Graph &graph, const Node &node) {
    std::set<TensorId> ids;
    for (const TensorId id : node.inputs) {
        if (id != codegen::kNoTensor && is_weight(graph.tensors[id])) ids.insert(id);
    }
    return ids;
}

int64_t bytes_of(const Graph &graph, const std::set<TensorId> &ids) {
    int64_t bytes = 0;
    for (const TensorId id : ids) bytes += static_cast<int64_t>(graph.tensors[id].data.size());
    return bytes;
}

std::optional<Extent> extent_of(const Node &node, const std::string &what) {
    const std::string height = what + "_height", width = what + "_width";
    if (!node.attributes.has(height) || !node.attributes.has(width)) return std::nullopt;
    return Extent{node.attributes.integer(height), node.attributes.integer(width)};
}

std::string quantization_of(const Tensor &tensor) {
    if (tensor.quantization.empty()) return {};
    return tensor.quantization.per_channel() ? "per-channel" : "per-tensor";
}

OperatorFacts facts_of(const Graph &graph, const Node &node) {
    OperatorFacts facts{.op = std::string(node.op->name), .name = node.name};
    facts.weight_bytes = bytes_of(graph, weight_ids(graph, node));
    facts.stride = extent_of(node, "stride");
    facts.kernel = extent_of(node, "window");
    if (node.outputs.empty()) return facts;

    const Tensor &output = graph.tensors[node.outputs[0]];
    facts.type = output.type;
    facts.output = output.shape;
    const Tensor *weights = weights_of(graph, node);
    facts.quantization = quantization_of(weights ? *weights : output);
    if (!weights) return facts;
    if (weights->shape.size() == 4) facts.kernel = Extent{weights->shape[1], weights->shape[2]};
    if (node.op->macs) facts.macs = node.op->macs({graph, node});
    return facts;
}

}  // namespace

ModelFacts facts_of(const Graph &graph) {
    ModelFacts model;
    std::set<TensorId> weights;
    std::map<Type, int> types;
    for (const Node &node : graph.nodes) {
        model.operators.push_back(facts_of(graph, node));
        model.macs += model.operators.back().macs;
        ++types[model.operators.back().type];
        weights.merge(weight_ids(graph, node));
    }
    model.weight_bytes = bytes_of(graph, weights);
    const auto most =
        std::ranges::max_element(types, {}, [](const auto &entry) { return entry.second; });
    if (most != types.end()) model.type = most->first;
    return model;
}

}  // namespace ingot::cli
