// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Devices that are little more than registers.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/devices/array_power.h"
#include "sim/devices/cache_control.h"
#include "sim/devices/gpio.h"
#include "tests/sim/support/device_bench.h"

namespace ingot::sim {
namespace {

using testing::ElementsAre;

TEST(gpio, sets_and_clears_bits_of_its_registers) {
    Gpio port({.name = "gpio0", .bytes = 0x100});
    for (const uint32_t base : {0x00u, 0x0cu, 0x18u, 0x34u, 0x4cu, 0x68u, 0x74u}) {
        write(port, base, 0xf0);
        write(port, base + 4, 0x0f);
        EXPECT_EQ(read(port, base), 0xffu);
        write(port, base + 8, 0x81);
        EXPECT_EQ(read(port, base), 0x7eu);
        EXPECT_EQ(read(port, base + 4), 0x7eu);
    }
}

TEST(gpio, remembers_when_an_output_changed) {
    Gpio port({.name = "gpio0", .bytes = 0x100});
    write(port, 0x1c, 4, 10);  // Not an output yet.
    EXPECT_TRUE(port.changes().empty());
    write(port, 0x10, 4, 20);
    write(port, 0x1c, 4, 30);  // High already.
    write(port, 0x20, 4, 40);
    ASSERT_EQ(port.changes().size(), 2u);
    EXPECT_EQ(port.changes()[0].time, 20);
    EXPECT_EQ(port.changes()[0].levels, 4u);
    EXPECT_EQ(port.changes()[1].time, 40);
    EXPECT_EQ(port.changes()[1].levels, 0u);
}

TEST(gpio, keeps_no_more_changes_than_its_limit) {
    Gpio port({.name = "gpio0", .bytes = 0x100});
    write(port, 0x0c, 1);
    for (uint32_t i = 1; i <= Gpio::kChangesMax + 10; ++i) write(port, 0x18, i & 1, i);
    EXPECT_EQ(port.changes().size(), Gpio::kChangesMax);
}

TEST(gpio, reads_its_outputs_and_nothing_that_pulls_an_input_down) {
    Gpio port({.name = "gpio0", .bytes = 0x100});
    write(port, 0x0c, 3);
    write(port, 0x18, 1);
    EXPECT_EQ(read(port, 0x24), ~2u);
}

TEST(cache_control, switches_and_empties_the_cache) {
    DeviceBench bench;
    CacheSwitch device({.name = "cache", .bytes = 0x800, .cache = "icc0"}, bench);
    EXPECT_EQ(read(device, 0x100), 1u << 16) << "off, and ready";
    write(device, 0x700, 1);
    write(device, 0x100, 1);
    write(device, 0x100, 1);
    write(device, 0x700, 1);
    write(device, 0x100, 0);
    EXPECT_THAT(bench.caches,
                ElementsAre("icc0 off", "icc0 off", "icc0 on", "icc0 on", "icc0 off"));
}

TEST(array_power, is_on_in_the_quadrants_that_are_supplied_and_not_reset) {
    ArrayPower power({.name = "power", .bytes = 0x400});
    EXPECT_EQ(power.quadrants(), 0u);
    write(power, 0xc, 0xf);
    write(power, 0x4, 0xf);
    write(power, 0x0, 0x7);
    EXPECT_EQ(power.quadrants(), 0u);
    write(power, 0xc, 0x1);
    EXPECT_EQ(power.quadrants(), 0x6u);
    EXPECT_EQ(read(power, 0x4), 0xfu);
}

TEST(storage, remembers_bytes_and_halfwords_in_their_places) {
    Storage storage({.name = "storage", .address = 0x40000400, .bytes = 16});
    write(storage, 0x40000404, 0x11223344);
    EXPECT_TRUE(storage.write(0x40000405, 1, 0xaa, 0));
    EXPECT_TRUE(storage.write(0x40000406, 2, 0xbbcc, 0));
    EXPECT_EQ(read(storage, 0x40000404), 0xbbccaa44u);
    EXPECT_EQ(storage.read(0x40000405, 1, 0).value(), 0xaau);
    EXPECT_EQ(storage.read(0x40000406, 2, 0).value(), 0xbbccu);
    EXPECT_EQ(read(storage, 0x40000400), 0u);
}

}  // namespace
}  // namespace ingot::sim
