// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What start-up code expects of the program and of the linker script, and the part of it that all
// cores share.

#ifndef INGOT_BOARDS_FIRMWARE_START_H
#define INGOT_BOARDS_FIRMWARE_START_H

#include <stdint.h>

// Unused stack holds this word.
#define INGOT_STACK_PAINT UINT32_C(0xa5a5a5a5)

extern "C" {

// Defined by sections.ld. Only the addresses mean something.
extern uint32_t ingot_stack_bottom[], ingot_stack_top[];
extern uint32_t ingot_data_start[], ingot_data_end[];
extern const uint32_t ingot_data_image[];  // Where .data lies in flash.
extern uint32_t ingot_bss_start[], ingot_bss_end[];

// The program: `int main(void)`, which C++ may define but not call by that name.
[[noreturn]] void ingot_main(void) asm("main");

// Where a fault ends.
[[noreturn]] void ingot_fault(uint32_t cause, uint32_t address, uint32_t pc, uint32_t lr);
}

// Paints the stack below the caller's stack pointer, fills .data and clears .bss. Must be inlined:
// what it paints may be its own frame.
[[gnu::always_inline]] inline void ingot_prepare_memory(uint32_t *stack_pointer) {
    for (uint32_t *word = ingot_stack_bottom; word < stack_pointer; ++word) {
        *word = INGOT_STACK_PAINT;
    }
    const uint32_t *image = ingot_data_image;
    for (uint32_t *word = ingot_data_start; word < ingot_data_end; ++word) *word = *image++;
    for (uint32_t *word = ingot_bss_start; word < ingot_bss_end; ++word) *word = 0;
}

#endif
