// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A timer at 30 MHz, half of the core's clock at reset; 32.768 kHz and the other inputs by choice.

#include "sim/devices/timer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/support/device_bench.h"

namespace ingot::sim {
namespace {

using testing::HasSubstr;

constexpr uint32_t kCnt = 0, kCmp = 4, kIntfl = 0xc, kCtrl0 = 0x10, kCtrl1 = 0x18;
constexpr uint32_t kOn = 3u << 14, kOneShot = 0, kContinuous = 1, kCompare = 5;
constexpr uint32_t kWhole = 1u << 31, kInterrupt = 1u << 8;
constexpr int kLine = 5;
constexpr Time kMillisecond = 1'000'000'000;

struct Bench : DeviceBench {
    ClockTree clocks{kOscillators, *this};
    Timer timer{{.name = "timer0", .bytes = 0x100, .interrupt = kLine}, clocks, *this};

    Bench() { clocks.add(timer); }

    void start(uint32_t mode, uint32_t compare, uint32_t configuration = kWhole, Time now = 0) {
        write(timer, kCtrl1, configuration, now);
        write(timer, kCnt, 1, now);
        write(timer, kCmp, compare, now);
        write(timer, kCtrl0, kOn | mode, now);
    }
    uint32_t count(Time now) { return read(timer, kCnt, now); }
    bool has_matched(Time now) { return (read(timer, kIntfl, now) & 1) != 0; }
};

TEST(timer, counts_the_ticks_of_its_clock) {
    Bench bench;
    bench.start(kContinuous, ~0u);
    EXPECT_EQ(bench.count(0), 1u);
    EXPECT_EQ(bench.count(33'333), 1u);
    EXPECT_EQ(bench.count(33'334), 2u);
    EXPECT_EQ(bench.count(kMillisecond), 30'001u);
    EXPECT_EQ(bench.count(1000 * kMillisecond), 30'000'001u) << "without drift";
}

TEST(timer, counts_by_the_input_and_divider_that_are_chosen) {
    const std::pair<uint32_t, int64_t> inputs[] = {
        {0, 30'000'000}, {1, 60'000'000}, {2, 7'372'800}, {3, 32'768}};
    for (const auto &[input, hertz] : inputs) {
        for (const uint32_t divider : {0u, 1u, 7u, 12u}) {
            Bench bench;
            bench.start(kContinuous | divider << 4, ~0u, kWhole | input);
            EXPECT_EQ(bench.count(1000 * kMillisecond), 1 + (hertz >> divider))
                << input << " " << divider;
        }
    }
}

TEST(timer, holds_its_count_while_it_is_off_or_has_no_clock) {
    Bench bench;
    bench.start(kContinuous, ~0u);
    write(bench.timer, kCtrl0, 1u << 14, kMillisecond);
    EXPECT_EQ(bench.count(5 * kMillisecond), 30'001u);
    write(bench.timer, kCtrl0, 1u << 15, 5 * kMillisecond);
    EXPECT_EQ(bench.count(6 * kMillisecond), 30'001u);
    write(bench.timer, kCtrl0, kOn, 6 * kMillisecond);
    EXPECT_EQ(bench.count(7 * kMillisecond), 60'001u);
}

// From 1 to 30 and through it: 30 ticks, a microsecond.
TEST(timer, stops_at_its_value_in_one_shot_mode) {
    Bench bench;
    bench.start(kOneShot, 30, kWhole | kInterrupt);
    EXPECT_EQ(bench.timer.next_event(), kMicrosecond);
    EXPECT_FALSE(bench.has_matched(kMicrosecond - 1));
    EXPECT_FALSE(bench.lines[kLine]);
    EXPECT_TRUE(bench.timer.advance(kMicrosecond));
    EXPECT_TRUE(bench.lines[kLine]);
    EXPECT_TRUE(bench.has_matched(kMicrosecond));
    EXPECT_EQ(bench.count(9 * kMicrosecond), 1u);
    EXPECT_EQ(read(bench.timer, kCtrl0, 9 * kMicrosecond) >> 15, 0u) << "it is off again";
    EXPECT_EQ(bench.timer.next_event(), kNever);
    write(bench.timer, kIntfl, 1, 9 * kMicrosecond);
    EXPECT_FALSE(bench.lines[kLine]) << "the flag that is cleared lets the line go";
}

TEST(timer, begins_again_at_one_in_continuous_mode) {
    Bench bench;
    bench.start(kContinuous, 30, kWhole | kInterrupt);
    for (int round = 1; round <= 1000; ++round) {
        ASSERT_EQ(bench.timer.next_event(), round * kMicrosecond) << "no drift";
        ASSERT_TRUE(bench.timer.advance(round * kMicrosecond));
        ASSERT_TRUE(bench.lines[kLine]);
        EXPECT_EQ(bench.timer.next_event(), kNever) << "the line is up already";
        write(bench.timer, kIntfl, 1, round * kMicrosecond);
    }
    EXPECT_EQ(bench.count(1000 * kMicrosecond + 500 * kNanosecond), 16u);
}

// Looked at once in a while, it counts as if it had been looked at all the time.
TEST(timer, has_a_period_that_does_not_depend_on_who_looks) {
    Bench watched, left;
    watched.start(kContinuous, 7);
    left.start(kContinuous, 7);
    for (Time now = 0; now <= kMillisecond; now += 12'345) watched.count(now);
    EXPECT_EQ(watched.count(kMillisecond), left.count(kMillisecond));
    EXPECT_EQ(left.count(kMillisecond), 1 + 30'000 % 7);
}

TEST(timer, counts_on_in_compare_mode) {
    Bench bench;
    bench.start(kCompare, 30);
    EXPECT_EQ(bench.count(2 * kMicrosecond), 61u);
    EXPECT_TRUE(bench.has_matched(2 * kMicrosecond));
    EXPECT_FALSE(bench.lines[kLine]) << "interrupts are not enabled";
}

TEST(timer, has_16_bits_by_halves) {
    Bench bench;
    bench.start(kCompare, 0xffff, 0);
    EXPECT_EQ(bench.count(2 * kMillisecond), 60'001u);
    EXPECT_EQ(bench.count(3 * kMillisecond), 90'001u - 65'536u);
}

TEST(timer, goes_on_from_its_count_when_the_clock_changes) {
    Bench bench;
    bench.start(kContinuous, 60'000, kWhole | kInterrupt);
    bench.clocks.set_core_hz(100'000'000, kMillisecond);
    EXPECT_EQ(bench.count(kMillisecond), 30'001u);
    EXPECT_EQ(bench.count(kMillisecond + 10 * kMicrosecond), 30'501u);
    // 30 000 ticks are left, of 20 ns.
    EXPECT_EQ(bench.timer.next_event(), kMillisecond + 600 * kMicrosecond);
}

// 2^32 ticks of an eighth of a second are longer than times can be.
TEST(timer, never_comes_to_a_value_beyond_the_end_of_time) {
    Bench bench;
    bench.start(kOneShot | 12 << 4, 0, kWhole | kInterrupt | 3);
    EXPECT_EQ(bench.timer.next_event(), kNever);
}

TEST(timer, says_when_it_is_to_do_what_is_not_simulated) {
    Bench bench;
    EXPECT_THAT(misuse(bench.timer, kCtrl0, kOn | 3), HasSubstr("runs in mode 3"));
    EXPECT_THAT(misuse(bench.timer, kCtrl0, kOn << 16), HasSubstr("its upper half"));
    EXPECT_EQ(misuse(bench.timer, kCtrl0, 3), "") << "it is not on";
}

}  // namespace
}  // namespace ingot::sim
