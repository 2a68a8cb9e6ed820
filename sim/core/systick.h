// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The timer that every Cortex-M has: 24 bits that count down to zero and begin again.
// Source: Armv7-M Architecture Reference Manual (DDI 0403E), section B3.3.

#ifndef INGOT_SIM_SYSTICK_H
#define INGOT_SIM_SYSTICK_H

#include <cstdint>

namespace ingot::sim {

// Counts in cycles of the core, whichever clock the program chooses. Cycles that are told never go
// back; when they do, no time has passed.
class SysTick {
public:
    // Registers by their offset: 0 control and status, 4 reload, 8 current, 12 calibration.
    uint32_t read(uint32_t offset, int64_t cycle);
    void write(uint32_t offset, uint32_t value, int64_t cycle);

    // The next cycle at which the counter comes to zero and interrupts; INT64_MAX: none.
    int64_t next_interrupt() const;

    // Whether it has interrupted since the last call.
    bool advance(int64_t cycle);

private:
    bool is_on() const { return (control_ & kEnable) != 0; }
    bool interrupts() const { return (control_ & kInterrupt) != 0; }
    void catch_up(int64_t cycle);
    void reach_zero();

    static constexpr uint32_t kEnable = 1, kInterrupt = 2;

    uint32_t control_ = 0, reload_ = 0;
    int64_t value_ = 0;    // At cycle_.
    int64_t cycle_ = 0;    // As far as it has counted.
    bool flag_ = false;    // COUNTFLAG
    bool raised_ = false;  // An interrupt that advance() has not told of yet.
};

}  // namespace ingot::sim

#endif
