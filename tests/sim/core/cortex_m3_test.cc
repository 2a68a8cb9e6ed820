// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Cortex-M3: totals derived by hand from the rules of its Technical Reference Manual.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Sequence kSequences[] = {
    // As on the Cortex-M4, except for multiplies.
    {"adds r0, r0, r1; lsls r0, r0, #3; cmp r0, r1",
     "1840 00c0 4288", 3, 3},
    {"ldr r0, [r1, r5]; ldr r1, [r2]; ldr r2, [r3, #4]",
     "5948 6811 685a", 4, 4},
    {"ldr r0, [r1, r2]; str r0, [r3, #20]",
     "5888 6158", 3, 3},
    {"push {r4, r5, r6, lr}",
     "b570", 5, 5},
    {"pop {r4, pc}",
     "bd10", 5, 5},
    {"subs r0, #1; bne .",
     "3801 d1fe", 2, 3},
    {"subs r0, r0, #1; nop; nop; bcs .",
     "3801 bf00 bf00 d2fe", 4, 5},
    {"mul r0, r1, r2",
     "fb01f002", 1, 1},
    {"mla r0, r1, r2, r0; mls r0, r1, r2, r0",
     "fb010002 fb010012", 4, 4},
    // Between 3 and 5, and between 4 and 7; the table assumes the middle.
    {"umull r0, r1, r2, r3",
     "fba20103", 4, 4},
    {"smlal r0, r1, r2, r3",
     "fbc20103", 6, 6},
};
// clang-format on

TEST(cortex_m3, takes_what_its_manual_says) {
    expect_cycles(Isa::kThumb, core("cortex_m3"), kSequences);
}

}  // namespace
}  // namespace ingot::sim
