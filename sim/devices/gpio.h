// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A port of 32 pins: what a program sets them to, and when. Nothing is attached, so that inputs
// read as if they were pulled up.

#ifndef INGOT_SIM_GPIO_H
#define INGOT_SIM_GPIO_H

#include <cstdint>
#include <vector>

#include "sim/devices/storage.h"

namespace ingot::sim {

// The levels of the pins that are outputs, from a moment on.
struct PinChange {
    Time time = 0;
    uint32_t levels = 0;
};

class Gpio : public Storage {
public:
    explicit Gpio(const BoardDevice &device) : Storage(device) {}

    static constexpr size_t kChangesMax = 1 << 16;  // Those after the first so many are not kept.
    const std::vector<PinChange> &changes() const { return changes_; }

protected:
    Result<uint32_t> load(uint32_t offset, Time now) override;
    Result<void> store(const RegisterWrite &write, Time now) override;

private:
    uint32_t levels() const;

    std::vector<PinChange> changes_;
    uint32_t last_levels_ = 0;
};

}  // namespace ingot::sim

#endif
