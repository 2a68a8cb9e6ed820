// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Plans of known quality: by hand, by brute force, and of public networks.

#include "codegen/plan/plan.h"

#include <gtest/gtest.h>

#include "tests/codegen/plan/problems.h"

namespace ingot::codegen {
namespace {

using Buffers = std::vector<Buffer>;

Plan sound_plan(const Buffers &buffers, int64_t alignment, int64_t nodes_max = 2'000'000) {
    Plan plan = plan_arena(buffers, alignment, nodes_max);
    EXPECT_EQ(find_fault(buffers, alignment, plan), std::nullopt);
    return plan;
}

// No greedy order finds its 5 bytes.
const Buffers kTricky = {{4, 0, 0}, {3, 1, 1}, {1, 1, 2}, {1, 0, 1}, {4, 2, 2}};

// 13 bytes are alive at most, but no plan has less than 14.
const Buffers kGap = {{4, 4, 4}, {8, 5, 5}, {5, 3, 5}, {10, 0, 0}, {1, 0, 3},
                      {2, 1, 4}, {2, 0, 4}, {8, 1, 1}, {3, 3, 3}};

// A network without branches: each activation lives while it is written and while it is read.
Buffers chain(const std::vector<int64_t> &sizes) {
    Buffers buffers;
    for (int i = 0; i < std::ssize(sizes); ++i) {
        const int last = std::min<int>(i, static_cast<int>(std::ssize(sizes)) - 2);
        buffers.push_back({sizes[i], std::max(i - 1, 0), last});
    }
    return buffers;
}

TEST(lower_bound, is_the_largest_sum_alive_at_one_step) {
    EXPECT_EQ(lower_bound(Buffers{{10, 0, 1}, {20, 1, 2}, {25, 2, 3}}, 1), 45);
}

TEST(lower_bound, counts_aligned_sizes) {
    EXPECT_EQ(lower_bound(Buffers{{1, 0, 1}, {17, 1, 2}}, 16), 48);
}

TEST(lower_bound, of_nothing_is_nothing) { EXPECT_EQ(lower_bound({}, 16), 0); }

TEST(plan_arena, needs_no_arena_for_no_buffers) {
    const Plan plan = sound_plan({}, 16);
    EXPECT_EQ(plan.arena_bytes, 0);
    EXPECT_TRUE(plan.is_optimal);
}

TEST(plan_arena, puts_a_single_buffer_at_the_bottom) {
    const Plan plan = sound_plan({{100, 3, 7}}, 16);
    EXPECT_EQ(plan.offset, std::vector<int64_t>{0});
    EXPECT_EQ(plan.arena_bytes, 112);
}

TEST(plan_arena, gives_no_room_to_buffers_without_bytes) {
    const Plan plan = sound_plan({{0, 0, 9}, {32, 0, 9}, {0, 2, 2}}, 16);
    EXPECT_EQ(plan.offset, (std::vector<int64_t>{0, 0, 0}));
    EXPECT_EQ(plan.arena_bytes, 32);
}

TEST(plan_arena, lets_buffers_that_never_meet_share_their_bytes) {
    const Plan plan = sound_plan({{64, 0, 1}, {48, 2, 3}, {64, 4, 4}}, 16);
    EXPECT_EQ(plan.offset, (std::vector<int64_t>{0, 0, 0}));
    EXPECT_EQ(plan.arena_bytes, 64);
}

TEST(plan_arena, keeps_every_offset_aligned) {
    const Plan plan = sound_plan({{5, 0, 2}, {9, 1, 3}, {17, 0, 3}}, 8);
    for (const int64_t offset : plan.offset) EXPECT_EQ(offset % 8, 0);
    EXPECT_EQ(plan.arena_bytes, 8 + 16 + 24);
}

TEST(plan_arena, does_not_overflow_on_huge_buffers) {
    const int64_t tebibyte = int64_t{1} << 40;
    const Plan plan =
        sound_plan({{tebibyte, 0, 1}, {tebibyte - 1, 1, 2}, {int64_t{1} << 31, 0, 2}}, 16);
    EXPECT_EQ(plan.arena_bytes, 2 * tebibyte + (int64_t{1} << 31));
}

TEST(plan_arena, accepts_the_largest_step_numbers) {
    const Plan plan = sound_plan({{16, 0, 2'147'483'647}, {16, 2'147'483'647, 2'147'483'647}}, 16);
    EXPECT_EQ(plan.arena_bytes, 32);
}

TEST(plan_arena, searches_when_every_greedy_order_fails) {
    EXPECT_GT(sound_plan(kTricky, 1, 0).arena_bytes, 5);
    const Plan plan = sound_plan(kTricky, 1);
    EXPECT_EQ(plan.arena_bytes, 5);
    EXPECT_GT(plan.nodes_searched, 0);
}

TEST(plan_arena, proves_an_optimum_above_the_lower_bound) {
    ASSERT_EQ(lower_bound(kGap, 1), 13);
    ASSERT_EQ(brute_force(kGap), 14);
    const Plan plan = sound_plan(kGap, 1);
    EXPECT_EQ(plan.arena_bytes, 14);
    EXPECT_EQ(plan.lower_bound_bytes, 14);
    EXPECT_TRUE(plan.is_optimal);
}

TEST(plan_arena, states_the_gap_when_its_nodes_are_spent) {
    const Plan plan = sound_plan(kGap, 1, 0);
    EXPECT_EQ(plan.nodes_searched, 0);
    EXPECT_EQ(plan.lower_bound_bytes, 13);
    EXPECT_GE(plan.arena_bytes, 14);
    EXPECT_FALSE(plan.is_optimal);
}

TEST(plan_arena, spends_no_more_nodes_than_it_may) {
    const Buffers buffers = cut_up({300, 1000, 200, Cut::kPinwheel, 5});
    for (const int64_t nodes_max : {1, 2, 777, 5000}) {
        EXPECT_LE(sound_plan(buffers, 1, nodes_max).nodes_searched, nodes_max);
    }
}

TEST(plan_arena, is_as_good_as_brute_force) {
    std::mt19937 random(7);
    for (int i = 0; i < 3000; ++i) {
        SCOPED_TRACE(i);
        const Buffers buffers = random_problem(random);
        const Plan plan = sound_plan(buffers, 1);
        ASSERT_EQ(plan.arena_bytes, brute_force(buffers));
        ASSERT_TRUE(plan.is_optimal);
    }
}

TEST(plan_arena, gives_the_same_plan_each_time) {
    const Buffers buffers = cut_up({150, 1000, 200, Cut::kPinwheel, 3});
    const Plan first = plan_arena(buffers, 16);
    const Plan second = plan_arena(buffers, 16);
    EXPECT_EQ(first.offset, second.offset);
    EXPECT_EQ(first.nodes_searched, second.nodes_searched);
}

TEST(plan_arena, depends_on_who_meets_whom_not_on_how_long) {
    Buffers buffers = cut_up({50, 1000, 200, Cut::kPinwheel, 3});
    const Plan plan = plan_arena(buffers, 16);
    for (Buffer &buffer : buffers) {
        buffer.first_step *= 1000;
        buffer.last_step = buffer.last_step * 1000 + 999;
    }
    EXPECT_EQ(plan_arena(buffers, 16).offset, plan.offset);
}

TEST(plan_arena, plans_thousands_of_buffers) {
    const Buffers buffers = cut_up({5000, 1'000'000, 3000, Cut::kGuillotine, 1});
    const Plan plan = sound_plan(buffers, 16);
    EXPECT_LT(plan.arena_bytes, 2 * plan.lower_bound_bytes);
}

// MLPerf Tiny, visual wake words: MobileNet 0.25 on 96 x 96 x 3; activations of its layers in
// order. Equal sizes in an unlucky order cost other planners a third more.
TEST(plan_arena, plans_visual_wake_words_at_its_bound) {
    const Buffers buffers =
        chain({27648, 18432, 18432, 36864, 9216, 18432, 18432, 18432, 4608, 9216, 9216,
               9216,  2304,  4608,  4608,  4608, 4608,  4608,  4608,  4608, 4608, 4608,
               4608,  4608,  1152,  2304,  2304, 2304,  256,   2,     2});
    const Plan plan = sound_plan(buffers, 16);
    EXPECT_EQ(plan.arena_bytes, 55296);
    EXPECT_TRUE(plan.is_optimal);
}

// MLPerf Tiny, image classification: ResNet-8 on 32 x 32 x 3. Each block adds its input, or a
// convolution of it, to the output of two convolutions.
TEST(plan_arena, plans_resnet_8_at_its_bound) {
    const Plan plan = sound_plan({{3072, 0, 0},
                                  {16384, 0, 3},
                                  {16384, 1, 2},
                                  {16384, 2, 3},
                                  {16384, 3, 6},
                                  {8192, 4, 5},
                                  {8192, 5, 7},
                                  {8192, 6, 7},
                                  {8192, 7, 10},
                                  {4096, 8, 9},
                                  {4096, 9, 11},
                                  {4096, 10, 11},
                                  {4096, 11, 12},
                                  {64, 12, 13},
                                  {10, 13, 14}},
                                 16);
    EXPECT_EQ(plan.arena_bytes, 49152);
    EXPECT_TRUE(plan.is_optimal);
}

}  // namespace
}  // namespace ingot::codegen
