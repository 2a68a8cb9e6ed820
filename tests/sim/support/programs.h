// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Programs that several tests run. Branches name their targets by offset from the first
// instruction.

#ifndef INGOT_TESTS_SIM_SUPPORT_PROGRAMS_H
#define INGOT_TESTS_SIM_SUPPORT_PROGRAMS_H

namespace ingot::sim {

// clang-format off

// Data operations, a multiplication, a load, and back to where it came from.
inline constexpr const char *kStraight =
    "2001 "      // movs r0, #1
    "1c81 "      // adds r1, r0, #2
    "fb00f201 "  // mul.w r2, r0, r1
    "f85d3c04 "  // ldr.w r3, [sp, #-4]
    "eb0303c2 "  // add.w r3, r3, r2, lsl #3
    "4770 ";     // bx lr

// Adds the numbers from 10 down to 1 into r0, and sleeps.
inline constexpr const char *kLoop =
    "2000 "  // movs r0, #0
    "210a "  // movs r1, #10
    "1840 "  // adds r0, r0, r1
    "3901 "  // subs r1, #1
    "d1fc "  // bne.n (+0x4)
    "bf30 "  // wfi
    "e7fd "; // b.n (+0xa)

// Eight rounds, in every second of which an IT block skips its load and store.
inline constexpr const char *kIt =
    "2000 "      // movs r0, #0
    "2108 "      // movs r1, #8
    "f04f5400 "  // mov.w r4, #536870912
    "084a "      // lsrs r2, r1, #1
    "bf22 "      // ittt cs
    "6823 "      // ldrcs r3, [r4, #0]
    "181b "      // addcs r3, r3, r0
    "6023 "      // strcs r3, [r4, #0]
    "3001 "      // adds r0, #1
    "3901 "      // subs r1, #1
    "d1f7 "      // bne.n (+0x8)
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x18)

// Divides what a test puts into r0 by what it puts into r1.
inline constexpr const char *kDivision =
    "fbb0f2f1 "  // udiv r2, r0, r1
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x4)

// Copies 64 words from 0x100 to 0x20000100.
inline constexpr const char *kCopy =
    "f44f7080 "   // mov.w r0, #256
    "4904 "       // ldr r1, [pc, #16]
    "2240 "       // movs r2, #64
    "f8503b04 "   // ldr.w r3, [r0], #4
    "f8413b04 "   // str.w r3, [r1], #4
    "3a01 "       // subs r2, #1
    "d1f9 "       // bne.n (+0x8)
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x14)
    "0100 2000 "; // .word 0x20000100

// Everything at once under SysTick: loads, stores, IT blocks, divisions, calls. Exits by a
// semihosting call behind a sleep.
inline constexpr const char *kBusy =
    "f04f5400 "   // mov.w r4, #536870912
    "4810 "       // ldr r0, [pc, #64]
    "f24011f3 "   // movw r1, #499
    "6041 "       // str r1, [r0, #4]
    "2100 "       // movs r1, #0
    "6081 "       // str r1, [r0, #8]
    "2107 "       // movs r1, #7
    "6001 "       // str r1, [r0, #0]
    "25c8 "       // movs r5, #200
    "6822 "       // ldr r2, [r4, #0]
    "f0150f03 "   // tst.w r5, #3
    "bf06 "       // itte eq
    "6863 "       // ldreq r3, [r4, #4]
    "18d2 "       // addeq r2, r2, r3
    "3203 "       // addne r2, #3
    "fbb2f6f5 "   // udiv r6, r2, r5
    "4072 "       // eors r2, r6
    "e884000c "   // stmia.w r4, {r2, r3}
    "f000f806 "   // bl (+0x3e)
    "3d01 "       // subs r5, #1
    "d1ef "       // bne.n (+0x16)
    "bf30 "       // wfi
    "2018 "       // movs r0, #24
    "4904 "       // ldr r1, [pc, #16]
    "beab "       // bkpt 0x00ab
    "b510 "       // push {r4, lr}
    "78a3 "       // ldrb r3, [r4, #2]
    "009b "       // lsls r3, r3, #2
    "bd10 "       // pop {r4, pc}
    "0000 "       // .short 0x0000
    "e010 e000 "  // .word 0xe000e010
    "0026 0002 "; // .word 0x00020026

