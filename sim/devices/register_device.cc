// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Takes accesses of one, two and four bytes apart into registers.

#include "sim/devices/register_device.h"

namespace ingot::sim {

std::vector<DeviceRange> RegisterDevice::ranges() const {
    return {{.address = device_.address, .bytes = device_.bytes}};
}

Result<uint32_t> RegisterDevice::read(uint32_t address, uint32_t bytes, Time now) {
    const uint32_t offset = address - device_.address;
    TRY(const uint32_t word, load(offset & ~3u, now));
    const uint32_t value = word >> 8 * (offset & 3);
    return bytes == 4 ? value : value & ((1u << 8 * bytes) - 1);
}

Result<void> RegisterDevice::write(uint32_t address, uint32_t bytes, uint32_t value, Time now) {
    const uint32_t offset = address - device_.address;
    const uint32_t shift = 8 * (offset & 3);
    const uint32_t mask = bytes == 4 ? ~0u : ((1u << 8 * bytes) - 1) << shift;
    return store({.offset = offset & ~3u, .value = value << shift & mask, .mask = mask}, now);
}

}  // namespace ingot::sim
