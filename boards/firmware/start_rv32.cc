// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Start-up for RISC-V: reset and traps, in machine mode.
// Registers: The RISC-V Instruction Set Manual, volume II, chapter 3.

#include "start.h"

extern "C" {

[[noreturn]] void ingot_reset(void);
[[noreturn]] void ingot_on_trap(void);
[[noreturn, gnu::used]] void ingot_begin(void);

// The first word of the image: cores and emulators that know no entry point begin there.
[[gnu::section(".vectors"), gnu::naked, gnu::used]] void ingot_reset(void) {
    asm volatile(
        ".option push\n"
        ".option arch, +zicsr\n"
        "la sp, ingot_stack_top\n"
        "la t0, ingot_on_trap\n"
        "csrw mtvec, t0\n"
        "j ingot_begin\n"
        ".option pop\n");
}

void ingot_begin(void) {
    uint32_t *stack_pointer;
    asm volatile("mv %0, sp" : "=r"(stack_pointer));
    ingot_prepare_memory(stack_pointer);
    ingot_main();
}

// mtvec holds addresses of four bytes' alignment. The stack may be what broke, and nothing returns
// from here: it begins anew.
[[gnu::naked, gnu::used, gnu::aligned(4)]] void ingot_on_trap(void) {
    asm volatile(
        ".option push\n"
        ".option arch, +zicsr\n"
        "la sp, ingot_stack_top\n"
        "csrr a0, mcause\n"
        "csrr a1, mtval\n"
        "csrr a2, mepc\n"
        "mv a3, ra\n"
        "j ingot_fault\n"
        ".option pop\n");
}
}