// A handler of SysTick that counts at 0x20000040.
inline constexpr const char *kTick =
    "4802 "       // ldr r0, [pc, #8]
    "6801 "       // ldr r1, [r0, #0]
    "3101 "       // adds r1, #1
    "6001 "       // str r1, [r0, #0]
    "4770 "       // bx lr
    "0000 "       // .short 0x0000
    "0040 2000 "; // .word 0x20000040

// A table branch over the numbers from 3 down to 0.
inline constexpr const char *kSwitch =
    "2003 "       // movs r0, #3
    "a201 "       // add r2, pc, #4
    "e8d2f000 "   // tbb [r2, r0]
    "0302 0504 "  // .word 0x05040302
    "e002 "       // b.n (+0x14)
    "e001 "       // b.n (+0x14)
    "e000 "       // b.n (+0x14)
    "e7ff "       // b.n (+0x14)
    "3801 "       // subs r0, #1
    "d5f4 "       // bpl.n (+0x2)
    "bf30 "       // wfi
    "e7fd ";      // b.n (+0x18)

// Everything at once under the timer: loads, stores, divisions, branches, reads of the counter.
// Ends by the test device.
inline constexpr const char *kRiscvBusy =
    "80400437 "  // lui x8,0x80400
    "800012b7 "  // lui x5,0x80001
    "80028293 "  // add x5,x5,-2048
    "30529073 "  // csrw mtvec,x5
    "02004937 "  // lui x18,0x2004
    "00092223 "  // sw x0,4(x18)
    "06400313 "  // li x6,100
    "00692023 "  // sw x6,0(x18)
    "08000313 "  // li x6,128
    "30432073 "  // csrs mie,x6
    "30046073 "  // csrs mstatus,8
    "12c00493 "  // li x9,300
    "4008 "      // lw x10,0(x8)
    "050d "      // add x10,x10,3
    "029505b3 "  // mul x11,x10,x9
    "c00c "      // sw x11,0(x8)
    "0295c633 "  // div x12,x11,x9
    "0034f693 "  // and x13,x9,3
    "e681 "      // bnez x13,4a
    "00244703 "  // lbu x14,2(x8)
    "953a "      // add x10,x10,x14
    "b00027f3 "  // csrr x15,mcycle
    "00f84833 "  // xor x16,x16,x15
    "14fd "      // add x9,x9,-1
    "fcf1 "      // bnez x9,30
    "001002b7 "  // lui x5,0x100
    "55500313 "  // li x6,1365
    "0312 "      // sll x6,x6,0x4
    "0315 "      // add x6,x6,5
    "0062a023 "  // sw x6,0(x5)
    "a001 ";     // j 66

// A handler of the timer, due again 1000 ticks later, that counts at 0x80400040.
inline constexpr const char *kRiscvTick =
    "810a "      // mv x2,x2
    "020043b7 "  // lui x7,0x2004
    "0003ae03 "  // lw x28,0(x7)
    "3e8e0e13 "  // add x28,x28,1000
    "01c3a023 "  // sw x28,0(x7)
    "04042e83 "  // lw x29,64(x8)
    "0e85 "      // add x29,x29,1
    "05d42023 "  // sw x29,64(x8)
    "30200073 "; // mret

// Adds the numbers from 10 down to 1 into a0, and sleeps.
inline constexpr const char *kRiscvLoop =
    "4501 "      // li x10,0
    "45a9 "      // li x11,10
    "952e "      // add x10,x10,x11
    "15fd "      // add x11,x11,-1
    "fdf5 "      // bnez x11,4
    "10500073 "  // wfi
    "bff5 ";     // j a

// Copies 64 words from 0x80000000 to 0x80400100.
inline constexpr const char *kRiscvCopy =
    "80000537 "  // lui x10,0x80000
    "804005b7 "  // lui x11,0x80400
    "04000613 "  // li x12,64
    "4114 "      // lw x13,0(x10)
    "10d5a023 "  // sw x13,256(x11)
    "0511 "      // add x10,x10,4
    "0591 "      // add x11,x11,4
    "167d "      // add x12,x12,-1
    "fa75 "      // bnez x12,c
    "10500073 "  // wfi
    "bff5 ";     // j 1a

// clang-format on

}  // namespace ingot::sim

#endif
