// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Products: one factor.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph product(const Tensor &a, const Tensor &b, const Tensor &output,
              const Settings &settings = {}) {
    return graph_of(k_mul, {a, b}, {output}, settings);
}

TEST(mul, multiplies_scales_and_divides_by_the_output_scale) {
    EXPECT_EQ(
        "shape {rank 2, extent {2, 4}, stride {{4, 1}, {0, 1}}}, input_zero_point {3, -4}, "
        "factor {multiplier 1073741824, shift -1}, stage {zero_point 5, activation_min -128, "
        "activation_max 127, rounding INGOT_ROUNDING_DOUBLE}",
        params(lower(product(int8({2, 4}, 0.5f, 3), int8({4}, 0.25f, -4), int8({2, 4}, 0.5f, 5)))));
}

TEST(mul, clamps_to_its_fused_activation) {
    const Tensor input = int8({4}), output = int8({4}, 0.5f, -8);
    EXPECT_EQ(
        "{zero_point -8, activation_min -8, activation_max 127, rounding INGOT_ROUNDING_DOUBLE}",
        field(lower(product(input, input, output, {{"activation", 1}})), "stage"));
}

TEST(mul, wants_int8_with_one_scale) {
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(product(int8({4}), tensor(Type::kInt32, {4}), int8({4}))));
    Tensor unscaled = int8({4});
    unscaled.quantization = {};
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(product(int8({4}), unscaled, int8({4}))));
}

TEST(mul, imports_the_fused_activation) {
    EXPECT_EQ(&k_mul, find_tflite("MUL").op);
    EXPECT_EQ((Values{{"activation", 2}}), imported("MUL", {{0, 2}}));
}

}  // namespace
}  // namespace ingot::test
