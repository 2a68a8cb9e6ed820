// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// HAL port for tests: a small memory for a device, and a record of every access in order.

#include "hal_mock.h"

#include "ingot/hal.h"

ingot_hal_mock ingot_mock;

namespace {

uint32_t *word(uint32_t address) {
    const uint32_t index = (address / 4) % INGOT_HAL_MOCK_WORDS;
    return &ingot_mock.words[index];
}

void record(uint32_t address, uint32_t value, bool is_write) {
    if (ingot_mock.access_count == INGOT_HAL_MOCK_ACCESSES) return;
    ingot_mock.accesses[ingot_mock.access_count++] = {address, value, is_write};
}

}  // namespace

uint32_t ingot_hal_read(uint32_t address) {
    record(address, *word(address), false);
    return *word(address);
}

void ingot_hal_write(uint32_t address, uint32_t value) {
    record(address, value, true);
    *word(address) = value;
}

void ingot_hal_wait(void) { ++ingot_mock.waits; }

int32_t ingot_hal_read_byte(void) {
    if (ingot_mock.received_at == ingot_mock.received_count) return -1;
    return ingot_mock.received[ingot_mock.received_at++];
}

void ingot_hal_write_byte(uint8_t byte) {
    if (ingot_mock.sent_count < INGOT_HAL_MOCK_BYTES)
        ingot_mock.sent[ingot_mock.sent_count++] = byte;
}
