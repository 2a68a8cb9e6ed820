// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Extents as constants.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

TEST(shape, is_known_before_its_input_is) {
    const Tensor input = int8({1, 20, 30});
    EXPECT_EQ((std::vector<int32_t>{1, 20, 30}),
              elements<int32_t>(folded(graph_of(k_shape, {input}, {tensor(Type::kInt32, {3})}))));
    EXPECT_EQ((std::vector<int64_t>{1, 20, 30}),
              elements<int64_t>(folded(graph_of(k_shape, {input}, {tensor(Type::kInt64, {3})}))));
}

TEST(shape, is_not_folded_into_a_tensor_of_another_length) {
    EXPECT_TRUE(
        folded(graph_of(k_shape, {int8({1, 2})}, {tensor(Type::kInt32, {3})})).data.empty());
}

TEST(shape, is_known_to_tflite_by_its_name) { EXPECT_EQ(&k_shape, find_tflite("SHAPE").op); }

}  // namespace
}  // namespace ingot::test
