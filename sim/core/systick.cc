// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The counter is not stepped but asked: what it has done since it was last looked at follows from
// the cycles that have passed.

#include "sim/core/systick.h"

namespace ingot::sim {
namespace {

constexpr uint32_t kControl = 0x0, kReload = 0x4, kCurrent = 0x8;
constexpr uint32_t kCountFlag = 1u << 16, kCoreClock = 1u << 2;
constexpr uint32_t kCalibration = 1u << 31;  // No reference clock; no calibration value.

}  // namespace

uint32_t SysTick::read(uint32_t offset, int64_t cycle) {
    catch_up(cycle);
    if (offset == kReload) return reload_;
    if (offset == kCurrent) return static_cast<uint32_t>(value_);
    if (offset != kControl) return kCalibration;
    const uint32_t control = control_ | (flag_ ? kCountFlag : 0);
    flag_ = false;  // Reading clears it.
    return control;
}

void SysTick::write(uint32_t offset, uint32_t value, int64_t cycle) {
    catch_up(cycle);
    if (offset == kControl) control_ = value & (kEnable | kInterrupt | kCoreClock);
    if (offset == kReload) reload_ = value & 0xffffff;
    if (offset != kCurrent) return;
    value_ = 0;  // Whatever was written. That is no count to zero, and interrupts nobody.
    flag_ = false;
}

int64_t SysTick::next_interrupt() const {
    const bool is_stuck = value_ == 0 && reload_ == 0;
    if (!is_on() || !interrupts() || is_stuck) return INT64_MAX;
    return cycle_ + (value_ > 0 ? value_ : int64_t{reload_} + 1);
}

bool SysTick::advance(int64_t cycle) {
    catch_up(cycle);
    const bool raised = raised_;
    raised_ = false;
    return raised;
}

void SysTick::reach_zero() {
    flag_ = true;
    raised_ |= interrupts();
}

// Loading the reload value takes a cycle of its own, so that a period is one cycle longer than it.
void SysTick::catch_up(int64_t cycle) {
    int64_t left = cycle - cycle_;
    if (left <= 0) return;
    cycle_ = cycle;
    if (!is_on()) return;
    if (value_ > 0 && left < value_) {
        value_ -= left;
        return;
    }
    if (value_ > 0) {
        left -= value_;
        value_ = 0;
        reach_zero();
    }
    if (reload_ == 0) return;
    const int64_t period = int64_t{reload_} + 1;
    if (left >= period) reach_zero();
    left %= period;
    value_ = left == 0 ? 0 : period - left;
}

}  // namespace ingot::sim
