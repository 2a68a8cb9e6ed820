// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How many elements a shape has.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Tensor product(const Tensor &input, const Shape &shape) {
    return folded(graph_of(k_reduce_prod, {input, int32_scalar(0)}, {tensor(Type::kInt32, shape)}));
}

TEST(reduce_prod, multiplies_all_extents) {
    EXPECT_EQ(std::vector<int32_t>{24}, elements<int32_t>(product(int32s({2, 3, 4}), {})));
}

TEST(reduce_prod, is_not_folded_where_some_axes_stay_or_the_product_does_not_fit) {
    EXPECT_TRUE(product(int32s({2, 3, 4}), {3}).data.empty());
    EXPECT_TRUE(product(int32s({1 << 16, 1 << 16}), {}).data.empty());
}

TEST(reduce_prod, is_known_to_tflite_by_its_name) {
    EXPECT_EQ(&k_reduce_prod, find_tflite("REDUCE_PROD").op);
}

}  // namespace
}  // namespace ingot::test
