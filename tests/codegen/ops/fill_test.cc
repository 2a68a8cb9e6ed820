// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One value everywhere.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

TEST(fill, repeats_the_value) {
    const Graph graph =
        graph_of(k_fill, {int32s({2, 2}), int32_scalar(7)}, {tensor(Type::kInt32, {2, 2})});
    EXPECT_EQ((std::vector<int32_t>{7, 7, 7, 7}), elements<int32_t>(folded(graph)));
}

TEST(fill, is_not_folded_without_one_value_of_its_type) {
    const Tensor output = tensor(Type::kInt32, {2});
    for (const Tensor &value :
         {tensor(Type::kInt32, {}), int32s({1, 2}), constant<float>(Type::kFloat32, {}, {1.0f})}) {
        EXPECT_TRUE(folded(graph_of(k_fill, {int32s({2}), value}, {output})).data.empty());
    }
}

TEST(fill, is_known_to_tflite_by_its_name) { EXPECT_EQ(&k_fill, find_tflite("FILL").op); }

}  // namespace
}  // namespace ingot::test
