// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// RV32: totals derived by hand from the rules of the manual of SiFive's E31.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Sequence kSequences[] = {
    // One instruction per cycle, and results go to the next one at once.
    {"add a0, a0, a1; slli a0, a0, 2; addi a0, a0, 1",
     "952e 050a 0505", 3, 3},
    {"lui a0, 1; auipc a1, 0; xori a2, a0, 5",
     "6505 00000597 00554613", 3, 3},
    // A word that is loaded can be used two cycles later, a byte or halfword three.
    {"lw a0, 0(a1)",
     "4188", 1, 1},
    {"lw a0, 0(a1); add a2, a0, a3",
     "4188 00d50633", 3, 3},
    {"lw a0, 0(a1); addi a4, a4, 1; add a2, a0, a3",
     "4188 0705 00d50633", 3, 3},
    {"lb a0, 0(a1); add a2, a0, a3",
     "00058503 00d50633", 4, 4},
    {"lhu a0, 0(a1); addi a4, a4, 1; add a2, a0, a3",
     "0005d503 0705 00d50633", 4, 4},
    {"lw a0, 0(a1); lw a2, 4(a1); add a0, a0, a2",
     "4188 41d0 9532", 4, 4},
    {"lw a0, 0(a1); lw a2, 0(a0)",
     "4188 4110", 3, 3},
    {"sw a0, 0(a1); sb a2, 4(a1)",
     "c188 00c58223", 2, 2},
    // Products can be used five cycles later, and the multiplier does one at a time.
    {"mul a0, a1, a2; add a3, a0, a4",
     "02c58533 00e506b3", 6, 6},
    {"mulh a0, a1, a2; addi a3, a3, 1; addi a3, a3, 1; addi a3, a3, 1; "
     "addi a3, a3, 1; add a0, a0, a3",
     "02c59533 0685 0685 0685 0685 9536", 6, 6},
    {"mul a0, a1, a2; mul a3, a4, a5",
     "02c58533 02f706b3", 6, 6},
    // A division takes two cycles at least.
    {"divu a0, a1, a2; add a3, a0, a4",
     "02c5d533 00e506b3", 3, 3},
    // What is read from a status register can be used three cycles later.
    {"csrr a0, mcycle; add a1, a0, a2",
     "b0002573 00c505b3", 4, 4},
    // Jumps that are rightly guessed cost nothing; conditional ones are the predictor's to judge.
    {"j .+8",
     "a021", 1, 1},
    {"jal ra, .+8",
     "008000ef", 1, 1},
    {"ret",
     "8082", 1, 1},
    {"addi a0, a0, -1; bnez a0, .",
     "157d e101", 2, 2},
    // A jump through a table is not guessed.
    {"jr a5",
     "8782", 4, 4},
    // x0 is no register.
    {"lw zero, 0(a1); add a0, zero, a1",
     "0005a003 852e", 2, 2},
    // Bit manipulation is one cycle like any other.
    {"sh2add a0, a1, a2; clz a0, a0; andn a0, a0, a1; zext.h a0, a0",
     "20c5c533 60051513 40b57533 08054533", 4, 4},
    {"fence; ecall",
     "0ff0000f 00000073", 2, 2},
};
// clang-format on

TEST(rv32, takes_what_its_manual_says) { expect_cycles(Isa::kRiscV32, core("rv32"), kSequences); }

}  // namespace
}  // namespace ingot::sim
