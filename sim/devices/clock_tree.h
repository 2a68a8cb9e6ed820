// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The clocks of a part: what each runs at, which are off, and who has to know when one changes.

#ifndef INGOT_SIM_CLOCK_TREE_H
#define INGOT_SIM_CLOCK_TREE_H

#include <bitset>
#include <cstdint>
#include <vector>

#include "boards/board.h"
#include "sim/core/device_bus.h"

namespace ingot::sim {

// Counts by a clock of the tree.
class ClockUser {
public:
    virtual ~ClockUser() = default;

    // The clocks are about to change: counts what has passed at the old ones.
    virtual void count_until(Time now) = 0;
};

// Runs at a clock of its own, which a program chooses.
class ClockedDevice {
public:
    virtual ~ClockedDevice() = default;
    virtual void set_clock_hz(int64_t hertz) = 0;
};

// The inputs that timers and serial ports choose from, by the number in their registers.
// Source: MAX78000 User Guide, chapters Timers and UART, tables of instances.
enum class ClockInput : uint8_t { kPeripheral, kSecondary, kBaudRate, kRealTime };

class ClockTree {
public:
    ClockTree(const Oscillators &oscillators, CoreClockControl &core);

    const Oscillators &oscillators() const { return oscillators_; }
    int64_t core_hz() const { return core_hz_; }
    int64_t hertz(ClockInput input) const;  // 0: it does not run.

    void set_core_hz(int64_t hertz, Time now);
    void set_array_hz(int64_t hertz);  // 0: what it is taken from does not run.

    // Clocks of devices by number, 32 of each register that switches them; all are off at reset.
    void set_gates(int64_t first, uint32_t off);
    bool is_gated(int64_t gate) const { return off_[static_cast<size_t>(gate)]; }
    bool is_off(int64_t gate) const {
        return is_gated(gate) || (gate == kArrayGate && array_hz_ == 0);
    }

    static constexpr int64_t kArrayGate = 25;  // CMSIS device headers gcr_regs.h: PCLKDIS0_CNN

    // Kept by the caller.
    void add(ClockUser &user) { users_.push_back(&user); }
    void add_array(ClockedDevice &array);

private:
    Oscillators oscillators_;
    CoreClockControl &core_;
    int64_t core_hz_ = 0;
    int64_t array_hz_ = 0;
    std::bitset<96> off_;
    std::vector<ClockUser *> users_;
    ClockedDevice *array_ = nullptr;
};

}  // namespace ingot::sim

#endif
