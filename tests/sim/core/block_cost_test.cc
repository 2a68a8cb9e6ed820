// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a block's cost tells besides its cycles.

#include "sim/core/block_cost.h"

#include <gmock/gmock.h>

#include "sim/core/branch_predictor.h"
#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

using testing::ElementsAre;

BlockCost cost_on_m4(const std::string &encoding, uint32_t address = 0) {
    return cost_of(decode_all(Isa::kThumb, encoding, address), core("cortex_m4"));
}

TEST(block_cost, of_nothing_is_nothing) {
    const BlockCost cost = cost_of({}, core("cortex_m4"));
    EXPECT_EQ(cost.instructions, 0u);
    EXPECT_EQ(cost.cycles, 0u);
}

TEST(block_cost, tells_the_cycle_in_which_each_instruction_issues) {
    // adds r0, r0, r1; ldr r2, [r3]; ldr r4, [r5]; nop
    EXPECT_THAT(cost_on_m4("1840 681a 682c bf00").cycles_before, ElementsAre(0, 1, 3, 4));
}

TEST(block_cost, tells_pairs_by_their_common_cycle) {
    // adds r0, r0, r1; adds r2, r2, r3; adds r4, r4, r5
    const BlockCost cost = cost_of(decode_all(Isa::kThumb, "1840 18d2 1964"), core("cortex_m7"));
    EXPECT_THAT(cost.cycles_before, ElementsAre(0, 0, 1));
}

TEST(block_cost, counts_bytes_of_what_always_executes) {
    // ldmia r0!, {r1, r2, r3}; strb r1, [r4]; it eq; ldreq r0, [r1]
    const BlockCost cost = cost_on_m4("c80e 7021 bf08 6808");
    EXPECT_EQ(cost.instructions, 4u);
    EXPECT_EQ(cost.bytes_loaded, 12u);
    EXPECT_EQ(cost.bytes_stored, 1u);
}

TEST(block_cost, leaves_to_run_time_what_an_it_block_may_skip) {
    // cmp r0, r1; itt eq; ldreq r0, [r1]; moveq r2, r0
    const BlockCost cost = cost_on_m4("4288 bf04 6808 4602", 0x100);
    ASSERT_EQ(cost.dynamic.size(), 1u);  // The move takes one cycle either way.
    EXPECT_EQ(cost.dynamic[0].reason, Dynamic::Reason::kPredicated);
    EXPECT_EQ(cost.dynamic[0].index, 2u);
    EXPECT_EQ(cost.dynamic[0].address, 0x104u);
    EXPECT_EQ(cost.dynamic[0].extra_cycles, 1u);
    EXPECT_EQ(cost.dynamic[0].bytes_loaded, 4);
}

TEST(block_cost, of_a_return_in_an_it_block_is_split_in_skipped_executed_and_taken) {
    // it eq; popeq {r4, pc}: IT 1, skipped 1; executed 1+2, and 2 for the refill
    const BlockCost cost = cost_on_m4("bf08 bd10");
    EXPECT_EQ(cost.cycles, 2u);
    EXPECT_EQ(cost.taken_cycles, 2u);
    ASSERT_EQ(cost.dynamic.size(), 1u);
    EXPECT_EQ(cost.dynamic[0].extra_cycles, 2u);
}

TEST(block_cost, leaves_divisions_to_run_time) {
    const BlockCost cost = cost_on_m4("1840 fb91f0f2");  // adds r0, r0, r1; sdiv r0, r1, r2
    ASSERT_EQ(cost.dynamic.size(), 1u);
    EXPECT_EQ(cost.dynamic[0].reason, Dynamic::Reason::kDivide);
    EXPECT_EQ(cost.dynamic[0].dividend, 1);
    EXPECT_EQ(cost.dynamic[0].divisor, 2);
    EXPECT_TRUE(cost.dynamic[0].is_signed);
    EXPECT_EQ(cost.dynamic[0].extra_cycles, 0u);
}

