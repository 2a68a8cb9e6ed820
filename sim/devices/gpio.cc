// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Offsets: msdk, CMSIS device header gpio_regs.h of the MAX78000. Each register of a group of three
// has one that sets bits of it and one that clears them.

#include "sim/devices/gpio.h"

namespace ingot::sim {
namespace {

constexpr uint32_t kOutputs = 0x0c, kLevels = 0x18, kInputs = 0x24;
constexpr uint32_t kFlags = 0x40, kClearFlags = 0x48;

constexpr uint32_t kGroups[] = {0x00, kOutputs, kLevels, 0x34, 0x4c, 0x68, 0x74};

// The register of a group that an offset belongs to, and which of the three it is.
struct Member {
    uint32_t base = 0;
    enum { kWhole, kSet, kClear } kind = kWhole;
};

Member member_of(uint32_t offset) {
    if (offset == kClearFlags) return {kFlags, Member::kClear};
    for (const uint32_t base : kGroups) {
        if (offset == base + 4) return {base, Member::kSet};
        if (offset == base + 8) return {base, Member::kClear};
    }
    return {offset, Member::kWhole};
}

}  // namespace

uint32_t Gpio::levels() const { return word(kLevels) & word(kOutputs); }

Result<uint32_t> Gpio::load(uint32_t offset, Time) {
    if (offset == kInputs) return levels() | ~word(kOutputs);
    return word(member_of(offset).base);
}

Result<void> Gpio::store(const RegisterWrite &write, Time now) {
    const Member member = member_of(write.offset);
    const uint32_t old = word(member.base);
    set_word(member.base, member.kind == Member::kSet     ? old | write.value
                          : member.kind == Member::kClear ? old & ~write.value
                                                          : write.over(old));
    if (levels() == last_levels_) return {};
    last_levels_ = levels();
    if (changes_.size() < kChangesMax) changes_.push_back({now, last_levels_});
    return {};
}

}  // namespace ingot::sim
