// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Problems without a byte to spare: the planner must find the one kind of plan that meets the
// bound.

#include <gtest/gtest.h>

#include "tests/codegen/plan/problems.h"

namespace ingot::codegen {
namespace {

class Tight : public testing::TestWithParam<Rectangle> {};

TEST_P(Tight, is_put_together_again) {
    const std::vector<Buffer> buffers = cut_up(GetParam());
    ASSERT_EQ(lower_bound(buffers, 1), GetParam().bytes);
    const Plan plan = plan_arena(buffers, 1);
    EXPECT_EQ(find_fault(buffers, 1, plan), std::nullopt);
    EXPECT_EQ(plan.arena_bytes, GetParam().bytes) << plan.nodes_searched << " nodes";
    EXPECT_TRUE(plan.is_optimal);
}

INSTANTIATE_TEST_SUITE_P(rectangles, Tight,
                         testing::Values(Rectangle{50, 1000, 200, Cut::kGuillotine, 1},
                                         Rectangle{50, 1000, 200, Cut::kGuillotine, 2},
                                         Rectangle{50, 1000, 200, Cut::kPinwheel, 3},
                                         Rectangle{50, 1000, 200, Cut::kPinwheel, 4},
                                         Rectangle{150, 1000, 200, Cut::kGuillotine, 1},
                                         Rectangle{150, 1000, 200, Cut::kGuillotine, 2},
                                         Rectangle{150, 1000, 200, Cut::kPinwheel, 3},
                                         Rectangle{150, 1000, 200, Cut::kPinwheel, 4},
                                         Rectangle{300, 128, 400, Cut::kGuillotine, 1},
                                         Rectangle{300, 128, 400, Cut::kGuillotine, 2},
                                         Rectangle{300, 128, 400, Cut::kPinwheel, 3},
                                         Rectangle{300, 128, 400, Cut::kPinwheel, 4}));

}  // namespace
}  // namespace ingot::codegen
