// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// An invented device at 0x50000000 that remembers what it was told, drives one interrupt line, and
// has an alarm.

#ifndef INGOT_TESTS_SIM_SUPPORT_TEST_DEVICE_H
#define INGOT_TESTS_SIM_SUPPORT_TEST_DEVICE_H

#include <memory>
#include <string>
#include <vector>

#include "sim/core/device_bus.h"

namespace ingot::sim {

struct Told {
    DeviceAccess access;
    Time now = 0;
};

class TestDevice : public Device {
public:
    static constexpr uint32_t kAddress = 0x50000000, kBytes = 0x20;
    static constexpr int kLine = 5;

    // Offsets. An alarm is a number of nanoseconds from its write on; a clock is kilohertz.
    enum Register : uint32_t {
        kData = 0,
        kState = 4,
        kAlarm = 8,
        kTaboo = 12,
        kTrap = 16,
        kClock = 20
    };

    TestDevice(const DeviceParts &parts, std::vector<Told> &log, DeviceRange range)
        : parts_(parts), log_(log), range_(range) {}

    std::string name() const override { return "test"; }
    std::vector<DeviceRange> ranges() const override { return {range_}; }
    Time next_event() const override { return event_; }

    Result<uint32_t> read(uint32_t address, uint32_t bytes, Time now) override {
        log_.push_back({{.address = address, .bytes = bytes}, now});
        return address == kAddress + kState ? uint32_t{is_high_} : 0x89abcdef;
    }

    Result<void> write(uint32_t address, uint32_t bytes, uint32_t value, Time now) override {
        log_.push_back({{address, bytes, true, value}, now});
        switch (address - kAddress) {
            case kState:
                if (bytes == 4) drive(value != 0);
                return {};
            case kTaboo:
                return fail(Code::kDeviceMisused, "register 3", "nobody writes here", "do not");
            case kClock:
                parts_.clock.set_core_hertz(int64_t{value} * 1000);
                return {};
            case kAlarm:
            case kTrap:
                is_trap_ = address == kAddress + kTrap;
                event_ = now + Time{value} * 1000;
                return {};
            default:
                return {};
        }
    }

    Result<void> advance(Time now) override {
        if (event_ > now) return {};
        event_ = kNever;
        if (is_trap_) return fail(Code::kDeviceMisused, "", "the alarm was one too many");
        drive(true);
        return {};
    }

private:
    void drive(bool is_high) {
        is_high_ = is_high;
        parts_.lines.set(kLine, is_high);
    }

    DeviceParts parts_;
    std::vector<Told> &log_;
    DeviceRange range_;
    Time event_ = kNever;
    bool is_trap_ = false;
    bool is_high_ = false;
};

// Makes one. `log` is kept by the caller.
inline DeviceMaker one_device(std::vector<Told> &log,
                              DeviceRange range = {.address = TestDevice::kAddress,
                                                   .bytes = TestDevice::kBytes}) {
    return [&log, range](const Board &, const DeviceParts &parts) -> Result<Devices> {
        Devices devices;
        devices.push_back(std::make_unique<TestDevice>(parts, log, range));
        return devices;
    };
}

}  // namespace ingot::sim

#endif
