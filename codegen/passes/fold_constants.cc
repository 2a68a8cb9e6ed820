// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Computes what does not depend on the network's inputs, so that no code need be written for it.

#include <algorithm>
#include <numeric>

#include "codegen/ops/operator.h"
#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

// A few bytes of a model can ask for gigabytes; no part holds constants larger than this.
constexpr int64_t kBytesMax = 16 << 20;

bool is_large(const Graph &graph, const Node &node) {
    const auto add = [&](int64_t sum, TensorId id) { return sum + graph.tensors[id].bytes(); };
    return std::accumulate(node.outputs.begin(), node.outputs.end(), int64_t{0}, add) > kBytesMax;
}

bool fold(Graph &graph, const Node &node) {
    if (!node.op->fold || is_large(graph, node) || !node.op->fold(graph, node)) return false;
    for (const TensorId id : node.outputs) {
        const Tensor &output = graph.tensors[id];
        INGOT_CHECK(static_cast<int64_t>(output.data.size()) == output.bytes());
    }
    return true;
}

}  // namespace

// One walk is enough: every node stands after those that feed it.
void fold_constants(Graph &graph) {
    std::vector<Node> kept;
    for (Node &node : graph.nodes) {
        if (!fold(graph, node)) kept.push_back(std::move(node));
    }
    graph.nodes = std::move(kept);
}

}  // namespace ingot::codegen
