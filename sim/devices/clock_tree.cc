// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The core's clock is the system clock; devices on the peripheral bus have half of it.
// Source: MAX78000 User Guide, section System Clock (PCLK = SYS_CLK / 2).

#include "sim/devices/clock_tree.h"

namespace ingot::sim {

ClockTree::ClockTree(const Oscillators &oscillators, CoreClockControl &core)
    : oscillators_(oscillators), core_(core) {
    off_.set();
    set_core_hz(oscillators.secondary_hz, 0);
}

int64_t ClockTree::hertz(ClockInput input) const {
    switch (input) {
        case ClockInput::kSecondary:
            return oscillators_.secondary_hz;
        case ClockInput::kBaudRate:
            return oscillators_.baud_rate_hz;
        case ClockInput::kRealTime:
            return oscillators_.real_time_hz;
        default:
            return core_hz_ / 2;
    }
}

void ClockTree::set_core_hz(int64_t hertz, Time now) {
    if (hertz == core_hz_) return;
    for (ClockUser *user : users_) user->count_until(now);
    core_hz_ = hertz;
    core_.set_core_hertz(hertz);
}

void ClockTree::set_array_hz(int64_t hertz) {
    if (hertz == array_hz_) return;
    array_hz_ = hertz;
    if (array_ && hertz > 0) array_->set_clock_hz(hertz);
}

void ClockTree::add_array(ClockedDevice &array) {
    array_ = &array;
    if (array_hz_ > 0) array_->set_clock_hz(array_hz_);
}

void ClockTree::set_gates(int64_t first, uint32_t off) {
    for (size_t i = 0; i < 32; ++i) off_.set(static_cast<size_t>(first) + i, (off >> i & 1) != 0);
}

}  // namespace ingot::sim
