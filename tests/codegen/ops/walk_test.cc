// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Loops that become fewer without walking elsewhere.

#include "codegen/ops/walk.h"

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

TEST(walk, joins_dimensions_that_are_dense) {
    EXPECT_EQ((Loops{{24, 1}}), collapse(dense_loops({2, 3, 4})));
}

TEST(walk, drops_loops_that_turn_once) {
    EXPECT_EQ((Loops{{3, 7}}), collapse({{1, 99}, {3, 7}, {1, 0}}));
    EXPECT_EQ(Loops{}, collapse({{1, 5}, {1, 6}}));
}

TEST(walk, joins_a_dense_reversal) { EXPECT_EQ((Loops{{12, -1}}), collapse({{3, -4}, {4, -1}})); }

TEST(walk, keeps_apart_what_does_not_step_evenly) {
    const Loops rows_of_a_wider_image = {{3, 10}, {4, 1}};
    EXPECT_EQ(rows_of_a_wider_image, collapse(rows_of_a_wider_image));
}

TEST(walk, meets_the_same_elements_after_it_is_collapsed) {
    std::mt19937 random(1);
    for (int round = 0; round < 500; ++round) {
        Loops loops(round % 7);
        for (Loop &loop : loops) {
            loop = {1 + static_cast<int64_t>(random() % 3), static_cast<int64_t>(random() % 7) - 3};
        }
        EXPECT_EQ(positions_of({.loops = loops}), positions_of({.loops = collapse(loops)}));
    }
}

TEST(walk, prints_a_loop_even_where_there_is_none) {
    const Lowered lowered = {.params = walk_params({})};
    EXPECT_EQ(1, integer(lowered, "rank"));
    EXPECT_EQ(Integers{1}, integers(lowered, "extent"));
}

}  // namespace
}  // namespace ingot::test
