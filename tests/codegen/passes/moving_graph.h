// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Graphs of operators that move bytes, for tests of the passes that always run. Such graphs need no
// interpreter: with constants for inputs they fold to their outputs.

#ifndef INGOT_TESTS_CODEGEN_PASSES_MOVING_GRAPH_H
#define INGOT_TESTS_CODEGEN_PASSES_MOVING_GRAPH_H

#include <gtest/gtest.h>

#include <cstring>
#include <set>

#include "codegen/graph/graph.h"
#include "codegen/ops/operators.h"
#include "codegen/passes/passes.h"

namespace ingot::test {

using namespace ingot::codegen;

class MovingGraph {
public:
    Graph graph;

    TensorId input(const Shape &shape, Type type = Type::kInt8) {
        graph.inputs.push_back(tensor(shape, type));
        return graph.inputs.back();
    }

    TensorId integers(const Shape &shape, const std::vector<int32_t> &values) {
        const TensorId id = tensor(shape, Type::kInt32);
        graph.tensors[id].data.resize(values.size() * sizeof(int32_t));
        std::memcpy(graph.tensors[id].data.data(), values.data(), values.size() * sizeof(int32_t));
        return id;
    }

    // Ids of the outputs, one per shape.
    std::vector<TensorId> node(const Operator &op, const std::vector<TensorId> &inputs,
                               const std::vector<Shape> &shapes, Type type = Type::kInt8,
                               int64_t axis = 0) {
        Node made = {.op = &op,
                     .name = "n" + std::to_string(graph.nodes.size()),
                     .inputs = inputs,
                     .outputs = {},
                     .attributes = {},
                     .source_index = static_cast<int>(graph.nodes.size())};
        for (const Shape &shape : shapes) made.outputs.push_back(tensor(shape, type));
        made.attributes.set("axis", axis);
        graph.nodes.push_back(made);
        return made.outputs;
    }

    void output(const std::vector<TensorId> &ids) {
        graph.outputs.insert(graph.outputs.end(), ids.begin(), ids.end());
    }

private:
    TensorId tensor(const Shape &shape, Type type) {
        graph.tensors.push_back({.name = "t" + std::to_string(graph.tensors.size()),
                                 .type = type,
                                 .shape = shape,
                                 .quantization = {},
                                 .data = {}});
        return static_cast<TensorId>(graph.tensors.size() - 1);
    }
};

// What the outputs are when byte i of every input is i x 7, and that of the k-th input k more.
inline std::vector<std::vector<uint8_t>> outputs_when_counting(Graph graph) {
    for (size_t k = 0; k < graph.inputs.size(); ++k) {
        Tensor &input = graph.tensors[graph.inputs[k]];
        for (int64_t i = 0; i < input.bytes(); ++i) {
            input.data.push_back(static_cast<uint8_t>(i * 7 + static_cast<int64_t>(k)));
        }
    }
    fold_constants(graph);
    EXPECT_TRUE(graph.nodes.empty()) << "every node must have been folded";
    std::vector<std::vector<uint8_t>> outputs;
    for (const TensorId id : graph.outputs) outputs.push_back(graph.tensors[id].data);
    return outputs;
}

// The operators of the nodes, in order: "reshape reshape concat".
inline std::string operators_of(const Graph &graph) {
    std::string names;
    for (const Node &node : graph.nodes) {
        names += (names.empty() ? "" : " ") + std::string(node.op->name);
    }
    return names;
}

}  // namespace ingot::test

#endif
