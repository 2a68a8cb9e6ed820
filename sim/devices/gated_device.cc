// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Stands in front of a device.

#include "sim/devices/gated_device.h"

#include <fmt/format.h>

namespace ingot::sim {

Result<void> GatedDevice::require_clock() const {
    if (!clocks_.is_off(gate_)) return {};
    if (!clocks_.is_gated(gate_)) {
        return fail(Code::kDeviceMisused, name(),
                    "its clock is off: what it is taken from does not run");
    }
    constexpr const char *kRegisters[] = {"PCLKDIS0", "PCLKDIS1", "LPGCR PCLKDIS"};
    return fail(Code::kDeviceMisused, name(),
                fmt::format("its clock is off (bit {} of {})", gate_ % 32, kRegisters[gate_ / 32]),
                "switch it on before the first access");
}

Result<uint32_t> GatedDevice::read(uint32_t address, uint32_t bytes, Time now) {
    TRY_DO(require_clock());
    return device_->read(address, bytes, now);
}

Result<void> GatedDevice::write(uint32_t address, uint32_t bytes, uint32_t value, Time now) {
    TRY_DO(require_clock());
    return device_->write(address, bytes, value, now);
}

}  // namespace ingot::sim
