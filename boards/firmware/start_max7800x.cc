// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Start-up for MAX78000 and MAX78002: a Cortex-M that comes out of reset at 60 MHz, by its
// secondary oscillator, and with its cache off. It goes on at the rate of the primary one.
// Registers: MAX78000_SDK, CMSIS device headers gcr_regs.h and icc_regs.h; the steps: MAX78000
// User Guide, sections Oscillator Sources and Enabling the Internal Cache Controllers.

#include <stdint.h>

namespace {

constexpr uintptr_t kClockControl = 0x40000008;  // GCR_CLKCTRL
constexpr uint32_t kPrimaryEnable = 1u << 19, kPrimaryReady = 1u << 27;
constexpr uint32_t kSelect = 7u << 9, kSelectPrimary = 4u << 9, kSystemReady = 1u << 13;

constexpr uintptr_t kCacheControl = 0x4002a100;  // ICC0_CTRL
constexpr uintptr_t kCacheInvalidate = 0x4002a700;
constexpr uint32_t kCacheEnable = 1, kCacheReady = 1u << 16;

void wait_for(uintptr_t address, uint32_t bits) {
    while ((*reinterpret_cast<volatile uint32_t *>(address) & bits) == 0) {
    }
}

void prepare_part() {
    auto &clock = *reinterpret_cast<volatile uint32_t *>(kClockControl);
    clock = clock | kPrimaryEnable;
    wait_for(kClockControl, kPrimaryReady);
    clock = (clock & ~kSelect) | kSelectPrimary;
    wait_for(kClockControl, kSystemReady);

    *reinterpret_cast<volatile uint32_t *>(kCacheInvalidate) = 1;
    wait_for(kCacheControl, kCacheReady);
    *reinterpret_cast<volatile uint32_t *>(kCacheControl) = kCacheEnable;
    wait_for(kCacheControl, kCacheReady);
}

}  // namespace

#define INGOT_PREPARE_PART() prepare_part()
#include "start_cortex_m.cc"
