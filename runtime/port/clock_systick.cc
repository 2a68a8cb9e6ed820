// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Clock port for Arm Cortex-M without a cycle counter, such as Cortex-M0+: the 24-bit SysTick
// timer, extended to 32 bits by an interrupt each time it wraps. The vector table names
// ingot_on_systick.
// Addresses and bits: Armv6-M Architecture Reference Manual, B3.3.

#include "ingot/clock.h"

namespace {

volatile uint32_t &reg(uintptr_t address) {
    return *reinterpret_cast<volatile uint32_t *>(address);
}

constexpr uintptr_t kControl = 0xe000e010;  // SYST_CSR
constexpr uint32_t kEnable = 1u << 0;
constexpr uint32_t kInterrupt = 1u << 1;
constexpr uint32_t kCoreClock = 1u << 2;
constexpr uintptr_t kReload = 0xe000e014;   // SYST_RVR
constexpr uintptr_t kCurrent = 0xe000e018;  // SYST_CVR, counts down
constexpr uint32_t kMask = 0x00ffffff;

volatile uint32_t wraps;

}  // namespace

extern "C" void ingot_on_systick(void);

void ingot_on_systick(void) { wraps = wraps + 1; }

void ingot_clock_start(void) {
    reg(kControl) = 0;
    reg(kReload) = kMask;
    reg(kCurrent) = 0;  // Any write clears it; counting begins with a reload.
    wraps = 0;
    reg(kControl) = kEnable | kInterrupt | kCoreClock;
}

// The interrupt comes as the counter reaches 0, which is thus the first tick of a period.
uint32_t ingot_clock_ticks(void) {
    for (;;) {
        const uint32_t before = wraps;
        const uint32_t elapsed = (0u - reg(kCurrent)) & kMask;
        if (wraps == before) return (before << 24) + elapsed;
    }
}
