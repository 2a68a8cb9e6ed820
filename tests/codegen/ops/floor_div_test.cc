// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Quotients of constants.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

TEST(floor_div, rounds_down) {
    const Graph graph =
        graph_of(k_floor_div, {int32s({-7}), int32s({2})}, {tensor(Type::kInt32, {1})});
    EXPECT_EQ(std::vector<int32_t>{-4}, elements<int32_t>(folded(graph)));
}

TEST(floor_div, is_known_to_tflite_by_its_name) {
    EXPECT_EQ(&k_floor_div, find_tflite("FLOOR_DIV").op);
}

}  // namespace
}  // namespace ingot::test
