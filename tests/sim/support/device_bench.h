// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What devices act upon, remembered; and accesses to one device, without a bus.

#ifndef INGOT_TESTS_SIM_SUPPORT_DEVICE_BENCH_H
#define INGOT_TESTS_SIM_SUPPORT_DEVICE_BENCH_H

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sim/devices/clock_tree.h"

namespace ingot::sim {

constexpr Time kNanosecond = 1000, kMicrosecond = 1'000'000;

// The oscillators of a MAX78000, and a PLL.
constexpr Oscillators kOscillators = {.primary_hz = 100'000'000,
                                      .secondary_hz = 60'000'000,
                                      .nano_ring_hz = 30'000,
                                      .baud_rate_hz = 7'372'800,
                                      .real_time_hz = 32'768,
                                      .pll_hz = 200'000'000};

class DeviceBench : public InterruptLines, public CoreClockControl, public CacheControl {
public:
    void set(int number, bool is_high) override { lines[number] = is_high; }
    void set_core_hertz(int64_t hertz) override { core_hz.push_back(hertz); }
    void switch_cache(const std::string &name, bool is_on) override {
        caches.push_back(name + (is_on ? " on" : " off"));
    }

    DeviceParts parts() {
        return {.lines = *this, .console = console, .clock = *this, .caches = *this};
    }

    std::map<int, bool> lines;
    std::vector<int64_t> core_hz;
    std::vector<std::string> caches;
    Console console;
};

inline uint32_t read(Device &device, uint32_t address, Time now = 0) {
    const Result<uint32_t> value = device.read(address, 4, now);
    EXPECT_TRUE(value) << to_string(value.error());
    return value.value_or(0);
}

inline void write(Device &device, uint32_t address, uint32_t value, Time now = 0) {
    const Result<void> done = device.write(address, 4, value, now);
    EXPECT_TRUE(done) << to_string(done.error());
}

// What is said of a write; empty: nothing.
inline std::string misuse(Device &device, uint32_t address, uint32_t value, Time now = 0) {
    const Result<void> done = device.write(address, 4, value, now);
    if (done) return {};
    EXPECT_EQ(done.error().code, Code::kDeviceMisused);
    return done.error().what;
}

}  // namespace ingot::sim

#endif
