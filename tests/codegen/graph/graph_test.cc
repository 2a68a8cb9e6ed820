// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the questions that passes ask of a graph.

#include "codegen/graph/graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/tflite_builder.h"

namespace ingot::codegen {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Node node(std::vector<TensorId> inputs, std::vector<TensorId> outputs) {
    Node result;
    result.inputs = std::move(inputs);
    result.outputs = std::move(outputs);
    return result;
}

Tensor constant(Type type, std::vector<uint8_t> data) {
    Tensor result;
    result.type = type;
    result.data = std::move(data);
    return result;
}

// 0 -> node 0 -> 1 -> node 1, which also reads 1 twice and lacks an operand -> 2, 3
Graph diamond() {
    Graph graph;
    graph.tensors.resize(4);
    graph.nodes = {node({0}, {1}), node({1, kNoTensor, 1, 0}, {2, 3})};
    graph.inputs = {0};
    graph.outputs = {3};
    return graph;
}

TEST(graph, knows_who_writes_each_tensor) {
    EXPECT_THAT(producers(diamond()), ElementsAre(-1, 0, 1, 1));
}

TEST(graph, knows_who_reads_each_tensor_once_per_operand) {
    EXPECT_THAT(consumers(diamond()),
                ElementsAre(ElementsAre(0, 1), ElementsAre(1, 1), IsEmpty(), IsEmpty()));
}

TEST(graph, knows_its_outputs) {
    EXPECT_TRUE(is_graph_output(diamond(), 3));
    EXPECT_FALSE(is_graph_output(diamond(), 2));
}

TEST(shape, counts_elements_without_overflow) {
    EXPECT_EQ(element_count({}), 1);
    EXPECT_EQ(element_count({2, 3, 4}), 24);
    EXPECT_EQ(element_count({1 << 20, 1 << 20}), int64_t{1} << 40);
}

TEST(shape, reads_as_c_extents) {
    EXPECT_EQ(to_string(Shape{32, 32, 3}), "[32][32][3]");
    EXPECT_EQ(to_string(Shape{}), "scalar");
}

TEST(type, has_a_name_and_a_size) {
    EXPECT_EQ(name(Type::kInt8), "int8");
    EXPECT_EQ(element_bytes(Type::kInt8), 1);
    EXPECT_EQ(name(Type::kFloat16), "float16");
    EXPECT_EQ(element_bytes(Type::kFloat16), 2);
    EXPECT_EQ(name(Type::kUint32), "uint32");
    EXPECT_EQ(element_bytes(Type::kUint32), 4);
    EXPECT_EQ(name(Type::kOther), "other");
    EXPECT_EQ(element_bytes(Type::kOther), 0);
}

TEST(tensor, takes_its_elements_in_bytes) {
    Tensor tensor;
    tensor.type = Type::kInt16;
    tensor.shape = {3, 5};
    EXPECT_EQ(tensor.bytes(), 30);
    EXPECT_FALSE(tensor.is_constant());
}

TEST(tensor, gives_its_integers_whatever_their_width) {
    using test::bytes_of;
    EXPECT_THAT(integers(constant(Type::kInt32, bytes_of<int32_t>({1, -2}))), ElementsAre(1, -2));
    EXPECT_THAT(integers(constant(Type::kInt64, bytes_of<int64_t>({1LL << 40, -3}))),
                ElementsAre(1LL << 40, -3));
}

TEST(tensor, gives_its_bytes_as_signed_values) {
    const Tensor tensor = constant(Type::kInt8, {0, 127, 128, 255});
    EXPECT_THAT(int8s(tensor), ElementsAre(0, 127, -128, -1));
}

TEST(tensor_death, is_not_asked_for_integers_that_it_does_not_hold) {
    EXPECT_EXIT(integers(constant(Type::kInt8, {1})), ::testing::ExitedWithCode(1), "kInt64");
    EXPECT_EXIT(int8s(constant(Type::kInt32, {1, 0, 0, 0})), ::testing::ExitedWithCode(1), "kInt8");
}

TEST(quantization, is_per_channel_with_more_than_one_scale) {
    EXPECT_TRUE(Quantization{}.empty());
    EXPECT_FALSE((Quantization{.scale = {0.5f}, .zero_point = {0}}.per_channel()));
    EXPECT_TRUE((Quantization{.scale = {0.5f, 1}, .zero_point = {0, 0}}.per_channel()));
}

}  // namespace
}  // namespace ingot::codegen
