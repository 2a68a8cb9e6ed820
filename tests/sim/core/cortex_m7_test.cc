// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Cortex-M7: totals derived by hand from the rules in boards/cores/cortex_m7.toml.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Sequence kSequences[] = {
    // Two additions issue together; an addition that needs the other one's result waits for it.
    {"adds r0, r0, r1; adds r2, r2, r3",
     "1840 18d2", 1, 1},
    {"adds r0, r0, r1; adds r2, r0, r3",
     "1840 18c2", 2, 2},
    {"adds r0, r0, r1; adds r2, r2, r3; adds r4, r4, r5",
     "1840 18d2 1964", 2, 2},
    // There is one shifter, one multiplier, one store and one branch unit, but two for loads.
    {"lsls r0, r0, #1; lsls r1, r1, #1",
     "0040 0049", 2, 2},
    {"lsls r0, r0, #1; adds r1, r1, #1",
     "0040 3101", 1, 1},
    {"mul r0, r1, r2; mul r3, r4, r5",
     "fb01f002 fb04f305", 2, 2},
    {"str r0, [r1]; str r2, [r3]",
     "6008 601a", 2, 2},
    {"ldr r0, [r1]; ldr r2, [r3]",
     "6808 681a", 1, 1},
    {"ldr r0, [r1]; str r2, [r3]",
     "6808 601a", 1, 1},
    // An operand that is shifted is needed a cycle early, an address likewise.
    {"adds r0, r0, r1; add.w r2, r3, r0, lsl #2",
     "1840 eb030280", 3, 3},
    {"adds r0, r0, r1; ldr r2, [r0]",
     "1840 6802", 3, 3},
    {"ldr r0, [r1]; ldr r2, [r0]",
     "6808 6802", 3, 3},
    // A word that was loaded can be added in the next cycle, a byte one later.
    {"ldr r0, [r1]; adds r2, r0, r3",
     "6808 18c2", 2, 2},
    {"ldrb r0, [r1]; adds r2, r0, r3",
     "7808 18c2", 3, 3},
    // Data of a store are needed a cycle late: an addition and the store of its sum go together.
    {"adds r0, r0, r1; str r0, [r2]",
     "1840 6010", 1, 1},
    // Products take two cycles; the sum of an accumulation is needed one late.
    {"mul r0, r1, r2; adds r3, r0, r4",
     "fb01f002 1903", 3, 3},
    {"mla r0, r1, r2, r0; mla r0, r3, r4, r0",
     "fb010002 fb030004", 2, 2},
    {"mla r0, r1, r2, r3; mul r4, r0, r5",
     "fb013002 fb00f405", 3, 3},
    // DSP instructions, extensions and reversals issue with a later one, never with an earlier
    // one.
    {"sadd16 r0, r1, r2; adds r3, r3, r4",
     "fa91f002 191b", 1, 1},
    {"adds r3, r3, r4; sadd16 r0, r1, r2",
     "191b fa91f002", 2, 2},
    {"adds r3, r3, r4; uxtb r0, r1",
     "191b b2c8", 2, 2},
    // A reversed word is there at once.
    {"rev r0, r1; adds r2, r0, r3",
     "ba08 18c2", 1, 1},
    // Pairs, lists and divisions issue alone; lists move two registers per cycle.
    {"ldrd r0, r1, [r2]; adds r3, r3, r4",
     "e9d20100 191b", 2, 2},
    {"push {r4, r5, r6, r7}; adds r0, r0, r1",
     "b4f0 1840", 3, 3},
    {"ldmia r0!, {r1, r2, r3}; adds r4, r4, r5",
     "c80e 1964", 3, 3},
    {"udiv r0, r1, r2; adds r3, r3, r4",
     "fbb1f0f2 191b", 8, 8},
    // A direct jump issues with what is before it and costs nothing more; a conditional one need
    // not
    // wait for its flags. What is guessed wrong is the predictor's to add.
    {"adds r0, r0, r1; b .+20",
     "1840 e008", 1, 1},
    {"subs r0, #1; bne .",
     "3801 d1fe", 1, 1},
    {"subs r0, #1; nop; nop; bcs .",
     "3801 bf00 bf00 d2fe", 2, 2},
    // Additions of floating point have a latency of three, and issue with integer ones.
    {"vadd.f32 s0, s1, s2; adds r0, r0, r1",
     "ee300a81 1840", 1, 1},
    {"vadd.f32 s0, s1, s2; vadd.f32 s3, s4, s5",
     "ee300a81 ee721a22", 2, 2},
    {"vadd.f32 s0, s1, s2; vadd.f32 s3, s0, s5",
     "ee300a81 ee701a22", 4, 4},
    // Multiply-accumulates have a latency of five, of which the next one's addend saves two.
    {"vfma.f32 s0, s1, s2; vfma.f32 s0, s3, s4",
     "eea00a81 eea10a82", 4, 4},
    {"vfma.f32 s0, s1, s2; vfma.f32 s5, s0, s4",
     "eea00a81 eee02a02", 6, 6},
    {"vldr s0, [r0]; vldr s1, [r1]",
     "ed900a00 edd10a00", 1, 1},
    {"vadd.f64 d0, d1, d2; vadd.f64 d3, d4, d5",
     "ee310b02 ee343b05", 4, 4},
};
// clang-format on

TEST(cortex_m7, follows_the_rules_of_its_table) {
    expect_cycles(Isa::kThumb, core("cortex_m7"), kSequences);
}

}  // namespace
}  // namespace ingot::sim
