// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Cortex-M33: totals derived by hand from the rules in boards/cores/cortex_m33.toml.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Sequence kSequences[] = {
    // As measured: SUBS and NOP go together, NOP and a branch go together; a taken branch takes
    // two.
    {"subs r0, r0, #1; nop; nop; bcs .",
     "3801 bf00 bf00 d2fe", 2, 3},
    // As measured on another part: SUBS and a branch on its flags do not go together.
    {"subs r0, #1; bhi .",
     "3801 d8fe", 2, 3},
    // Assumed: one unit of each kind, and pairs of two-byte instructions only.
    {"adds r0, r0, r1; adds r2, r2, r3",
     "1840 18d2", 2, 2},
    {"ldr r0, [r1]; adds r2, r2, r3",
     "6808 18d2", 1, 1},
    {"ldr.w r0, [r1]; adds r2, r2, r3",
     "f8d10000 18d2", 2, 2},
    {"ldr r0, [r1]; add.w r2, r2, r3",
     "6808 eb020203", 2, 2},
    // Assumed: a load stalls what needs its result by one cycle, and nothing else.
    {"ldr r0, [r1]; adds r2, r0, r3",
     "6808 18c2", 3, 3},
    {"ldr r0, [r1]; ldr r2, [r3]; adds r4, r4, r5",
     "6808 681a 1964", 2, 2},
    {"ldr r0, [r1]; nop; adds r2, r0, r3",
     "6808 bf00 18c2", 3, 3},
    {"str r0, [r1]; str r2, [r3, r4]",
     "6008 511a", 2, 2},
    // Assumed: as on the Cortex-M4.
    {"mul r0, r1, r2; mla r0, r1, r2, r0; smlal r0, r1, r2, r3",
     "fb01f002 fb010002 fbc20103", 3, 3},
    {"push {r4, r5, r6, lr}",
     "b570", 5, 5},
    {"pop {r4, pc}",
     "bd10", 5, 5},
    {"bl .+20",
     "f000f808", 2, 2},
    {"bx lr",
     "4770", 3, 3},
    {"ldrd r0, r1, [r2]; strd r0, r1, [r3]",
     "e9d20100 e9c30100", 5, 5},
    {"vadd.f32 s0, s1, s2; vmul.f32 s3, s0, s5",
     "ee300a81 ee601a22", 3, 3},
    {"vfma.f32 s0, s1, s2",
     "eea00a81", 3, 3},
};
// clang-format on

TEST(cortex_m33, follows_what_is_measured_and_assumed) {
    expect_cycles(Isa::kThumb, core("cortex_m33"), kSequences);
}

}  // namespace
}  // namespace ingot::sim
