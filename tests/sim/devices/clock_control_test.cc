// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The clocks of a MAX7800x, as its registers choose them.

#include "sim/devices/clock_control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/devices/gated_device.h"
#include "sim/devices/low_power_clocks.h"
#include "tests/sim/support/device_bench.h"

namespace ingot::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr uint32_t kClkctrl = 0x08, kPll = 0x10, kPclkdiv = 0x18, kPclkdis0 = 0x24;
constexpr uint32_t kPrimaryOn = 1u << 19, kSelectPrimary = 4u << 9, kSelectMask = 7u << 9;

struct Clocks : DeviceBench {
    ClockControl control{{.name = "clocks", .bytes = 0x400}, kOscillators, *this};

    void select(uint32_t source, uint32_t divider = 0, Time now = 0) {
        const uint32_t rest = read(control, kClkctrl) & ~(kSelectMask | 7u << 6);
        write(control, kClkctrl, rest | source << 9 | divider << 6, now);
    }
};

struct Array : ClockedDevice {
    void set_clock_hz(int64_t hertz) override { clocks.push_back(hertz); }
    std::vector<int64_t> clocks;
};

TEST(clock_control, begins_with_the_secondary_oscillator) {
    Clocks bench;
    EXPECT_THAT(bench.core_hz, ElementsAre(60'000'000));
    EXPECT_EQ(bench.control.clocks().hertz(ClockInput::kPeripheral), 30'000'000);
    EXPECT_EQ(read(bench.control, kClkctrl) & kSelectMask, 0u);
}

TEST(clock_control, says_that_an_oscillator_is_ready_once_it_is_enabled) {
    Clocks bench;
    const uint32_t before = read(bench.control, kClkctrl);
    EXPECT_EQ(before >> 27 & 1, 0u) << "the primary one is off at reset";
    EXPECT_EQ(before >> 26 & 1, 1u) << "the secondary one is on";
    EXPECT_EQ(before >> 29 & 1, 1u) << "the nano-ring one always";
    write(bench.control, kClkctrl, before | kPrimaryOn);
    EXPECT_EQ(read(bench.control, kClkctrl) >> 27 & 1, 1u);
    EXPECT_EQ(read(bench.control, kClkctrl) >> 13 & 1, 1u) << "and the switch is done";
}

TEST(clock_control, runs_the_core_by_the_oscillator_and_divider_that_are_selected) {
    Clocks bench;
    write(bench.control, kClkctrl, read(bench.control, kClkctrl) | kPrimaryOn | 1u << 17);
    bench.select(4);
    bench.select(4, 3);
    bench.select(5);
    bench.select(3);
    bench.select(6, 7);
    EXPECT_THAT(bench.core_hz,
                ElementsAre(60'000'000, 100'000'000, 12'500'000, 7'372'800, 30'000, 256));
}

TEST(clock_control, does_not_run_the_core_by_what_is_off_or_missing) {
    Clocks bench;
    const uint32_t now = read(bench.control, kClkctrl);
    EXPECT_THAT(misuse(bench.control, kClkctrl, now | kSelectPrimary),
                HasSubstr("an oscillator that is not enabled"));
    EXPECT_THAT(misuse(bench.control, kClkctrl, now | 2u << 9),
                HasSubstr("selects clock 2 for the core, which the board does not have"));
}

// What a program writes before it loads the accelerator: half of the core's clock, undivided.
TEST(clock_control, tells_the_accelerator_its_clock) {
    Clocks bench;
    Array array;
    bench.control.clocks().add_array(array);
    write(bench.control, kClkctrl, read(bench.control, kClkctrl) | kPrimaryOn);
    bench.select(4);
    write(bench.control, kPclkdiv, 4u << 14);
    write(bench.control, kPclkdiv, 4u << 14);
    write(bench.control, kPclkdiv, 1u << 17 | 1u << 14);
    EXPECT_THAT(array.clocks, ElementsAre(15'000'000, 25'000'000, 50'000'000, 15'000'000));
}

TEST(clock_control, gives_the_accelerator_the_pll_when_that_is_on) {
    Clocks bench;
    Array array;
    bench.control.clocks().add_array(array);
    EXPECT_EQ(read(bench.control, kPll) & 2, 0u);
    write(bench.control, kPclkdis0, ~(1u << ClockTree::kArrayGate));
    GatedDevice device(std::make_unique<Storage>(BoardDevice{.name = "array", .bytes = 8}),
                       bench.control.clocks(), ClockTree::kArrayGate);
    write(device, 0, 1);
    write(bench.control, kPclkdiv, 3u << 17 | 4u << 14);
    EXPECT_THAT(misuse(device, 0, 1), HasSubstr("what it is taken from does not run"));
    write(bench.control, kPll, 1);
    write(device, 0, 1);
    EXPECT_EQ(read(bench.control, kPll) & 2, 2u) << "ready";
    EXPECT_THAT(array.clocks, ElementsAre(15'000'000, 200'000'000));
}

TEST(clock_control, does_resets_at_once) {
    Clocks bench;
    write(bench.control, 0x04, 1u << 5);
    EXPECT_EQ(read(bench.control, 0x04), 0u);
}

// -- Gates ---------------------------------------------------------------------------------------

TEST(gated_device, answers_while_its_clock_is_on) {
    Clocks bench;
    GatedDevice device(std::make_unique<Storage>(BoardDevice{.name = "timer0", .bytes = 8}),
                       bench.control.clocks(), 15);
    EXPECT_THAT(misuse(device, 0, 1), HasSubstr("its clock is off (bit 15 of PCLKDIS0)"));
    EXPECT_EQ(device.read(0, 4, 0).error().code, Code::kDeviceMisused);
    write(bench.control, kPclkdis0, ~(1u << 15));
    write(device, 0, 7);
    EXPECT_EQ(read(device, 0), 7u);
    write(bench.control, kPclkdis0, ~0u);
    EXPECT_FALSE(device.read(0, 4, 0));
}

TEST(gated_device, has_its_gate_where_its_number_says) {
    Clocks bench;
    LowPowerClocks low({.name = "low", .bytes = 0x400}, bench.control.clocks());
    EXPECT_TRUE(bench.control.clocks().is_off(64));
    write(low, 0x0c, ~1u);
    EXPECT_FALSE(bench.control.clocks().is_off(64));
    EXPECT_TRUE(bench.control.clocks().is_off(65));
    write(bench.control, 0x48, ~2u);
    EXPECT_FALSE(bench.control.clocks().is_off(33));
}

}  // namespace
}  // namespace ingot::sim
