// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Offsets: MAX78000_SDK, CMSIS device header lpgcr_regs.h. Gates are assumed to be closed at reset,
// as those of the other devices are.

#include "sim/devices/low_power_clocks.h"

namespace ingot::sim {
namespace {

constexpr uint32_t kReset = 0x08, kGates = 0x0c;
constexpr int64_t kFirstGate = 64;

}  // namespace

LowPowerClocks::LowPowerClocks(const BoardDevice &device, ClockTree &clocks)
    : Storage(device), clocks_(clocks) {
    set_word(kGates, 0xffffffff);
}

// Resets are done as soon as they are asked for.
Result<uint32_t> LowPowerClocks::load(uint32_t offset, Time now) {
    if (offset == kReset) return 0;
    return Storage::load(offset, now);
}

Result<void> LowPowerClocks::store(const RegisterWrite &write, Time now) {
    TRY_DO(Storage::store(write, now));
    if (write.offset == kGates) clocks_.set_gates(kFirstGate, word(kGates));
    return {};
}

}  // namespace ingot::sim
