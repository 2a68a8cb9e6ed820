// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The global control registers of a MAX7800x (the vendor's GCR): which oscillator the core runs at,
// dividers, gates of the clocks of devices.

#ifndef INGOT_SIM_CLOCK_CONTROL_H
#define INGOT_SIM_CLOCK_CONTROL_H

#include <cstdint>

#include "sim/devices/clock_tree.h"
#include "sim/devices/storage.h"

namespace ingot::sim {

// Oscillators are ready as soon as they are enabled. Resets of devices are done as soon as they are
// asked for, and change nothing.
class ClockControl : public Storage {
public:
    ClockControl(const BoardDevice &device, const Oscillators &oscillators, CoreClockControl &core);

    // For the devices that count by its clocks, which do not outlive it.
    ClockTree &clocks() { return clocks_; }

protected:
    Result<uint32_t> load(uint32_t offset, Time now) override;
    Result<void> store(const RegisterWrite &write, Time now) override;

private:
    Result<void> select_core_clock(Time now);
    void select_array_clock();

    ClockTree clocks_;
};

}  // namespace ingot::sim

#endif
