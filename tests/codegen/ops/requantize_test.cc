// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to another scale or zero point.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph node(const Tensor &input, const Tensor &output) {
    return graph_of(k_requantize, {input}, {output});
}

TEST(requantize, divides_the_input_scale_by_the_output_scale) {
    const auto call = lower(node(int8({8}, 0.25f, 1), int8({8}, 1.0f, 2)), INGOT_ROUNDING_SINGLE);
    EXPECT_EQ(
        "count 8, input_zero_point 1, factor {multiplier 1073741824, shift -1}, stage {zero_point "
        "2, activation_min -128, activation_max 127, rounding INGOT_ROUNDING_SINGLE}",
        params(call));
}

TEST(requantize, rejects_an_output_of_another_size) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node(int8({4}), int8({2, 3}))));
}

TEST(requantize, rejects_a_scale_per_channel) {
    Tensor input = int8({2, 2});
    input.quantization = {.scale = {1, 2}, .zero_point = {0, 0}};
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(node(input, int8({2, 2}))));
}

}  // namespace
}  // namespace ingot::test
