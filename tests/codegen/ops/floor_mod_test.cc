// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What is left of quotients of constants.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

TEST(floor_mod, is_what_is_left_after_rounding_down) {
    const Graph graph =
        graph_of(k_floor_mod, {int32s({-7}), int32s({2})}, {tensor(Type::kInt32, {1})});
    EXPECT_EQ(std::vector<int32_t>{1}, elements<int32_t>(folded(graph)));
}

TEST(floor_mod, is_known_to_tflite_by_its_name) {
    EXPECT_EQ(&k_floor_mod, find_tflite("FLOOR_MOD").op);
}

}  // namespace
}  // namespace ingot::test
