// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Gates of the clocks of the devices that run in low-power modes (the vendor's LPGCR).

#ifndef INGOT_SIM_LOW_POWER_CLOCKS_H
#define INGOT_SIM_LOW_POWER_CLOCKS_H

#include "sim/devices/clock_tree.h"
#include "sim/devices/storage.h"

namespace ingot::sim {

class LowPowerClocks : public Storage {
public:
    // `clocks` is kept by the caller.
    LowPowerClocks(const BoardDevice &device, ClockTree &clocks);

protected:
    Result<uint32_t> load(uint32_t offset, Time now) override;
    Result<void> store(const RegisterWrite &write, Time now) override;

private:
    ClockTree &clocks_;
};

}  // namespace ingot::sim

#endif
