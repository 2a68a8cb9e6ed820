// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A device whose clock can be switched off. Off, it answers nobody: what hardware does then is not
// documented, so that a program which asks has made a mistake.

#ifndef INGOT_SIM_GATED_DEVICE_H
#define INGOT_SIM_GATED_DEVICE_H

#include <memory>
#include <string>
#include <vector>

#include "sim/devices/clock_tree.h"

namespace ingot::sim {

class GatedDevice : public Device {
public:
    // `clocks` is kept by the caller.
    GatedDevice(std::unique_ptr<Device> device, const ClockTree &clocks, int64_t gate)
        : device_(std::move(device)), clocks_(clocks), gate_(gate) {}

    Device &inside() const { return *device_; }

    std::string name() const override { return device_->name(); }
    std::vector<DeviceRange> ranges() const override { return device_->ranges(); }
    Result<uint32_t> read(uint32_t address, uint32_t bytes, Time now) override;
    Result<void> write(uint32_t address, uint32_t bytes, uint32_t value, Time now) override;
    Time next_event() const override { return device_->next_event(); }
    Result<void> advance(Time now) override { return device_->advance(now); }

private:
    Result<void> require_clock() const;

    std::unique_ptr<Device> device_;
    const ClockTree &clocks_;
    int64_t gate_;
};

}  // namespace ingot::sim

#endif
