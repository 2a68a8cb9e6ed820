// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A timer of 32 bits that counts up to a value (the vendor's TMR).

#ifndef INGOT_SIM_TIMER_H
#define INGOT_SIM_TIMER_H

#include <cstdint>

#include "sim/devices/clock_tree.h"
#include "sim/devices/storage.h"

namespace ingot::sim {

// Is not stepped but asked: what it has done since it was last looked at follows from the time that
// has passed. Modes: one-shot, continuous and compare; its two halves are one timer, or the upper
// one is unused.
class Timer : public Storage, public ClockUser {
public:
    // `clocks` and `lines` are kept by the caller, who adds the timer to the clocks' users.
    Timer(const BoardDevice &device, const ClockTree &clocks, InterruptLines &lines);

    Time next_event() const override;
    Result<void> advance(Time now) override;
    void count_until(Time now) override;

protected:
    Result<uint32_t> load(uint32_t offset, Time now) override;
    Result<void> store(const RegisterWrite &write, Time now) override;

private:
    bool is_running() const;
    bool is_32_bits() const;
    int64_t range() const { return is_32_bits() ? int64_t{1} << 32 : int64_t{1} << 16; }
    int64_t ticks(Time now) const;
    int64_t ticks_to_match() const;
    uint32_t count(Time now) const;
    void match();
    void catch_up(Time now);
    void begin_at(Time now, uint32_t count);
    Result<void> check_mode() const;
    void drive_line();

    const ClockTree &clocks_;
    InterruptLines &lines_;
    Time base_time_ = 0;       // Ticks are counted from here on...
    int64_t base_ticks_ = 0;   // ...and after so many...
    uint32_t base_count_ = 0;  // ...the counter had this value.
    bool has_matched_ = false;
    bool is_line_high_ = false;
};

}  // namespace ingot::sim

#endif
