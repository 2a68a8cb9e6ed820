// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A semihosting call on Arm's profile M.

#include "semihosting.h"

void semihosting_call(uint32_t operation, const void *block) {
    register uint32_t r0 asm("r0") = operation;
    register const void *r1 asm("r1") = block;
    asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}
