// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Clock port for RISC-V: the low word of the machine cycle counter, which always runs.
// Source: The RISC-V Instruction Set Manual, volume II, section 3.1.10 (mcycle).

#include "ingot/clock.h"

void ingot_clock_start(void) {}

uint32_t ingot_clock_ticks(void) {
    uint32_t cycles;
    asm volatile(
        ".option push\n"
        ".option arch, +zicsr\n"  // Whatever the rest is compiled for.
        "csrr %0, mcycle\n"
        ".option pop\n"
        : "=r"(cycles));
    return cycles;
}
