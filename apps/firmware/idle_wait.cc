// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Idle as products are: asleep until an interrupt, or a debugger, wakes the core.

#include "firmware.h"

// Arm's profile M and RISC-V spell the instruction the same way.
void firmware_idle(void) { asm volatile("wfi" ::: "memory"); }

void firmware_stop(void) {
    for (;;) asm volatile("wfi" ::: "memory");
}
