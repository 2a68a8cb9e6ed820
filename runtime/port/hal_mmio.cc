// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// HAL port for silicon: devices are on the core's own bus. The byte stream belongs to the board.

#include "ingot/hal.h"

namespace {

volatile uint32_t *at(uint32_t address) {
    return reinterpret_cast<volatile uint32_t *>(static_cast<uintptr_t>(address));
}

}  // namespace

uint32_t ingot_hal_read(uint32_t address) { return *at(address); }

void ingot_hal_write(uint32_t address, uint32_t value) { *at(address) = value; }

// Both Arm's profile M and RISC-V spell the instruction the same way.
void ingot_hal_wait(void) { asm volatile("wfi" ::: "memory"); }
