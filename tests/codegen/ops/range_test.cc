// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Numbers evenly spaced.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

std::vector<int32_t> numbers(int32_t start, int32_t limit, int32_t step, int32_t count) {
    return elements<int32_t>(
        folded(graph_of(k_range, {int32_scalar(start), int32_scalar(limit), int32_scalar(step)},
                        {tensor(Type::kInt32, {count})})));
}

TEST(range, stops_before_the_limit) {
    EXPECT_EQ((std::vector<int32_t>{0, 1, 2}), numbers(0, 3, 1, 3));
    EXPECT_EQ((std::vector<int32_t>{1, 4}), numbers(1, 5, 3, 2));
    EXPECT_EQ((std::vector<int32_t>{5, 3}), numbers(5, 1, -2, 2));
}

TEST(range, is_not_folded_to_another_length_or_without_a_step) {
    EXPECT_TRUE(numbers(0, 3, 1, 4).empty());
    EXPECT_TRUE(numbers(0, 3, 0, 1).empty());
    EXPECT_TRUE(numbers(3, 0, 1, 1).empty());
}

TEST(range, is_known_to_tflite_by_its_name) { EXPECT_EQ(&k_range, find_tflite("RANGE").op); }

}  // namespace
}  // namespace ingot::test
