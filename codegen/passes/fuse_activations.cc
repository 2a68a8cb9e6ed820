// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Folds a ReLU-like node into the clamp of the node before it.
//
// Every operator listed here ends with a clamp, after all its rounding and after the zero point is
// added; without an activation that clamp is -128..127. A narrower clamp right behind it leaves
// what the narrower clamp alone would have left. So nothing has to be argued about how a ReLU
// rounds: it is folded when its table, all 256 entries of it, is such a clamp, whichever way the
// generated model is to round.

#include <algorithm>
#include <optional>

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/passes/kernel_params.h"
#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

constexpr const Operator *kClamping[] = {
    &k_add,      &k_average_pool, &k_conv2d, &k_depthwise_conv2d, &k_fully_connected,
    &k_max_pool, &k_mul,          &k_sub,    &k_transpose_conv2d,
};

constexpr int64_t kActivations[] = {1, 2, 3};  // relu, relu_n1_to_1, relu6; as TFLite numbers them.

bool has_free_clamp(const Node &node) {
    return std::ranges::find(kClamping, node.op) != std::end(kClamping) &&
           node.attributes.integer("activation") == 0;
}

bool is_clamp(const Site &lut, const Range &range) {
    const auto lowered = lut.node.op->lower(lut);
    if (!lowered) return false;
    const std::vector<int64_t> table = integers_at(lowered->params, "table");
    for (int value = -128; value <= 127; ++value) {
        if (table[value + 128] != std::clamp(value, range.min, range.max)) return false;
    }
    return true;
}

// `producer` with the activation that `lut` is, writing what `lut` wrote; if it is one.
std::optional<Node> fused(const Graph &graph, const Node &producer, const Node &lut) {
    Node candidate = producer;
    candidate.outputs = lut.outputs;
    for (const int64_t activation : kActivations) {
        candidate.attributes.set("activation", activation);
        const auto range = activation_range({graph, candidate});
        if (range && is_clamp({graph, lut, INGOT_ROUNDING_DOUBLE}, *range) &&
            is_clamp({graph, lut, INGOT_ROUNDING_SINGLE}, *range)) {
            return candidate;
        }
    }
    return std::nullopt;
}

// Only `lut` sees what the node before it writes, and keeps its scale and zero point.
bool may_fold(const Graph &graph, const Node &lut, size_t reader_count) {
    const TensorId between = lut.inputs[0];
    return reader_count == 1 && !is_graph_output(graph, between) &&
           graph.tensors[between].quantization == graph.tensors[lut.outputs[0]].quantization;
}

}  // namespace

void fuse_activations(Graph &graph) {
    const std::vector<int> producer = producers(graph);
    const std::vector<std::vector<int>> readers = consumers(graph);
    std::vector<bool> is_folded(graph.nodes.size());
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node &lut = graph.nodes[i];
        if (lut.op != &k_lut || !lut.op->lower({graph, lut})) continue;
        if (producer[lut.inputs[0]] < 0) continue;
        Node &before = graph.nodes[producer[lut.inputs[0]]];
        if (!has_free_clamp(before)) continue;
        if (!may_fold(graph, lut, readers[lut.inputs[0]].size())) continue;
        if (auto node = fused(graph, before, lut)) {
            before = *std::move(node);
            is_folded[i] = true;
        }
    }
    std::vector<Node> kept;
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!is_folded[i]) kept.push_back(std::move(graph.nodes[i]));
    }
    graph.nodes = std::move(kept);
}

}  // namespace ingot::codegen
