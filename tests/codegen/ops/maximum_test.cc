// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Comparisons need integers of one meaning.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph node(const Tensor &a, const Tensor &b, const Tensor &output) {
    return graph_of(k_maximum, {a, b}, {output});
}

TEST(maximum, has_no_params_but_its_shape) {
    EXPECT_EQ("shape {rank 2, extent {2, 4}, stride {{4, 1}, {0, 1}}}",
              params(lower(node(int8({2, 4}), int8({4}), int8({2, 4})))));
}

TEST(maximum, rejects_inputs_and_outputs_of_unlike_quantisation) {
    const Tensor same = int8({4}, 0.5f, 3);
    const Tensor other_scale = int8({4}, 0.25f, 3), other_zero_point = int8({4}, 0.5f, 2);
    EXPECT_EQ(std::nullopt, fault_of(node(same, same, same)));
    for (const Tensor &other : {other_scale, other_zero_point}) {
        EXPECT_EQ(Code::kQuantizationWrong, fault_of(node(other, same, same)));
        EXPECT_EQ(Code::kQuantizationWrong, fault_of(node(same, other, same)));
        EXPECT_EQ(Code::kQuantizationWrong, fault_of(node(same, same, other)));
    }
}

TEST(maximum, is_known_to_tflite_by_its_name) { EXPECT_EQ(&k_maximum, find_tflite("MAXIMUM").op); }

}  // namespace
}  // namespace ingot::test
