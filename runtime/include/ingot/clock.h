// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The clock port: one free-running counter, supplied by runtime/port/clock_*.cc or by the user.

#ifndef INGOT_CLOCK_H
#define INGOT_CLOCK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Starts the counter where the core has one that must be switched on.
void ingot_clock_start(void);

// Ticks since some fixed moment; wraps at 2^32. Cycles of the core, or nanoseconds on a host.
uint32_t ingot_clock_ticks(void);

#ifdef __cplusplus
}
#endif

#endif
