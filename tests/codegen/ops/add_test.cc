// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Sums: factors to a common scale, and back.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph sum(const Tensor &a, const Tensor &b, const Tensor &output, const Settings &settings = {}) {
    return graph_of(k_add, {a, b}, {output}, settings);
}

TEST(add, brings_both_inputs_to_twice_the_larger_scale) {
    const auto call = lower(sum(int8({4}, 0.5f, 3), int8({4}, 0.125f, -4), int8({4}, 1.0f, 5)));
    EXPECT_EQ("{3, -4}", field(call, "input_zero_point"));
    EXPECT_EQ("20", field(call, "left_shift"));
    EXPECT_EQ("{{multiplier 1073741824, shift 0}, {multiplier 1073741824, shift -2}}",
              field(call, "input_factor"));
    EXPECT_EQ("{multiplier 1073741824, shift -19}", field(call, "output_factor"));
    EXPECT_EQ(
        "{zero_point 5, activation_min -128, activation_max 127, rounding INGOT_ROUNDING_DOUBLE}",
        field(call, "stage"));
}

TEST(add, divides_in_double) {
    const auto call = lower(sum(int8({4}, 0.7f), int8({4}, 0.3f), int8({4}, 0.9f)));
    EXPECT_EQ("{{multiplier 1073741824, shift 0}, {multiplier 1840700374, shift -2}}",
              field(call, "input_factor"));
}

TEST(add, takes_the_rounding_of_the_site) {
    const auto call = lower(sum(int8({4}), int8({4}), int8({4}, 0.5f, 0)), INGOT_ROUNDING_SINGLE);
    EXPECT_EQ(
        "{zero_point 0, activation_min -128, activation_max 127, rounding INGOT_ROUNDING_SINGLE}",
        field(call, "stage"));
}

TEST(add, clamps_to_its_fused_activation) {
    const auto call = lower(sum(int8({4}), int8({4}), int8({4}, 0.5f, -8), {{"activation", 3}}));
    EXPECT_EQ(
        "{zero_point -8, activation_min -8, activation_max 4, rounding INGOT_ROUNDING_DOUBLE}",
        field(call, "stage"));
}

TEST(add, reads_both_inputs_even_when_one_is_constant) {
    Tensor constant = int8({4});
    constant.data = {1, 2, 3, 4};
    const auto call = lower(sum(int8({2, 4}), constant, int8({2, 4})));
    ASSERT_TRUE(call);
    EXPECT_EQ((std::vector<TensorId>{0, 1}), call->inputs);
    EXPECT_EQ((std::vector<TensorId>{2}), call->outputs);
}

TEST(add, rejects_an_output_scale_that_no_sum_can_need) {
    EXPECT_EQ(Code::kQuantizationWrong,
              fault_of(sum(int8({4}, 1.0f), int8({4}, 1.0f), int8({4}, 0x1p-19f))));
    EXPECT_EQ(std::nullopt, fault_of(sum(int8({4}, 1.0f), int8({4}, 1.0f), int8({4}, 0x1p-18f))));
}

TEST(add, imports_the_fused_activation) {
    EXPECT_EQ(&k_add, find_tflite("ADD").op);
    EXPECT_EQ((Values{{"activation", 1}}), imported("ADD", {{0, 1}}));
    EXPECT_EQ((Values{{"activation", 0}}), imported("ADD"));
}

}  // namespace
}  // namespace ingot::test
