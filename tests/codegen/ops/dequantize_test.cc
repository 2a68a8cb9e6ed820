// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to floats.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph node(const Tensor &input, const Tensor &output) {
    return graph_of(k_dequantize, {input}, {output});
}

TEST(dequantize, takes_scale_and_zero_point_from_its_input) {
    EXPECT_EQ("count 6, scale 0.25, zero_point -7",
              params(lower(node(int8({2, 3}, 0.25f, -7), tensor(Type::kFloat32, {2, 3})))));
}

TEST(dequantize, rejects_other_types) {
    EXPECT_EQ(Code::kTypeNotExecutable, fault_of(node(int8({4}), tensor(Type::kFloat16, {4}))));
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(node(tensor(Type::kInt16, {4}), tensor(Type::kFloat32, {4}))));
}

TEST(dequantize, rejects_an_output_of_another_size) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(node(int8({4}), tensor(Type::kFloat32, {3}))));
}

TEST(dequantize, is_known_to_tflite_by_its_name) {
    EXPECT_EQ(&k_dequantize, find_tflite("DEQUANTIZE").op);
}

}  // namespace
}  // namespace ingot::test
