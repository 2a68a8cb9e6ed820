// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Cortex-M0+: totals derived by hand from the table of its Technical Reference Manual.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Sequence kSequences[] = {
    // Data operations take one cycle.
    {"movs r0, #1; adds r0, r0, r1; lsls r0, r0, #3; cmp r0, r1",
     "2001 1840 00c0 4288", 4, 4},
    {"uxtb r0, r1; rev r0, r0; mvns r0, r0; add sp, #8",
     "b2c8 ba00 43c0 b002", 4, 4},
    // So does a multiply, with the fast multiplier.
    {"muls r0, r1, r0; muls r0, r1, r0",
     "4348 4348", 2, 2},
    // Loads and stores take two cycles, and nothing overlaps.
    {"ldr r0, [r1]",
     "6808", 2, 2},
    {"ldr r0, [r1]; ldr r2, [r3]",
     "6808 681a", 4, 4},
    {"ldrb r0, [r1, #3]; adds r0, #1; strb r0, [r1, #3]",
     "78c8 3001 70c8", 5, 5},
    {"ldr r0, [pc, #8]; str r0, [r1, r2]",
     "4802 5088", 4, 4},
    {"adds r1, #4; ldr r0, [r1]",
     "3104 6808", 3, 3},
    {"ldrsh r0, [r1, r2]; strh r0, [r1]",
     "5e88 8008", 4, 4},
    // Lists take one cycle and one per register.
    {"push {r4, r5, lr}",
     "b530", 4, 4},
    {"pop {r4, r5}",
     "bc30", 3, 3},
    {"ldmia r0!, {r1, r2, r3}; stmia r4!, {r1, r2, r3}",
     "c80e c40e", 8, 8},
    // POP of the program counter takes 3+N, of N registers with it.
    {"pop {pc}",
     "bd00", 4, 4},
    {"pop {r4, pc}",
     "bd10", 5, 5},
    {"pop {r4, r5, r6, pc}",
     "bd70", 7, 7},
    // Jumps: B 2, BL 3, BX and BLX 2, MOV to pc 2.
    {"b .+20",
     "e008", 2, 2},
    {"bl .+20",
     "f000f808", 3, 3},
    {"bx lr",
     "4770", 2, 2},
    {"blx r3",
     "4798", 2, 2},
    {"mov pc, r0",
     "4687", 2, 2},
    {"add pc, r0",
     "4487", 2, 2},
    // A conditional branch takes one cycle, and two when it goes.
    {"beq .+20",
     "d008", 1, 2},
    {"subs r0, #1; bne .",
     "3801 d1fe", 2, 3},
    // The delay loop of a vendor: SUBS, NOP, NOP and a taken BCS make five.
    {"subs r0, r0, #1; nop; nop; bcs .",
     "3801 46c0 46c0 d2fe", 4, 5},
    // System instructions.
    {"mrs r0, primask",
     "f3ef8010", 3, 3},
    {"msr primask, r0",
     "f3808810", 3, 3},
    {"dmb; dsb; isb",
     "f3bf8f5f f3bf8f4f f3bf8f6f", 9, 9},
    {"cpsid i; cpsie i",
     "b672 b662", 2, 2},
    {"nop; sev",
     "46c0 bf40", 2, 2},
    {"wfi",
     "bf30", 2, 2},
};
// clang-format on

TEST(cortex_m0plus, takes_what_its_manual_says) {
    expect_cycles(Isa::kThumb, core("cortex_m0plus"), kSequences);
}

}  // namespace
}  // namespace ingot::sim
