// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors joined along one axis: from shapes to runs of bytes.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Graph join(const std::vector<Tensor> &inputs, const Tensor &output, const Settings &settings) {
    return graph_of(k_concat, inputs, {output}, settings);
}

TEST(concat, counts_the_bytes_that_each_input_gives_to_a_row) {
    const Tensor a = tensor(Type::kInt16, {2, 3, 4}), b = tensor(Type::kInt16, {2, 1, 4});
    const auto lowered = lower(join({a, b}, tensor(Type::kInt16, {2, 4, 4}), {{"axis", 1}}));
    ASSERT_TRUE(lowered);
    EXPECT_EQ(2, integer(lowered, "count"));
    EXPECT_EQ(2, integer(lowered, "outer"));
    EXPECT_EQ((Integers{24, 8}), integers(lowered, "run_bytes"));
    EXPECT_EQ((std::vector<TensorId>{0, 1}), lowered->inputs);
    EXPECT_EQ((std::vector<TensorId>{2}), lowered->outputs);
}

TEST(concat, counts_a_negative_axis_from_the_back) {
    const auto lowered = lower(join({int8({2, 3}), int8({2, 1})}, int8({2, 4}), {{"axis", -1}}));
    EXPECT_EQ((Integers{3, 1}), integers(lowered, "run_bytes"));
}

TEST(concat, folds_constants_row_by_row) {
    const Tensor a = int32s({1, 2}), b = int32s({3});
    EXPECT_EQ((std::vector<int32_t>{1, 2, 3}),
              elements<int32_t>(folded(join({a, b}, tensor(Type::kInt32, {3}), {}))));
    const Tensor c = counting(Type::kInt8, {2, 2}), d = counting(Type::kInt8, {2, 1});
    EXPECT_EQ((Bytes{0, 1, 0, 2, 3, 1}),
              folded(join({c, d}, tensor(Type::kInt8, {2, 3}), {{"axis", 1}})).data);
}

TEST(concat, refuses_scales_that_differ) {
    const Tensor a = int8({2});
    const auto with = [&](const Tensor &b) { return fault_of(join({a, b}, int8({4}), {})); };
    EXPECT_EQ(Code::kQuantizationWrong, with(int8({2}, 0.25f, -3)));
    EXPECT_EQ(Code::kQuantizationWrong, with(int8({2}, 0.5f, -2)));
    EXPECT_FALSE(lower(join({a, int8({2}, 0.25f)}, int8({4}), {})).error().hint.empty());
}

TEST(concat, refuses_shapes_that_do_not_fit_together) {
    const auto fault = [](const Shape &a, const Shape &b, const Shape &whole) {
        return fault_of(join({int8(a), int8(b)}, int8(whole), {{"axis", 0}}));
    };
    EXPECT_EQ(Code::kModelInconsistent, fault({2, 3}, {2, 4}, {4, 3}));
    EXPECT_EQ(Code::kModelInconsistent, fault({2, 3}, {2, 3}, {5, 3}));
    EXPECT_EQ(Code::kModelInconsistent, fault({2, 3}, {2}, {4, 3}));
}

TEST(concat, refuses_an_axis_that_is_not_there) {
    const Tensor a = int8({2}), whole = int8({4});
    EXPECT_TRUE(lower(join({a, a}, whole, {{"axis", -1}})));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(join({a, a}, whole, {{"axis", 1}})));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(join({a, a}, whole, {{"axis", -2}})));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(join({int8({})}, int8({}), {})));
}

TEST(concat, refuses_a_fused_activation) {
    EXPECT_EQ(Code::kOperatorLimit, fault_of(join({int8({2})}, int8({2}), {{"activation", 1}})));
}

TEST(concat, refuses_more_inputs_than_a_kernel_has) {
    const std::vector<Tensor> five(5, int8({1}));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(join(five, int8({5}), {})));
}

TEST(concat, refuses_an_input_that_is_absent) {
    Graph graph = join({int8({2}), int8({2})}, int8({4}), {});
    graph.nodes[0].inputs[1] = kNoTensor;
    EXPECT_EQ(Code::kModelInconsistent, fault_of(graph));
    graph.nodes[0].inputs.clear();
    EXPECT_EQ(Code::kModelInconsistent, fault_of(graph));
}

TEST(concat, is_imported_with_its_axis_and_activation) {
    EXPECT_EQ(&k_concat, find_tflite("CONCATENATION").op);
    EXPECT_EQ((Values{{"axis", -1}, {"activation", 3}}),
              imported("CONCATENATION", {{0, -1}, {1, 3}}));
}

}  // namespace
}  // namespace ingot::test
