// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Cortex-M4: totals derived by hand from the rules of its Technical Reference Manual.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Sequence kSequences[] = {
    // Data operations take one cycle, whatever their operands.
    {"adds r0, r0, r1; lsls r0, r0, #3; cmp r0, r1",
     "1840 00c0 4288", 3, 3},
    {"add.w r0, r1, r2, lsl #3; ubfx r1, r0, #4, #8; clz r2, r1",
     "eb0100c2 f3c01107 fab1f281", 3, 3},
    // Multiplies and multiply-accumulates, 32 or 64 bits wide, take one cycle.
    {"mul r0, r1, r2; mla r0, r1, r2, r0; mls r0, r1, r2, r0",
     "fb01f002 fb010002 fb010012", 3, 3},
    {"umull r0, r1, r2, r3; smlal r0, r1, r2, r3; smlad r0, r1, r2, r0; smmul r0, r1, r2",
     "fba20103 fbc20103 fb210002 fb51f002", 4, 4},
    // DSP additions and saturation take one cycle.
    {"sadd16 r0, r1, r2; qadd r0, r0, r1; ssat r0, #8, r0; usat r0, #8, r0; sel r0, r1, r2",
     "fa91f002 fa81f080 f3000007 f3800008 faa1f082", 5, 5},
    // A load takes two cycles.
    {"ldr r0, [r1]",
     "6808", 2, 2},
    {"ldrb r0, [r1]; adds r0, #1",
     "7808 3001", 3, 3},
    // Neighbouring loads overlap: two, then one each.
    {"ldr r0, [r1]; ldr r2, [r3]",
     "6808 681a", 3, 3},
    {"ldr r0, [r1, r5]; ldr r1, [r2]; ldr r2, [r3, #4]",
     "5948 6811 685a", 4, 4},
    // The second load's address is what the first one loads: no overlap.
    {"ldr r0, [r1]; ldr r2, [r0]",
     "6808 6802", 4, 4},
    // A store with an immediate offset takes one cycle; a load behind it does not overlap.
    {"str r0, [r1, #4]",
     "6048", 1, 1},
    {"str r0, [r1, #4]; ldr r2, [r3]",
     "6048 681a", 3, 3},
    // A store with a register offset takes two, and one behind a load. It may store what was
    // loaded.
    {"str r0, [r1, r2]",
     "5088", 2, 2},
    {"ldr r0, [r1, r2]; str r0, [r3, #20]",
     "5888 6158", 3, 3},
    {"ldr r0, [r1, r2]; str r1, [r3, r2]",
     "5888 5099", 3, 3},
    {"ldr r0, [r1, r2]; str r0, [r3, r2]",
     "5888 5098", 3, 3},
    // Nothing overlaps with a store in front.
    {"str r0, [r1, r2]; ldr r3, [r4]",
     "5088 6823", 4, 4},
    // An address from the data operation right before costs a cycle; with one in between, it does
    // not.
    {"adds r1, r1, #4; ldr r0, [r1]",
     "3104 6808", 4, 4},
    {"adds r1, r1, #4; adds r2, r2, #1; ldr r0, [r1]",
     "3104 3201 6808", 4, 4},
    {"adds r0, r0, #4; str r0, [r1]",
     "3004 6008", 2, 2},
    // A load or store that updates its own base does not delay the next one.
    {"ldr r0, [r1], #4; ldr r2, [r1], #4",
     "f8510b04 f8512b04", 3, 3},
    // Lists take one cycle and one per register; pairs as lists of two.
    {"push {r4, r5, r6, lr}",
     "b570", 5, 5},
    {"ldmia r0!, {r1, r2, r3}",
     "c80e", 4, 4},
    {"stmia r0!, {r1, r2}",
     "c006", 3, 3},
    {"ldrd r0, r1, [r2]; strd r0, r1, [r3]",
     "e9d20100 e9c30100", 6, 6},
    // Loading the program counter refills the pipeline.
    {"pop {r4, pc}",
     "bd10", 5, 5},
    {"ldr pc, [r0]",
     "f8d0f000", 5, 5},
    // A conditional branch takes one cycle, and one more when it goes.
    {"subs r0, #1; bne .",
     "3801 d1fe", 2, 3},
    {"cbz r0, .+8",
     "b110", 1, 2},
    {"b .+20",
     "e008", 2, 2},
    {"bl .+20",
     "f000f808", 2, 2},
    // The target of an indirect jump is not known early.
    {"bx lr",
     "4770", 3, 3},
    {"blx r3",
     "4798", 3, 3},
    {"mov pc, r0",
     "4687", 3, 3},
    // A table branch takes six cycles at least.
    {"tbb [pc, r0]",
     "e8dff000", 6, 6},
    // IT folds onto an instruction of two bytes; otherwise it takes a cycle. What it skips takes
    // one.
    {"cmp r0, r1; it eq; moveq r0, r1",
     "4288 bf08 4608", 2, 2},
    {"cmp.w r0, r1; it eq; moveq r0, r1",
     "ebb00f01 bf08 4608", 3, 3},
    {"cmp r0, r1; itt eq; ldreq r0, [r1]; moveq r2, r0",
     "4288 bf04 6808 4602", 3, 3},
    // System instructions.
    {"mrs r0, primask; cpsid i; msr primask, r0",
     "f3ef8010 b672 f3808810", 6, 6},
    {"dmb; dsb; isb",
     "f3bf8f5f f3bf8f4f f3bf8f6f", 5, 5},
    {"nop; nop",
     "bf00 bf00", 2, 2},
    // Division, with the least it takes.
    {"udiv r0, r1, r2",
     "fbb1f0f2", 2, 2},
    // Floating point: one cycle, and one more if the next instruction needs the result.
    {"vadd.f32 s0, s1, s2; vmul.f32 s3, s4, s5",
     "ee300a81 ee621a22", 2, 2},
    {"vadd.f32 s0, s1, s2; vmul.f32 s3, s0, s5",
     "ee300a81 ee601a22", 3, 3},
    {"vmul.f32 s0, s1, s2; adds r0, #1; vadd.f32 s0, s0, s3",
     "ee200a81 3001 ee300a21", 3, 3},
    // A multiply-accumulate takes three; its addend is needed one cycle late, its factors are not.
    {"vfma.f32 s0, s1, s2; vfma.f32 s0, s3, s4",
     "eea00a81 eea10a82", 6, 6},
    {"vfma.f32 s0, s1, s2; vfma.f32 s5, s0, s4",
     "eea00a81 eee02a02", 7, 7},
    // Integer instructions run on beside a division.
    {"vdiv.f32 s0, s1, s2; adds r0, #1",
     "ee800a81 3001", 2, 2},
    {"vdiv.f32 s0, s1, s2; vadd.f32 s3, s4, s5",
     "ee800a81 ee721a22", 15, 15},
    {"vdiv.f32 s0, s1, s2; vadd.f32 s3, s0, s5",
     "ee800a81 ee701a22", 16, 16},
    {"vsqrt.f32 s0, s1; vstr s2, [r0]",
     "eeb10ae0 ed801a00", 3, 3},
    // Loads and stores of floating point.
    {"vldr s0, [r0]; vadd.f32 s1, s0, s0",
     "ed900a00 ee700a00", 3, 3},
    {"vldmia r0!, {s0-s3}; vstmia r1!, {s0-s3}",
     "ecb00a04 eca10a04", 10, 10},
    {"vpush {d8}; vpop {d8}",
     "ed2d8b02 ecbd8b02", 6, 6},
    {"vmov s0, r0; vmov r1, s0; vmov r0, r1, s2, s3; vmrs APSR_nzcv, fpscr",
     "ee000a10 ee101a10 ec510a11 eef1fa10", 5, 5},
};
// clang-format on

TEST(cortex_m4, takes_what_its_manual_says) {
    expect_cycles(Isa::kThumb, core("cortex_m4"), kSequences);
}

}  // namespace
}  // namespace ingot::sim
