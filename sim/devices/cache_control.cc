// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Offsets and bits: MAX78000_SDK, CMSIS device header icc_regs.h. Reset and what the registers do:
// MAX78000 User Guide, section Unified Internal Cache Controllers. Emptying it takes no time here.

#include "sim/devices/cache_control.h"

namespace ingot::sim {
namespace {

constexpr uint32_t kControl = 0x100, kInvalidate = 0x700;
constexpr uint32_t kEnable = 1, kReady = 1u << 16;

}  // namespace

CacheSwitch::CacheSwitch(const BoardDevice &device, CacheControl &caches)
    : Storage(device), caches_(caches) {
    caches_.switch_cache(device.cache, false);
}

Result<uint32_t> CacheSwitch::load(uint32_t offset, Time now) {
    if (offset == kControl) return word(kControl) | kReady;
    return Storage::load(offset, now);
}

Result<void> CacheSwitch::store(const RegisterWrite &write, Time now) {
    const uint32_t before = word(kControl);
    TRY_DO(Storage::store(write, now));
    const bool is_switched = ((before ^ word(kControl)) & kEnable) != 0;
    if (is_switched || write.offset == kInvalidate) {
        caches_.switch_cache(description().cache, (word(kControl) & kEnable) != 0);
    }
    return {};
}

}  // namespace ingot::sim