TEST(block_cost, has_no_divisions_to_wait_for_where_they_all_take_the_same) {
    const auto block = decode_all(Isa::kThumb, "fb91f0f2");
    EXPECT_TRUE(cost_of(block, core("cortex_m7")).dynamic.empty());
}

TEST(block_cost, charges_a_jump_to_a_word_that_is_split) {
    EXPECT_EQ(cost_on_m4("fb01f002", 0x102).entry_cycles, 1u);  // mul r0, r1, r2
    EXPECT_EQ(cost_on_m4("fb01f002", 0x104).entry_cycles, 0u);
    EXPECT_EQ(cost_on_m4("1840", 0x102).entry_cycles, 0u);
}

TEST(block_cost, tells_of_an_it_block_that_its_end_leaves_open) {
    EXPECT_EQ(cost_on_m4("bf06 4608").dependents, 2);  // itte eq; moveq r0, r1
    EXPECT_EQ(cost_on_m4("bf08 4608").dependents, 0);  // it eq; moveq r0, r1
}

TEST(block_cost, names_the_branch_that_a_predictor_may_guess) {
    EXPECT_EQ(cost_on_m4("1840 d1fe", 0x100).branch_address, 0x102u);  // bne .
    EXPECT_EQ(cost_on_m4("1840 4770", 0x100).branch_address, 0u);      // bx lr
}

TEST(block_cost, counts_what_is_not_decoded_as_unknown) {
    // nop; vand q0, q0, q0
    EXPECT_EQ(cost_on_m4("bf00").unknown, 0u);
    EXPECT_EQ(cost_on_m4("bf00 ef000c40").unknown, 1u);
    EXPECT_EQ(cost_on_m4("bf00 ef000c40").cycles, 2u);
}

TEST(divide_cycles, grow_with_the_quotient_up_to_the_most_there_is) {
    const CoreTiming m4 = core("cortex_m4");
    EXPECT_EQ(divide_cycles(0, 5, false, m4), 0u);
    EXPECT_EQ(divide_cycles(4, 5, false, m4), 1u);            // As many bits as the divisor.
    EXPECT_EQ(divide_cycles(0xffff, 1, false, m4), 6u);       // 16 bits, three at a time.
    EXPECT_EQ(divide_cycles(0xffffffff, 1, false, m4), 10u);  // With the 2 charged: 12.
    EXPECT_EQ(divide_cycles(7, 0, false, m4), 0u);
}

TEST(divide_cycles, never_exceed_the_most_of_the_table) {
    const CoreTiming rv32 = core("rv32");
    EXPECT_EQ(divide_cycles(0xffffffff, 1, false, rv32), 31u);  // With the one charged: 32.
}

TEST(divide_cycles, look_at_magnitudes_when_signed) {
    const CoreTiming m4 = core("cortex_m4");
    const auto minus = [](uint32_t value) { return 0 - value; };
    EXPECT_EQ(divide_cycles(minus(0xffff), 1, true, m4), 6u);
    EXPECT_EQ(divide_cycles(0xffff, minus(1), true, m4), 6u);
    EXPECT_EQ(divide_cycles(0x80000000, 1, true, m4), 10u);
}

TEST(branch_predictor, learns_a_loop_and_misses_its_end) {
    BranchPredictor predictor({.entries = 16, .missed_cycles = 5, .guessed_cycles = 1});
    EXPECT_EQ(predictor.file(0x100, true), 5u);  // Never seen: it was guessed to stay.
    EXPECT_EQ(predictor.file(0x100, true), 1u);
    EXPECT_EQ(predictor.file(0x100, true), 1u);
    EXPECT_EQ(predictor.file(0x100, false), 5u);
    EXPECT_EQ(predictor.file(0x100, true), 1u);  // Once is not enough to change its mind.
}

TEST(branch_predictor, guesses_nothing_where_there_is_none) {
    BranchPredictor predictor;
    EXPECT_EQ(predictor.file(0x100, true), 0u);
}

}  // namespace
}  // namespace ingot::sim
