// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The hardware abstraction: everything an accelerator program may ask of a board. Ports live in
// runtime/port: memory-mapped for silicon, host for a simulator's bus, mock for tests.

#ifndef INGOT_HAL_H
#define INGOT_HAL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// One 32-bit access at a device address. Accesses are made in program order.
uint32_t ingot_hal_read(uint32_t address);
void ingot_hal_write(uint32_t address, uint32_t value);

// Sleeps until an interrupt is pending. May return early; callers test their condition again.
void ingot_hal_wait(void);

// The board's byte stream (a UART, a pipe). Read returns 0..255, or -1 when nothing has arrived.
int32_t ingot_hal_read_byte(void);
void ingot_hal_write_byte(uint8_t byte);

#ifdef __cplusplus
}
#endif

#endif
