// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Clock port for Armv7-M and Armv8-M Mainline cores: the cycle counter of the DWT unit.
// Addresses and bits: Armv7-M Architecture Reference Manual, C1.6.5 (DEMCR) and C1.8 (DWT).

#include "ingot/clock.h"

namespace {

volatile uint32_t &reg(uintptr_t address) {
    return *reinterpret_cast<volatile uint32_t *>(address);
}

constexpr uintptr_t kDemcr = 0xe000edfc;
constexpr uint32_t kDemcrTraceEnable = 1u << 24;
constexpr uintptr_t kDwtControl = 0xe0001000;
constexpr uint32_t kDwtControlCycleCount = 1u << 0;
constexpr uintptr_t kDwtCycleCount = 0xe0001004;

}  // namespace

void ingot_clock_start(void) {
    reg(kDemcr) = reg(kDemcr) | kDemcrTraceEnable;
    reg(kDwtCycleCount) = 0;
    reg(kDwtControl) = reg(kDwtControl) | kDwtControlCycleCount;
}

uint32_t ingot_clock_ticks(void) { return reg(kDwtCycleCount); }
