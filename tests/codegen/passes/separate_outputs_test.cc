// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Outputs never share bytes with inputs or constants.

#include <gtest/gtest.h>

#include "codegen/ops/operators.h"
#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

Tensor tensor(Shape shape, std::vector<uint8_t> data = {}) {
    Tensor tensor;
    tensor.name = "t";
    tensor.type = Type::kInt8;
    tensor.shape = std::move(shape);
    tensor.data = std::move(data);
    return tensor;
}

Graph graph_of(std::vector<Tensor> tensors, std::vector<Node> nodes, TensorId output) {
    Graph graph;
    graph.tensors = std::move(tensors);
    graph.nodes = std::move(nodes);
    graph.inputs = {0};
    graph.outputs = {output};
    return graph;
}

TEST(separate_outputs, copies_a_view_of_an_input) {
    Graph graph = graph_of({tensor({2, 3}), tensor({6})},
                           {{.op = &k_reshape, .name = "flat", .inputs = {0}, .outputs = {1}}}, 1);
    separate_outputs(graph);
    ASSERT_EQ(graph.nodes.size(), 2u);
    EXPECT_EQ(graph.nodes[1].op, &k_concat);
    EXPECT_EQ(graph.nodes[1].inputs[0], 1);
    EXPECT_EQ(graph.outputs[0], 2);
    EXPECT_EQ(graph.tensors[2].shape, (Shape{6}));
    EXPECT_TRUE(is_sound(graph));
}

TEST(separate_outputs, copies_an_input) {
    Graph graph = graph_of({tensor({2})}, {}, 0);
    separate_outputs(graph);
    EXPECT_EQ(graph.nodes.size(), 1u);
    EXPECT_EQ(graph.outputs[0], 1);
}

TEST(separate_outputs, copies_a_constant) {
    Graph graph = graph_of({tensor({2}), tensor({2}, {1, 2})}, {}, 1);
    separate_outputs(graph);
    EXPECT_EQ(graph.outputs[0], 2);
    EXPECT_FALSE(graph.tensors[2].is_constant());
}

TEST(separate_outputs, leaves_what_a_step_writes) {
    Graph graph = graph_of({tensor({4}), tensor({4}), tensor({2, 2})},
                           {{.op = &k_lut, .name = "f", .inputs = {0}, .outputs = {1}},
                            {.op = &k_reshape, .name = "square", .inputs = {1}, .outputs = {2}}},
                           2);
    separate_outputs(graph);
    EXPECT_EQ(graph.nodes.size(), 2u);
    EXPECT_EQ(graph.outputs[0], 2);
}

}  // namespace
}  // namespace ingot::codegen
