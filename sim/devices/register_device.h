// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A device that is a set of registers of 32 bits.

#ifndef INGOT_SIM_REGISTER_DEVICE_H
#define INGOT_SIM_REGISTER_DEVICE_H

#include <cstdint>
#include <string>
#include <vector>

#include "boards/board.h"
#include "sim/core/device.h"

namespace ingot::sim {

// A write to one register, of which fewer than 32 bits may be written.
struct RegisterWrite {
    uint32_t offset = 0;
    uint32_t value = 0;  // 0 where nothing is written.
    uint32_t mask = 0;

    uint32_t over(uint32_t old) const { return (old & ~mask) | value; }
};

class RegisterDevice : public Device {
public:
    explicit RegisterDevice(const BoardDevice &device) : device_(device) {}

    std::string name() const override { return device_.name; }
    std::vector<DeviceRange> ranges() const override;
    Result<uint32_t> read(uint32_t address, uint32_t bytes, Time now) final;
    Result<void> write(uint32_t address, uint32_t bytes, uint32_t value, Time now) final;

protected:
    virtual Result<uint32_t> load(uint32_t offset, Time now) = 0;
    virtual Result<void> store(const RegisterWrite &write, Time now) = 0;

    const BoardDevice &description() const { return device_; }

private:
    BoardDevice device_;
};

}  // namespace ingot::sim

#endif
