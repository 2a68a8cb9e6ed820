// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Offsets: MAX78000_SDK, CMSIS device header gcfr_regs.h.

#include "sim/devices/array_power.h"

namespace ingot::sim {
namespace {

constexpr uint32_t kSupply = 0x0, kReset = 0xc;

}  // namespace

uint32_t ArrayPower::quadrants() const { return word(kSupply) & ~word(kReset); }

}  // namespace ingot::sim
