// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Five banks of one bit per interrupt - set and clear enable, set and clear pending, active - and
// one of a byte each, the priority.

#include "sim/core/nvic.h"

#include <algorithm>

namespace ingot::sim {
namespace {

constexpr uint32_t kPriorities = 0x300;
constexpr uint32_t kBankBytes = 0x80;
enum Bank : uint32_t { kSetEnable, kClearEnable, kSetPending, kClearPending, kActive };

// The first interrupt of a register.
uint32_t first_of(uint32_t offset) { return kFirstInterrupt + offset % kBankBytes / 4 * 32; }

}  // namespace

uint32_t Nvic::read(uint32_t offset) const {
    if (offset >= kPriorities) return read_priorities(kFirstInterrupt + offset - kPriorities);
    const uint32_t bank = offset / kBankBytes;
    const auto &bits = bank < kSetPending ? enabled_ : bank < kActive ? pending_ : active_;
    const uint32_t first = first_of(offset);
    uint32_t value = 0;
    for (uint32_t i = 0; i < 32 && first + i < kExceptions; ++i) {
        value |= (bits[first + i] ? 1u : 0u) << i;
    }
    return value;
}

void Nvic::write(uint32_t offset, uint32_t bytes, uint32_t value) {
    if (offset >= kPriorities) {
        write_priorities(kFirstInterrupt + offset - kPriorities, bytes, value);
        return;
    }
    const uint32_t bank = offset / kBankBytes;
    if (bank >= kActive) return;
    auto &bits = bank < kSetPending ? enabled_ : pending_;
    const bool sets = bank == kSetEnable || bank == kSetPending;
    const uint32_t first = first_of(offset);
    for (uint32_t i = 0; i < 32 && first + i < kExceptions; ++i) {
        if ((value >> i & 1) == 0) continue;
        const bool is_held = bank == kClearPending && lines_[first + i] && !active_[first + i];
        if (!is_held) bits.set(first + i, sets);
    }
}

uint32_t Nvic::read_priorities(uint32_t first) const {
    uint32_t value = 0;
    for (uint32_t i = 0; i < 4 && first + i < kExceptions; ++i) {
        value |= uint32_t{priority_[first + i]} << 8 * i;
    }
    return value;
}

void Nvic::write_priorities(uint32_t first, uint32_t bytes, uint32_t value) {
    for (uint32_t i = 0; i < bytes && first + i < kExceptions; ++i) {
        priority_[first + i] = static_cast<uint8_t>(value >> 8 * i);
    }
}

void Nvic::set_line(uint32_t exception, bool is_high) {
    if (is_high && !lines_[exception]) pending_.set(exception);
    lines_.set(exception, is_high);
}

void Nvic::end(uint32_t exception) {
    active_.reset(exception);
    if (lines_[exception]) pending_.set(exception);
}

void Nvic::begin(uint32_t exception) {
    pending_.reset(exception);
    active_.set(exception);
}

uint32_t Nvic::most_urgent() const {
    uint32_t best = kExceptions;
    if (pending_.none()) return best;
    int best_priority = kLowest;
    for (uint32_t i = kPendSv; i < kExceptions; ++i) {
        const bool is_due = pending_[i] && (i < kFirstInterrupt || enabled_[i]);
        if (!is_due || priority_[i] >= best_priority) continue;
        best = i;
        best_priority = priority_[i];
    }
    return best;
}

int Nvic::running_priority() const {
    int running = kLowest;
    if (active_.none()) return running;
    for (uint32_t i = 0; i < kExceptions; ++i) {
        if (active_[i]) running = std::min(running, group_priority(i));
    }
    return running;
}

}  // namespace ingot::sim
