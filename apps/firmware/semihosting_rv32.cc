// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A semihosting call on RISC-V: three instructions that are not compressed and lie together.
// Source: RISC-V Semihosting, "Semihosting Trap Instruction Sequence".

#include "semihosting.h"

void semihosting_call(uint32_t operation, const void *block) {
    register uint32_t a0 asm("a0") = operation;
    register const void *a1 asm("a1") = block;
    asm volatile(
        ".option push\n"
        ".option norvc\n"
        ".balign 16\n"  // All three on one page.
        "slli x0, x0, 0x1f\n"
        "ebreak\n"
        "srai x0, x0, 7\n"
        ".option pop\n"
        : "+r"(a0)
        : "r"(a1)
        : "memory");
}
