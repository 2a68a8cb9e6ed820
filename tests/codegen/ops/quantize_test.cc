// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Floats to int8, or int8 to another int8, under one TFLite name.

#include "codegen/passes/passes.h"
#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph node(const Tensor &input, const Tensor &output) {
    return graph_of(k_quantize, {input}, {output});
}

TEST(quantize, takes_scale_and_zero_point_from_its_output) {
    const auto call = lower(node(tensor(Type::kFloat32, {2, 3}), int8({2, 3}, 0.25f, -7)));
    EXPECT_EQ("count 6, scale 0.25, zero_point -7", params(call));
}

TEST(quantize, of_int8_is_legalised_to_requantize) {
    Graph graph = node(int8({4}), int8({4}, 0.25f));
    legalise(graph);
    EXPECT_EQ(&k_requantize, graph.nodes[0].op);
}

TEST(quantize, of_floats_is_legal) {
    Graph graph = node(tensor(Type::kFloat32, {4}), int8({4}));
    legalise(graph);
    EXPECT_EQ(&k_quantize, graph.nodes[0].op);
}

TEST(quantize, rejects_other_types) {
    EXPECT_EQ(Code::kTypeNotExecutable, fault_of(node(tensor(Type::kInt32, {4}), int8({4}))));
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(node(tensor(Type::kFloat32, {4}), tensor(Type::kInt16, {4}))));
}

TEST(quantize, rejects_an_output_without_a_scale) {
    EXPECT_EQ(Code::kQuantizationWrong,
              fault_of(node(tensor(Type::kFloat32, {4}), tensor(Type::kInt8, {4}))));
}

TEST(quantize, rejects_an_output_of_another_size) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node(tensor(Type::kFloat32, {4}), int8({5}))));
}

TEST(quantize, is_known_to_tflite_by_its_name) {
    EXPECT_EQ(&k_quantize, find_tflite("QUANTIZE").op);
}

}  // namespace
}  // namespace ingot::test
