// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The axis of a maximum splits a shape in three.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph node(const Tensor &input, const std::vector<int32_t> &axis, const Tensor &output) {
    return graph_of(k_arg_max, {input, int32s(axis)}, {output});
}

TEST(arg_max, splits_the_shape_at_its_axis) {
    EXPECT_EQ("outer 6, axis 4, inner 5, output_bytes 4",
              params(lower(node(int8({2, 3, 4, 5}), {2}, tensor(Type::kInt32, {2, 3, 5})))));
    EXPECT_EQ("outer 1, axis 2, inner 60, output_bytes 4",
              params(lower(node(int8({2, 3, 4, 5}), {0}, tensor(Type::kInt32, {3, 4, 5})))));
}

TEST(arg_max, counts_a_negative_axis_from_the_back) {
    EXPECT_EQ("outer 24, axis 5, inner 1, output_bytes 8",
              params(lower(node(int8({2, 3, 4, 5}), {-1}, tensor(Type::kInt64, {2, 3, 4})))));
}

TEST(arg_max, reads_the_values_and_not_the_axis) {
    const auto call = lower(node(int8({10}), {0}, tensor(Type::kInt32, {})));
    ASSERT_TRUE(call);
    EXPECT_EQ(std::vector<TensorId>{0}, call->inputs);
    EXPECT_EQ(std::vector<TensorId>{2}, call->outputs);
}

TEST(arg_max, rejects_an_axis_that_is_not_there) {
    for (const int32_t axis : {-3, 2}) {
        EXPECT_EQ(Code::kOperatorLimit,
                  fault_of(node(int8({4, 5}), {axis}, tensor(Type::kInt32, {4}))));
    }
}

TEST(arg_max, rejects_more_than_one_axis) {
    EXPECT_EQ(Code::kModelInconsistent,
              fault_of(node(int8({4, 5}), {0, 1}, tensor(Type::kInt32, {4}))));
}

TEST(arg_max, rejects_an_axis_that_is_computed_at_run_time) {
    EXPECT_EQ(Code::kNotConstant,
              fault_of(graph_of(k_arg_max, {int8({4}), tensor(Type::kInt32, {1})},
                                {tensor(Type::kInt32, {})})));
}

TEST(arg_max, rejects_other_types) {
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(node(tensor(Type::kFloat32, {4}), {0}, tensor(Type::kInt32, {}))));
    EXPECT_EQ(Code::kTypeNotExecutable, fault_of(node(int8({4}), {0}, int8({}))));
}

TEST(arg_max, rejects_an_output_of_another_shape) {
    EXPECT_EQ(Code::kModelInconsistent,
              fault_of(node(int8({4, 5}), {1}, tensor(Type::kInt32, {5}))));
}

TEST(arg_max, is_known_to_tflite_by_its_name) { EXPECT_EQ(&k_arg_max, find_tflite("ARG_MAX").op); }

}  // namespace
}  // namespace ingot::test
