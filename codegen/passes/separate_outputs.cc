// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Gives every output bytes of its own, written by a step.

#include <fmt/format.h>

#include <algorithm>

#include "codegen/ops/operators.h"
#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

// The tensor whose bytes a tensor shares.
TensorId root_of(const Graph &graph, const std::vector<int> &producer, TensorId id) {
    while (producer[id] >= 0 && graph.nodes[producer[id]].op->is_view) {
        id = graph.nodes[producer[id]].inputs[0];
    }
    return id;
}

// Copies `id` to a tensor of its own: a concat of one.
TensorId add_copy(Graph &graph, TensorId id) {
    Tensor copy = graph.tensors[id];
    copy.data.clear();
    const auto target = static_cast<TensorId>(graph.tensors.size());
    Node node{.op = &k_concat,
              .name = fmt::format("{}/output", copy.name),
              .inputs = {id},
              .outputs = {target}};
    node.attributes.set("axis", int64_t{0});
    graph.tensors.push_back(std::move(copy));
    graph.nodes.push_back(std::move(node));
    return target;
}

}  // namespace

void separate_outputs(Graph &graph) {
    const std::vector<int> producer = producers(graph);
    for (TensorId &output : graph.outputs) {
        const bool is_computed = producer[root_of(graph, producer, output)] >= 0;
        if (!is_computed && !graph.tensors[output].shape.empty()) output = add_copy(graph, output);
    }
}

}  // namespace ingot::codegen
