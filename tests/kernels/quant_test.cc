// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The shared fixed-point arithmetic against divisions in wider types and in real numbers.

#include "ingot/quant.h"

#include <cmath>

#include "ingot/fixed_point.h"
#include "tests/kernels/reference.h"

namespace ingot::test {
namespace {

constexpr int32_t kMin = std::numeric_limits<int32_t>::min();
constexpr int32_t kMax = std::numeric_limits<int32_t>::max();

TEST(quant, multiply_high_rounds_to_nearest_with_ties_upward) {
    Random random(1);
    for (int i = 0; i < 20000; ++i) {
        const int32_t a = random.in(kMin, kMax), b = random.in(kMin + 1, kMax);
        const int64_t product = int64_t{a} * b;
        EXPECT_EQ(floor_divide(product + (1 << 30), int64_t{1} << 31), ingot_multiply_high(a, b));
    }
}

TEST(quant, multiply_high_saturates_in_its_one_overflow) {
    EXPECT_EQ(kMax, ingot_multiply_high(kMin, kMin));
    EXPECT_EQ(-kMax, ingot_multiply_high(kMin, kMax));
}

TEST(quant, shift_right_rounds_ties_away_from_zero) {
    Random random(2);
    for (int32_t shift = 0; shift <= 31; ++shift) {
        for (int i = 0; i < 500; ++i) {
            const int32_t value = i < 100 ? i - 50 : random.in(kMin, kMax);
            const int64_t unit = int64_t{1} << shift;
            const int64_t magnitude = (std::abs(int64_t{value}) + unit / 2) / unit;
            EXPECT_EQ(value < 0 ? -magnitude : magnitude, ingot_shift_right_rounding(value, shift))
                << value << " >> " << shift;
        }
    }
}

TEST(quant, shift_left_wraps) {
    EXPECT_EQ(kMin, ingot_shift_left(1, 31));
    EXPECT_EQ(-2, ingot_shift_left(kMax, 1));
}

TEST(quant, scale_matches_divisions_in_64_bits) {
    Random random(3);
    for (int i = 0; i < 50000; ++i) {
        const ingot_factor factor = random.factor(-31, 5);
        const int32_t value = random.in(-(1 << 25), 1 << 25);
        for (const ingot_rounding rounding : {INGOT_ROUNDING_DOUBLE, INGOT_ROUNDING_SINGLE}) {
            EXPECT_EQ(naive_scale(value, factor, rounding),
                      ingot_scale(value, factor.multiplier, factor.shift, rounding))
                << value << " x " << factor.multiplier << " shift " << factor.shift;
        }
    }
}

TEST(quant, scale_rounds_a_half_differently_in_the_two_ways) {
    // -1.5 from the product goes upward in both ways.
    EXPECT_EQ(-1, ingot_scale(-3, 1 << 30, 0, INGOT_ROUNDING_DOUBLE));
    EXPECT_EQ(-1, ingot_scale(-3, 1 << 30, 0, INGOT_ROUNDING_SINGLE));
    // -1.5 from the shift goes away from zero, or upward.
    EXPECT_EQ(-2, ingot_scale(-6, 1 << 30, -1, INGOT_ROUNDING_DOUBLE));
    EXPECT_EQ(-1, ingot_scale(-6, 1 << 30, -1, INGOT_ROUNDING_SINGLE));
}

TEST(quant, scale_by_zero_is_zero) {
    EXPECT_EQ(0, ingot_scale(kMax, 0, 0, INGOT_ROUNDING_DOUBLE));
    EXPECT_EQ(0, ingot_scale(kMin, 0, 0, INGOT_ROUNDING_SINGLE));
}

TEST(fixed_point, shift_left_saturating_stops_at_the_ends) {
    EXPECT_EQ(kMax, ingot_shift_left_saturating(1 << 29, 2));
    EXPECT_EQ(kMin, ingot_shift_left_saturating(-(1 << 29) - 1, 2));
    EXPECT_EQ(kMin, ingot_shift_left_saturating(-(1 << 29), 2));
    EXPECT_EQ(((1 << 29) - 1) * 4, ingot_shift_left_saturating((1 << 29) - 1, 2));
    EXPECT_EQ(-20, ingot_shift_left_saturating(-5, 2));
}

TEST(fixed_point, reciprocal_is_within_four_bits_of_the_real_one) {
    Random random(4);
    for (int i = 0; i < 5000; ++i) {
        const int32_t x = i == 0 ? 0 : random.in(0, kMax);
        const double real = std::ldexp(2 / (1 + std::ldexp(x, -31)), 29);
        EXPECT_NEAR(real, ingot_reciprocal(x), 4) << x;
    }
}

}  // namespace
}  // namespace ingot::test
