// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Registers that remember what is written to them, and do nothing: of devices that a program sets
// up and that have no part in what is simulated.

#ifndef INGOT_SIM_STORAGE_H
#define INGOT_SIM_STORAGE_H

#include <cstdint>
#include <vector>

#include "sim/devices/register_device.h"

namespace ingot::sim {

class Storage : public RegisterDevice {
public:
    explicit Storage(const BoardDevice &device)
        : RegisterDevice(device), words_(device.bytes / 4) {}

protected:
    Result<uint32_t> load(uint32_t offset, Time) override { return words_[offset / 4]; }
    Result<void> store(const RegisterWrite &write, Time) override {
        uint32_t &word = words_[write.offset / 4];
        word = write.over(word);
        return {};
    }

    // By the register's offset, whether the device is described as that large or not.
    uint32_t word(uint32_t offset) const {
        return offset / 4 < words_.size() ? words_[offset / 4] : 0;
    }
    void set_word(uint32_t offset, uint32_t value) {
        if (offset / 4 < words_.size()) words_[offset / 4] = value;
    }

private:
    std::vector<uint32_t> words_;
};

}  // namespace ingot::sim

#endif
