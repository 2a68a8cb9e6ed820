// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What follows from a record.

#include "sim/report/report.h"

#include <gtest/gtest.h>

#include "tests/sim/report/sample.h"

namespace ingot::sim {
namespace {

LayerReport layer_of(const Cycles &cycles) {
    LayerReport layer;
    layer.cycles = cycles;
    return layer;
}

TEST(report, names_every_part_of_the_cycles_once) {
    Cycles cycles;
    for (const CyclePart &part : kCycleParts) cycles.*part.count += 1;
    EXPECT_EQ(cycles.compute, 1);
    EXPECT_EQ(cycles.fetch, 1);
    EXPECT_EQ(cycles.data, 1);
    EXPECT_EQ(cycles.arbitration, 1);
    EXPECT_EQ(cycles.sleep, 1);
    EXPECT_EQ(cycles.total(), std::ssize(kCycleParts));
}

TEST(report, binds_a_layer_by_its_largest_part) {
    EXPECT_EQ(layer_of({.compute = 3}).bound(), "compute");
    EXPECT_EQ(layer_of({.compute = 1, .fetch = 2}).bound(), "fetch");
    EXPECT_EQ(layer_of({.fetch = 1, .data = 2}).bound(), "data");
    EXPECT_EQ(layer_of({.data = 1, .arbitration = 2}).bound(), "arbitration");
}

TEST(report, binds_a_layer_by_the_earlier_of_equal_parts_and_never_by_sleep) {
    EXPECT_EQ(layer_of({.compute = 2, .data = 2}).bound(), "compute");
    EXPECT_EQ(layer_of({.data = 1, .sleep = 9}).bound(), "data");
    EXPECT_EQ(layer_of({}).bound(), "compute");
}

TEST(report, finds_a_run_asleep) {
    EXPECT_EQ(largest_part({.compute = 1, .sleep = 2}).name, "sleep");
}

TEST(report, sums_a_layers_bytes_over_memories_and_directions) {
    LayerReport layer;
    layer.traffic = {{1, 20}, {300, 4000}};
    EXPECT_EQ(layer.bytes(), 4321);
    EXPECT_EQ(LayerReport{}.bytes(), 0);
}

TEST(report, converts_cycles_by_the_clock_of_the_core) {
    const Report report = test::network_run();
    EXPECT_DOUBLE_EQ(report.seconds(), 400e-6);
    EXPECT_DOUBLE_EQ(report.seconds(25), 1e-6);
    EXPECT_EQ(test::without_clock(report).seconds(), 0);
    EXPECT_FALSE(test::without_clock(report).knows_clock());
}

TEST(report, finds_what_the_layers_leave) {
    const LayerReport outside = test::network_run().outside();
    EXPECT_EQ(outside.cycles.compute, 300);
    EXPECT_EQ(outside.cycles.fetch, 10);
    EXPECT_EQ(outside.cycles.data, 30);
    EXPECT_EQ(outside.cycles.arbitration, 60);
    EXPECT_EQ(outside.instructions, 220);
    EXPECT_EQ(outside.macs, 0);
    ASSERT_EQ(outside.traffic.size(), 2u);
    EXPECT_EQ(outside.traffic[0].bytes_read, 2'500);
    EXPECT_EQ(outside.traffic[1].bytes_read, 600);
    EXPECT_EQ(outside.traffic[1].bytes_written, 200);
    EXPECT_DOUBLE_EQ(outside.energy_j.value(), 5e-7);
}

TEST(report, leaves_the_energy_outside_unknown_when_the_runs_is) {
    EXPECT_FALSE(test::without_energy(test::network_run()).outside().energy_j);
}

TEST(report, counts_the_numbers_that_are_assumed) {
    EXPECT_EQ(test::network_run().number_count(), 5);
    EXPECT_EQ(test::network_run().assumed_count(), 2);
    EXPECT_EQ(Report{}.assumed_count(), 0);
}

}  // namespace
}  // namespace ingot::sim
