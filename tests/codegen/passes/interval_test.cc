// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Arithmetic on intervals, and that the kernels' scaling keeps order.

#include "codegen/passes/interval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <vector>

#include "ingot/quant.h"

namespace ingot::codegen {

void PrintTo(const Interval &interval, std::ostream *out) {
    *out << interval.low << ".." << interval.high;
}

namespace {

ingot_factor random_factor(std::mt19937 &random, int shift) {
    const auto multiplier = static_cast<int32_t>((1u << 30) + random() % (1u << 30));
    return {.multiplier = multiplier, .shift = shift};
}

TEST(interval, holds_every_sum_difference_and_product) {
    const Interval a = {-3, 5}, b = {-7, -2};
    EXPECT_EQ(a + b, (Interval{-10, 3}));
    EXPECT_EQ(a - b, (Interval{-1, 12}));
    EXPECT_EQ(a * b, (Interval{-35, 21}));
    EXPECT_EQ(hull(a, b), (Interval{-7, 5}));
}

TEST(interval, clamps_both_ends) {
    EXPECT_EQ(clamp({-300, -200}, {-128, 127}), just(-128));
    EXPECT_EQ(clamp({-300, 5}, {-128, 127}), (Interval{-128, 5}));
}

TEST(interval, is_constant_when_it_holds_one_value) {
    EXPECT_TRUE(just(3).is_constant());
    EXPECT_FALSE((Interval{3, 4}).is_constant());
}

// Values up to `limit`, in order; many are neighbours, since it is at roundings that order breaks.
std::vector<int64_t> ascending_values(std::mt19937 &random, int64_t limit) {
    std::uniform_int_distribution<int64_t> anywhere(-limit, limit);
    std::vector<int64_t> values = {-limit, limit};
    for (int i = 0; i < 20; ++i) values.push_back(anywhere(random));
    const int64_t start = anywhere(random);
    for (int i = 0; i < 100; ++i) values.push_back(std::min(start + i, limit));
    std::ranges::sort(values);
    return values;
}

// On this the whole analysis rests: the ends of an interval tell where all of it goes.
TEST(interval, scaling_never_decreases) {
    std::mt19937 random(1);
    for (int shift = -31; shift <= 30; ++shift) {
        const int64_t limit = kAnyInt32.high >> std::max(shift, 0);
        for (int trial = 0; trial < 80; ++trial) {
            const ingot_factor factor = random_factor(random, shift);
            const auto rounding = trial % 2 ? INGOT_ROUNDING_DOUBLE : INGOT_ROUNDING_SINGLE;
            int32_t last = std::numeric_limits<int32_t>::min();
            for (const int64_t value : ascending_values(random, limit)) {
                const int32_t scaled = ingot_scale(static_cast<int32_t>(value), factor.multiplier,
                                                   factor.shift, rounding);
                ASSERT_GE(scaled, last)
                    << value << " x " << factor.multiplier << " x 2^" << shift - 31;
                last = scaled;
            }
        }
    }
}

TEST(interval, scales_to_the_hull_of_both_roundings) {
    // A half less than nothing: away from zero when rounded twice, upwards when rounded once.
    EXPECT_EQ(scale(just(-2), {.multiplier = 1 << 30, .shift = -1}), (Interval{-1, 0}));
    EXPECT_EQ(scale(just(4), {.multiplier = 1 << 30, .shift = -1}), just(1));
}

TEST(interval, says_nothing_where_a_shift_could_wrap) {
    const ingot_factor doubled = {.multiplier = 1 << 30, .shift = 2};
    EXPECT_EQ(scale({0, (1 << 29) - 1}, doubled), (Interval{0, (1 << 30) - 2}));
    EXPECT_EQ(scale({0, 1 << 29}, doubled), kAnyInt32);
    EXPECT_EQ(scale({-(1 << 29), 0}, doubled), kAnyInt32);
}

}  // namespace
}  // namespace ingot::codegen
