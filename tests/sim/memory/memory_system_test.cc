// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The bus: what accesses cost beyond the cycle table, and what is counted of them.

#include "sim/memory/memory_system.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

namespace ingot::sim {
namespace {

constexpr uint32_t kFlash = 0, kRam = 0x1000;

Board board() {
    Board board;
    board.name = "test";
    board.clock_hz = 100'000'000;
    board.memories = {{.name = "flash", .address = kFlash, .bytes = 0x1000, .ports = 2},
                      {.name = "ram", .address = kRam, .bytes = 0x1000, .is_writable = true}};
    return board;
}

struct Bus {
    explicit Bus(Board description, const std::vector<Background> &loads = {})
        : board(std::move(description)) {
        auto made = MemorySystem::make(board, loads);
        EXPECT_TRUE(made) << to_string(made.error());
        memories = std::move(made.value());
    }
    MemorySystem *operator->() { return memories.get(); }

    Board board;
    std::unique_ptr<MemorySystem> memories;
};

Request read(uint32_t address, uint32_t bytes = 4) { return {.address = address, .bytes = bytes}; }
Request write(uint32_t address, uint32_t bytes = 4) {
    return {.address = address, .bytes = bytes, .is_write = true};
}

// A core that issues one instruction at a time, with its program in flash.
bool needs_addresses(Bus &bus) { return bus->needs_addresses({}, {0}); }

MATCHER_P2(Stalls, memory, arbitration, "") {
    *result_listener << "memory " << arg.memory << ", arbitration " << arg.arbitration;
    return arg.memory == memory && arg.arbitration == arbitration;
}

TEST(memory_system, finds_the_memory_that_holds_a_whole_range) {
    Bus bus(board());
    EXPECT_EQ(bus->find(0), 0);
    EXPECT_EQ(bus->find(0xfff), 0);
    EXPECT_EQ(bus->find(0x1000), 1);
    EXPECT_EQ(bus->find(0x2000), -1);
    EXPECT_EQ(bus->find(0xffc, 4), 0);
    EXPECT_EQ(bus->find(0xffd, 4), -1);
    EXPECT_EQ(bus->find(0x1000, 0x1000), 1);
    EXPECT_EQ(bus->find(0x1000, 0xffffffffffffffff), -1);
}

TEST(memory_system, costs_nothing_more_where_memory_answers_at_once) {
    Bus bus(board());
    EXPECT_THAT(bus->data(0, read(kRam)), Stalls(0, 0));
    EXPECT_THAT(bus->data(0, write(kRam + 1)), Stalls(0, 0));
    EXPECT_THAT(bus->fetch(0, read(kFlash, 64)), Stalls(0, 0));
    EXPECT_FALSE(needs_addresses(bus));
}

TEST(memory_system, adds_wait_states_to_each_access) {
    Board waits = board();
    waits.memories[1].read_wait_cycles = 2;
    waits.memories[1].write_wait_cycles = 1;
    Bus bus(waits);
    EXPECT_TRUE(needs_addresses(bus));
    EXPECT_THAT(bus->data(0, read(kRam)), Stalls(2, 0));
    EXPECT_THAT(bus->data(10, write(kRam)), Stalls(1, 0));
    EXPECT_THAT(bus->data(20, read(kFlash)), Stalls(0, 0));
}

TEST(memory_system, takes_two_beats_for_a_word_in_a_narrow_memory) {
    Board narrow = board();
    narrow.memories[1].width_bytes = 2;
    Bus bus(narrow);
    EXPECT_TRUE(needs_addresses(bus));
    EXPECT_THAT(bus->data(0, read(kRam, 4)), Stalls(1, 0));
    EXPECT_THAT(bus->data(10, read(kRam, 2)), Stalls(0, 0));
    EXPECT_THAT(bus->data(20, read(kRam + 1, 1)), Stalls(0, 0));
    EXPECT_THAT(bus->data(30, read(kRam + 1, 4)), Stalls(2, 0));
}

// Bytes of devices are those of the stretch in which they were asked for.
TEST(memory_system, records_devices_beside_memories) {
    Bus bus(board());
    bus->add_devices({"timer", "port"});
    bus->record_device(1, write(0x40000000, 4));
    bus->record_device(1, read(0x40000000, 2));
    bus->finish(0, 100);
    const std::vector<Stream> streams = bus->streams(100);
    ASSERT_EQ(streams.size(), 1u);
    EXPECT_EQ(streams[0].master, "core.data");
    EXPECT_EQ(streams[0].memory, "port");
    EXPECT_EQ(streams[0].traffic.bytes_read, 2);
    EXPECT_EQ(streams[0].traffic.bytes_written, 4);
    EXPECT_THAT(streams[0].window_bytes, testing::ElementsAre(6));
    bus->restart(100);
    EXPECT_TRUE(bus->streams(0).empty());
}

TEST(memory_system, reads_past_a_cache_that_is_off_and_finds_it_empty_when_it_is_on_again) {
    Board slow = board();
    slow.memories[0].read_wait_cycles = 3;
    slow.caches = {{.name = "icc",
                    .memory = slow.memories[0].name,
                    .serves = "both",
                    .bytes = 64,
                    .line_bytes = 4,
                    .ways = 1}};
    Bus bus(slow);
    EXPECT_THAT(bus->data(0, read(kFlash)), Stalls(3, 0));
    EXPECT_THAT(bus->data(10, read(kFlash)), Stalls(0, 0));
    bus->switch_cache("icc", false);
    EXPECT_THAT(bus->data(20, read(kFlash)), Stalls(3, 0));
    EXPECT_THAT(bus->data(30, read(kFlash)), Stalls(3, 0));
    bus->switch_cache("icc", true);
    EXPECT_THAT(bus->data(40, read(kFlash)), Stalls(3, 0));
    EXPECT_THAT(bus->data(50, read(kFlash)), Stalls(0, 0));
}

TEST(memory_system, fetches_each_word_of_slow_flash_once) {
    Board slow = board();
    slow.memories[0].read_wait_cycles = 3;
    slow.memories[0].width_bytes = 8;
    Bus bus(slow);
    EXPECT_THAT(bus->fetch(0, read(0x10, 16)), Stalls(6, 0));  // Two lines of eight bytes.
    EXPECT_THAT(bus->fetch(50, read(0x18, 4)), Stalls(0, 0));  // The last one is still there.
    EXPECT_THAT(bus->fetch(99, read(0x10, 4)), Stalls(3, 0));
}

TEST(memory_system, does_not_call_its_own_accesses_arbitration) {
    Board slow = board();
    slow.memories[0] = {.name = "flash", .address = 0, .bytes = 0x1000, .read_wait_cycles = 2};
    Bus bus(slow);
    int64_t cycle = 0, arbitration = 0;
    for (uint32_t i = 0; i < 100; ++i) {
        const Stall fetch = bus->fetch(cycle, read(i * 16 % 0x800, 16));
        const Stall data = bus->data(cycle + fetch.cycles(), read(0x800 + i * 4));
        arbitration += fetch.arbitration + data.arbitration;
        const int64_t stretch = 20 + fetch.cycles() + data.cycles();
        arbitration += bus->finish(cycle, stretch).arbitration;
        cycle += stretch;
    }
    EXPECT_EQ(arbitration, 0);
}

TEST(memory_system, counts_a_shared_port_that_is_too_busy_as_arbitration) {
    Board shared = board();
    shared.memories[0].ports = 1;
    Bus bus(shared);
    EXPECT_TRUE(needs_addresses(bus));  // Code and constants may meet there.
    bus->fetch(0, read(0, 16));         // Four beats, and four more.
    for (uint32_t i = 0; i < 4; ++i) bus->data(i, read(0x100 + 4 * i));
    const Excess excess = bus->finish(0, 6);
    EXPECT_EQ(excess.arbitration, 2);
    EXPECT_EQ(excess.fetch + excess.data, 0);
    bus->fetch(8, read(0, 16));
    EXPECT_EQ(bus->finish(8, 4).cycles(), 0) << "the beats before are settled";
}

TEST(memory_system, counts_a_port_too_narrow_for_its_instructions_as_fetch) {
    Board narrow = board();
    narrow.memories[0].width_bytes = 2;
    Bus bus(narrow);
    bus->fetch(0, read(0, 16));  // Eight beats for four instructions of four bytes.
    const Excess excess = bus->finish(0, 4);
    EXPECT_EQ(excess.fetch, 4);
    EXPECT_EQ(excess.data + excess.arbitration, 0);
}

TEST(memory_system, delays_the_core_by_a_background_load_and_says_so) {
    // A burst of 32 B - eight cycles - each 320 ns, which are 32 cycles.
    const std::vector<Background> loads = {
        {.memory = "ram", .bytes_per_second = 100'000'000, .burst_bytes = 32}};
    Bus bus(board(), loads);
    EXPECT_TRUE(needs_addresses(bus));
    EXPECT_THAT(bus->data(0, read(kRam)), Stalls(0, 8));
    EXPECT_THAT(bus->data(20, read(kRam)), Stalls(0, 0));
    EXPECT_THAT(bus->data(33, write(kRam)), Stalls(0, 7));
    EXPECT_THAT(bus->data(64, read(kFlash)), Stalls(0, 0)) << "another memory";
}

TEST(memory_system, counts_the_background_even_where_the_core_is_not) {
    Bus bus(board(), {{.memory = "ram", .bytes_per_second = 100'000'000, .burst_bytes = 32}});
    bus->advance(3199);  // 100 bursts, at cycles 0, 32, ... 3168.
    const std::vector<Stream> streams = bus->streams(3200);
    ASSERT_EQ(streams.size(), 1u);
    EXPECT_EQ(streams[0].master, "background");
    EXPECT_EQ(streams[0].memory, "ram");
    EXPECT_EQ(streams[0].traffic.bytes_read, 3200);
}

// Bursts then follow each other, and the core gets in between.
TEST(memory_system, shares_with_a_background_load_that_wants_everything) {
    Bus bus(board(), {{.memory = "ram", .bytes_per_second = INT64_MAX, .burst_bytes = 32}});
    int64_t cycle = 0;
    for (int i = 0; i < 1000; ++i) cycle += 1 + bus->data(cycle, read(kRam)).cycles();
    EXPECT_GE(cycle, 9 * 999);
    EXPECT_LE(cycle, 9 * 1001);
}

TEST(memory_system, refuses_a_background_load_that_is_none) {
    const Board description = board();
    const auto unknown =
        MemorySystem::make(description, {{.memory = "sdram", .bytes_per_second = 1}});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, Code::kSimulationOption);
    EXPECT_EQ(unknown.error().where, "sdram");
    for (const Background &load : {Background{.memory = "ram", .bytes_per_second = 0},
                                   Background{.memory = "ram", .bytes_per_second = -1},
                                   Background{"ram", 1000, 0}, Background{"ram", 1000, 1 << 24}}) {
        const auto refused = MemorySystem::make(description, {load});
        ASSERT_FALSE(refused) << load.bytes_per_second << " " << load.burst_bytes;
        EXPECT_EQ(refused.error().code, Code::kSimulationOption);
    }
}

Cache cache(const std::string &serves) {
    return {.name = "cache",
            .memory = "flash",
            .serves = serves,
            .bytes = 256,
            .line_bytes = 16,
            .ways = 2};
}

Board cached(const std::string &serves) {
    Board description = board();
    description.memories[0].read_wait_cycles = 4;
    description.caches = {cache(serves)};
    return description;
}

TEST(memory_system, pays_for_a_line_once_and_not_for_hits) {
    Bus bus(cached("data"));
    // Four beats of five cycles, one of which the cycle table includes.
    EXPECT_THAT(bus->data(0, read(0x104)), Stalls(19, 0));
    EXPECT_THAT(bus->data(50, read(0x108)), Stalls(0, 0));
    EXPECT_THAT(bus->data(60, read(0x110)), Stalls(19, 0));
    EXPECT_THAT(bus->data(90, read(0x11e, 4)), Stalls(19, 0)) << "crosses into the next line";
}

TEST(memory_system, sends_writes_through) {
    Board writable = cached("data");
    writable.memories[0].is_writable = true;
    writable.memories[0].write_wait_cycles = 2;
    Bus bus(writable);
    EXPECT_THAT(bus->data(0, write(0x100)), Stalls(2, 0));
    EXPECT_THAT(bus->data(50, read(0x100)), Stalls(19, 0)) << "a write brings nothing in";
    EXPECT_THAT(bus->data(90, write(0x100)), Stalls(2, 0));
}

TEST(memory_system, caches_for_whom_it_is_told_to) {
    for (const std::string serves : {"instructions", "data", "both"}) {
        Bus bus(cached(serves));
        bus->fetch(0, read(0x200, 16));
        bus->fetch(100, read(0x310, 16));
        bus->data(200, read(0x420));
        const bool fetch_hits = bus->fetch(300, read(0x200, 16)).cycles() == 0;
        const bool data_hits = bus->data(400, read(0x424)).cycles() == 0;
        EXPECT_EQ(fetch_hits, serves != "data") << serves;
        EXPECT_EQ(data_hits, serves != "instructions") << serves;
    }
}

TEST(memory_system, counts_only_bytes_that_reach_the_memory_behind_a_cache) {
    Bus bus(cached("both"));
    for (int round = 0; round < 10; ++round) bus->data(round * 30, read(0x100));
    EXPECT_EQ(bus->core_traffic()[0].bytes_read, 16) << "one line";
}

TEST(memory_system, counts_each_master_by_itself) {
    Bus bus(board());
    bus->fetch(0, read(kFlash, 20));
    bus->data(0, read(kFlash + 0x100));
    bus->data(1, write(kRam, 2));
    bus->finish(0, 10);
    EXPECT_EQ(bus->core_traffic()[0].bytes_read, 24);
    EXPECT_EQ(bus->core_traffic()[1].bytes_written, 2);
    const std::vector<Stream> streams = bus->streams(10);
    ASSERT_EQ(streams.size(), 3u);
    EXPECT_EQ(streams[0].master, "core.fetch");
    EXPECT_EQ(streams[0].traffic.bytes_read, 20);
    EXPECT_EQ(streams[1].master, "core.data");
    EXPECT_EQ(streams[1].traffic.bytes_read, 4);
    EXPECT_EQ(streams[2].traffic.bytes_written, 2);
    for (const Stream &stream : streams) {
        const auto &windows = stream.window_bytes;
        EXPECT_EQ(std::accumulate(windows.begin(), windows.end(), int64_t{0}),
                  stream.traffic.bytes());
    }
}

TEST(memory_system, watches_a_range_to_its_last_byte) {
    Bus bus(board());
    bus->watch({.address = kRam + 8, .bytes = 8});
    bus->data(0, read(kRam + 7, 1));
    bus->data(1, read(kRam + 8, 4));
    bus->data(2, write(kRam + 15, 1));
    bus->data(3, write(kRam + 16, 4));
    bus->fetch(4, read(kRam + 8, 4));
    EXPECT_EQ(bus->watches()[0].traffic.bytes_read, 4);
    EXPECT_EQ(bus->watches()[0].traffic.bytes_written, 1);
}

TEST(memory_system, forgets_at_a_restart) {
    Bus bus(board());
    bus->watch({.address = kRam, .bytes = 8});
    bus->data(0, write(kRam));
    bus->finish(0, 1000);
    bus->restart(1000);
    EXPECT_TRUE(bus->streams(0).empty());
    EXPECT_EQ(bus->core_traffic()[1].bytes(), 0);
    EXPECT_EQ(bus->watches()[0].traffic.bytes(), 0);
    bus->data(1000, write(kRam));
    bus->finish(1000, 10);
    EXPECT_THAT(bus->streams(10).at(0).window_bytes, testing::ElementsAre(4));
}

}  // namespace
}  // namespace ingot::sim
