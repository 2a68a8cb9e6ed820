// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One memory: beats, wait states, banks, and who waits for whom at its ports.

#include "sim/memory/memory.h"

#include <gtest/gtest.h>

namespace ingot::sim {
namespace {

const ClockDomain kClock(1'000'000'000);  // A cycle is 1000 ps.

int64_t cycles(Time time) { return time / 1000; }

Request read(uint32_t address, uint32_t bytes) { return {.address = address, .bytes = bytes}; }
Request write(uint32_t address, uint32_t bytes) {
    return {.address = address, .bytes = bytes, .is_write = true};
}

TEST(memory, takes_a_beat_for_each_width_that_a_request_touches) {
    const Memory two{.name = "memory", .width_bytes = 2}, four{.name = "memory", .width_bytes = 4},
        eight{.name = "memory", .width_bytes = 8};
    const struct {
        const Memory &memory;
        uint32_t address, bytes;
        int64_t beats;
    } cases[] = {{four, 0x100, 4, 1},  {four, 0x101, 1, 1},  {four, 0x102, 4, 2},
                 {four, 0x100, 16, 4}, {two, 0x100, 4, 2},   {two, 0x101, 4, 3},
                 {two, 0x101, 1, 1},   {eight, 0x104, 4, 1}, {eight, 0x104, 8, 2},
                 {eight, 0x100, 1, 1}};
    for (const auto &c : cases) {
        const MemoryTiming timing(c.memory, kClock);
        EXPECT_EQ(timing.beats(read(c.address, c.bytes)), c.beats)
            << c.bytes << " B at " << c.address << ", width " << c.memory.width_bytes;
    }
}

TEST(memory, ends_one_cycle_and_its_wait_states_later) {
    const Memory memory{
        .name = "memory", .width_bytes = 4, .read_wait_cycles = 2, .write_wait_cycles = 5};
    MemoryTiming timing(memory, kClock);
    EXPECT_EQ(cycles(timing.serve(10'000, Lane::kData, read(0, 4)).end), 13);
    EXPECT_EQ(cycles(timing.serve(20'000, Lane::kData, write(0, 4)).end), 26);
    EXPECT_EQ(cycles(timing.serve(30'000, Lane::kData, read(0, 8)).end), 36);
}

TEST(memory, begins_at_an_edge_of_its_clock) {
    const Memory memory{.name = "memory", .width_bytes = 4};
    MemoryTiming timing(memory, kClock);
    const Service service = timing.serve(10'001, Lane::kData, read(0, 4));
    EXPECT_EQ(service.begin, 11'000);
    EXPECT_EQ(service.end, 12'000);
}

TEST(memory, lets_the_next_request_in_the_moment_its_bank_is_free) {
    const Memory memory{.name = "memory", .width_bytes = 4, .read_wait_cycles = 3};
    MemoryTiming timing(memory, kClock);
    timing.serve(0, Lane::kData, read(0, 4));
    const Service waits = timing.serve(3'000, Lane::kData, read(0, 4));
    EXPECT_EQ(cycles(waits.begin), 4);
    const Service comes_later = timing.serve(8'000, Lane::kData, read(0, 4));
    EXPECT_EQ(cycles(comes_later.begin), 8);
}

TEST(memory, serves_other_banks_meanwhile) {
    const Memory memory{.name = "memory", .width_bytes = 4, .read_wait_cycles = 3, .banks = 2};
    MemoryTiming timing(memory, kClock);
    timing.serve(0, Lane::kData, read(0, 4));
    EXPECT_EQ(cycles(timing.serve(1'000, Lane::kData, read(4, 4)).begin), 1);
    EXPECT_EQ(cycles(timing.serve(2'000, Lane::kData, read(8, 4)).begin), 4);  // Bank 0 again.
}

// Which lanes wait for a background transfer that began first, and for how long.
TEST(memory, shares_its_ports_as_their_number_says) {
    const struct {
        int64_t ports;
        bool fetch_waits, data_waits;
    } cases[] = {{1, true, true}, {2, false, true}, {3, false, false}};
    for (const auto &c : cases) {
        const Memory memory{.name = "memory", .width_bytes = 4, .ports = c.ports};
        MemoryTiming timing(memory, kClock);
        timing.serve(0, Lane::kBackground, read(0, 32));  // Eight beats.
        const Service fetch = timing.serve(0, Lane::kFetch, read(0, 4));
        const Service data = timing.serve(0, Lane::kData, read(0, 4));
        EXPECT_EQ(cycles(fetch.begin), c.fetch_waits ? 8 : 0) << c.ports << " ports";
        EXPECT_EQ(cycles(data.begin), c.data_waits ? 8 : 0) << c.ports << " ports";
        EXPECT_EQ(fetch.ready, 0);
        EXPECT_EQ(data.ready, 0);
    }
}

TEST(memory, makes_the_background_wait_for_the_core) {
    const Memory memory{.name = "memory", .width_bytes = 4, .read_wait_cycles = 9};
    MemoryTiming timing(memory, kClock);
    timing.serve(0, Lane::kData, read(0, 4));
    EXPECT_EQ(cycles(timing.serve(1'000, Lane::kBackground, read(0, 4)).begin), 10);
}

TEST(memory, tells_waiting_for_itself_from_waiting_for_others) {
    const Memory memory{.name = "memory", .width_bytes = 4, .read_wait_cycles = 3};
    MemoryTiming timing(memory, kClock);
    timing.serve(0, Lane::kData, read(0, 4));        // To cycle 4.
    timing.serve(0, Lane::kBackground, read(0, 4));  // To cycle 8.
    const Service service = timing.serve(2'000, Lane::kData, read(0, 4));
    EXPECT_EQ(cycles(service.ready), 4);
    EXPECT_EQ(cycles(service.begin), 8);
}

}  // namespace
}  // namespace ingot::sim
