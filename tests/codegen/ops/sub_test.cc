// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Differences: like sums, but for the last bit of a factor.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Result<Lowered> lowered(const Operator &op, float a, float b, float output) {
    return lower(graph_of(op, {int8({4}, a), int8({4}, b)}, {int8({4}, output)}));
}

TEST(sub, has_the_params_of_add_where_factors_are_exact) {
    EXPECT_EQ(params(lowered(k_add, 0.5f, 0.125f, 1.0f)),
              params(lowered(k_sub, 0.5f, 0.125f, 1.0f)));
}

TEST(sub, divides_in_float) {
    EXPECT_EQ("{{multiplier 1073741824, shift 0}, {multiplier 1840700416, shift -2}}",
              field(lowered(k_sub, 0.7f, 0.3f, 0.9f), "input_factor"));
}

TEST(sub, rejects_an_output_scale_that_no_difference_can_need) {
    const auto call = lowered(k_sub, 1.0f, 1.0f, 0x1p-19f);
    ASSERT_FALSE(call);
    EXPECT_EQ(Code::kQuantizationWrong, call.error().code);
}

TEST(sub, imports_the_fused_activation) {
    EXPECT_EQ(&k_sub, find_tflite("SUB").op);
    EXPECT_EQ((Values{{"activation", 3}}), imported("SUB", {{0, 3}}));
}

}  // namespace
}  // namespace ingot::test
