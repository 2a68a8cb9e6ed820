// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Each promise of a plan, broken on purpose.

#include <gtest/gtest.h>

#include "codegen/plan/plan.h"

namespace ingot::codegen {
namespace {

using Fault = std::optional<std::string>;

const std::vector<Buffer> kBuffers = {{32, 0, 1}, {64, 1, 2}, {32, 2, 3}};

// Buffers 0 and 2 take turns in the first bytes.
Plan good_plan() {
    return {.offset = {0, 32, 0},
            .arena_bytes = 96,
            .lower_bound_bytes = 96,
            .is_optimal = true,
            .nodes_searched = 0};
}

Fault fault_of(const Plan &plan) { return find_fault(kBuffers, 16, plan); }

TEST(find_fault, finds_none_in_a_good_plan) { EXPECT_EQ(fault_of(good_plan()), std::nullopt); }

TEST(find_fault, finds_a_missing_offset) {
    Plan plan = good_plan();
    plan.offset.pop_back();
    EXPECT_EQ(fault_of(plan), "2 offsets for 3 buffers");
}

TEST(find_fault, finds_a_negative_offset) {
    Plan plan = good_plan();
    plan.offset[2] = -16;
    EXPECT_EQ(fault_of(plan), "buffer 2 has the negative offset -16");
}

TEST(find_fault, finds_an_offset_off_the_alignment) {
    Plan plan = good_plan();
    plan.offset[2] = 8;
    EXPECT_EQ(fault_of(plan), "buffer 2 at 8 is not aligned to 16 bytes");
}

TEST(find_fault, finds_a_buffer_beyond_the_arena) {
    Plan plan = good_plan();
    plan.offset[1] = 48;
    EXPECT_EQ(fault_of(plan), "buffer 1 ends at 112, beyond the arena's 96 bytes");
}

TEST(find_fault, finds_an_overlap_of_a_single_byte_range_at_a_single_step) {
    Plan plan = good_plan();
    plan.offset[2] = 16;
    EXPECT_EQ(fault_of(plan), "buffers 1 and 2 both hold bytes 32 to 47 at step 2");
}

TEST(find_fault, finds_one_buffer_inside_another) {
    Plan plan = good_plan();
    plan.offset[0] = 48;
    EXPECT_EQ(fault_of(plan), "buffers 0 and 1 both hold bytes 48 to 79 at step 1");
}

TEST(find_fault, finds_a_lower_bound_below_what_is_alive) {
    Plan plan = good_plan();
    plan.lower_bound_bytes = 80;
    EXPECT_EQ(fault_of(plan), "the lower bound, 80, is less than the 96 bytes alive at one step");
}

TEST(find_fault, finds_a_lower_bound_above_the_arena) {
    Plan plan = good_plan();
    plan.lower_bound_bytes = 112;
    EXPECT_EQ(fault_of(plan), "the lower bound, 112, exceeds the arena's 96 bytes");
}

TEST(find_fault, finds_a_false_claim_of_optimality) {
    Plan plan = good_plan();
    plan.arena_bytes = 128;
    EXPECT_EQ(fault_of(plan),
              "the plan is called optimal, but its 128 bytes exceed its lower bound, 96");
}

TEST(find_fault, finds_a_proof_that_was_not_claimed) {
    Plan plan = good_plan();
    plan.is_optimal = false;
    EXPECT_EQ(fault_of(plan),
              "the plan is called improvable, but its 96 bytes meet its lower bound, 96");
}

TEST(find_fault, allows_buffers_without_bytes_anywhere) {
    Plan plan = good_plan();
    plan.offset.push_back(48);
    std::vector<Buffer> buffers = kBuffers;
    buffers.push_back({0, 0, 3});
    EXPECT_EQ(find_fault(buffers, 16, plan), std::nullopt);
}

}  // namespace
}  // namespace ingot::codegen
