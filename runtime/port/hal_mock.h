// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the mock HAL remembers; a test fills and reads it.

#ifndef INGOT_HAL_MOCK_H
#define INGOT_HAL_MOCK_H

#include <stdint.h>

#define INGOT_HAL_MOCK_WORDS 64
#define INGOT_HAL_MOCK_ACCESSES 64
#define INGOT_HAL_MOCK_BYTES 64

typedef struct ingot_hal_mock {
    uint32_t words[INGOT_HAL_MOCK_WORDS];  // The device; addresses wrap around.
    struct {
        uint32_t address, value;
        bool is_write;
    } accesses[INGOT_HAL_MOCK_ACCESSES];
    uint32_t access_count;
    uint32_t waits;
    uint8_t received[INGOT_HAL_MOCK_BYTES];  // What ingot_hal_read_byte delivers.
    uint32_t received_count, received_at;
    uint8_t sent[INGOT_HAL_MOCK_BYTES];  // What ingot_hal_write_byte was given.
    uint32_t sent_count;
} ingot_hal_mock;

extern ingot_hal_mock ingot_mock;

#endif
