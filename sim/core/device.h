// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What lies on the bus of a board besides memories: timers, serial ports, accelerators.

#ifndef INGOT_SIM_DEVICE_H
#define INGOT_SIM_DEVICE_H

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/engine/engine.h"

namespace ingot::sim {

// Lines from devices to the core's interrupt controller, by the controller's numbers. A line that
// stays high interrupts again when its handler returns.
class InterruptLines {
public:
    virtual ~InterruptLines() = default;
    virtual void set(int number, bool is_high) = 0;
};

// Addresses that a device answers, and what an access costs the core beyond the cycle that its
// cycle table includes.
struct DeviceRange {
    uint32_t address = 0;
    uint32_t bytes = 0;
    Time read_time = 0;
    Time write_time = 0;
};

// Told of time only by accesses and advance(), in order; `now` never goes back. What a program does
// wrong with a device is a diagnosis that ends the run.
class Device {
public:
    virtual ~Device() = default;

    virtual std::string name() const = 0;  // As in reports: "cnn_array", "timer0".
    virtual std::vector<DeviceRange> ranges() const = 0;

    // `bytes` is 1, 2 or 4; `address` is a multiple of it, and lies in one of ranges().
    virtual Result<uint32_t> read(uint32_t address, uint32_t bytes, Time now) = 0;
    virtual Result<void> write(uint32_t address, uint32_t bytes, uint32_t value, Time now) = 0;

    // When it will next do something by itself, such as interrupt; kNever: not before the next
    // access.
    virtual Time next_event() const { return kNever; }

    // Does what is due up to and including `now`.
    virtual Result<void> advance(Time now) {
        (void)now;
        return {};
    }
};

}  // namespace ingot::sim

#endif
