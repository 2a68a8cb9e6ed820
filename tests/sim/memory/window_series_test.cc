// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Windows hold every byte once, wherever their borders are.

#include "sim/memory/window_series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <random>

namespace ingot::sim {
namespace {

using testing::ElementsAre;
constexpr int64_t kLength = WindowSeries::kFirstLength;

int64_t sum(const std::vector<int64_t> &windows) {
    return std::accumulate(windows.begin(), windows.end(), int64_t{0});
}

TEST(window_series, puts_bytes_where_they_moved) {
    WindowSeries series(2);
    series.add(0, 0, 10, 40);
    series.add(0, 2 * kLength, 1, 4);
    series.add(1, kLength - 1, 1, 8);
    EXPECT_THAT(series.windows(0, 3 * kLength), ElementsAre(40, 0, 4));
    EXPECT_THAT(series.windows(1, 3 * kLength), ElementsAre(8, 0, 0));
}

TEST(window_series, spreads_bytes_evenly_over_the_windows_they_cross) {
    WindowSeries series(1);
    series.add(0, kLength / 2, 2 * kLength, 1000);
    EXPECT_THAT(series.windows(0, 3 * kLength), ElementsAre(250, 500, 250));
}

TEST(window_series, rounds_without_losing_a_byte) {
    WindowSeries series(1);
    series.add(0, kLength - 1, kLength + 2, 7);
    EXPECT_EQ(sum(series.windows(0, 3 * kLength)), 7);
}

TEST(window_series, counts_what_takes_no_time) {
    WindowSeries series(1);
    series.add(0, kLength, 0, 3);
    EXPECT_THAT(series.windows(0, 2 * kLength), ElementsAre(0, 3));
}

TEST(window_series, merges_neighbours_when_it_is_full) {
    WindowSeries series(1);
    series.add(0, 0, 1, 1);
    series.add(0, kLength, 1, 2);
    series.add(0, 2 * kLength, 1, 4);
    const int64_t end = WindowSeries::kWindowsMax * kLength;
    series.add(0, end - 1, 1, 8);
    EXPECT_EQ(series.length(), kLength);
    series.add(0, end, 1, 16);
    EXPECT_EQ(series.length(), 2 * kLength);
    const std::vector<int64_t> windows = series.windows(0, end + 1);
    EXPECT_EQ(windows[0], 3);
    EXPECT_EQ(windows[1], 4);
    EXPECT_EQ(windows[WindowSeries::kWindowsMax / 2 - 1], 8);
    EXPECT_EQ(windows.back(), 16);
}

TEST(window_series, never_has_more_windows_than_its_bound) {
    WindowSeries series(1);
    for (int64_t cycle = 0; cycle < 5'000'000; cycle += 777) series.add(0, cycle, 777, 1);
    EXPECT_LE(series.windows(0, 5'000'000).size(), size_t{WindowSeries::kWindowsMax});
}

TEST(window_series, holds_every_byte_at_any_length) {
    std::mt19937_64 random(2);
    WindowSeries series(1);
    int64_t cycle = 0, bytes = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto cycles = static_cast<int64_t>(random() % 2000);
        const auto moved = static_cast<int64_t>(random() % 500);
        series.add(0, cycle, cycles, moved);
        cycle += cycles;
        bytes += moved;
        if (i % 100 == 0) {
            ASSERT_EQ(sum(series.windows(0, cycle)), bytes) << i;
        }
    }
}

// A transfer that was under way when the run ended belongs to its last window.
TEST(window_series, keeps_what_moves_past_the_end_of_the_run) {
    WindowSeries series(1);
    series.add(0, kLength - 10, 20, 100);
    EXPECT_THAT(series.windows(0, kLength), ElementsAre(100));
    EXPECT_THAT(series.windows(0, kLength + 5), ElementsAre(50, 50));
}

TEST(window_series, forgets_when_it_is_cleared) {
    WindowSeries series(1);
    series.add(0, WindowSeries::kWindowsMax * kLength, 1, 16);
    series.clear();
    EXPECT_EQ(series.length(), kLength);
    EXPECT_EQ(sum(series.windows(0, kLength)), 0);
}

}  // namespace
}  // namespace ingot::sim
