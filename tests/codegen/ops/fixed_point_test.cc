// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Fixed-point curves: values of the reference arithmetic to the bit, and nearness to the real
// curve.

#include "codegen/ops/fixed_point.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ingot::codegen {
namespace {

struct Point {
    int32_t x, y;
};

double real(int32_t value, int fraction_bits) { return std::ldexp(value, -fraction_bits); }

// Values in this file: gemmlowp fixedpoint/fixedpoint.h and tflite-micro internal/common.h, run on
// x86-64.
constexpr Point kExponentialQ5[] = {
    {-1, 2147483124},
    {-(1 << 24), 1672462419},
    {-12345678, 1786631188},
    {-(1 << 26), 790015308},
    {-987654321, 872},
    {-2080374784, 0},
    {0, std::numeric_limits<int32_t>::max()},
};
constexpr Point kExponentialQ4[] = {
    {-1, 2147483140},
    {-(1 << 25), 1672462419},
    {-12345678, 1958765233},
    {-(1 << 27), 790015308},
    {-987654321, 1368142},
    {-2013265920, 657},
    {0, std::numeric_limits<int32_t>::max()},
};

TEST(exponential, agrees_with_the_reference_to_the_bit) {
    for (const Point &point : kExponentialQ5) EXPECT_EQ(point.y, exponential(point.x, 5));
    for (const Point &point : kExponentialQ4) EXPECT_EQ(point.y, exponential(point.x, 4));
}

TEST(exponential, is_near_the_real_one) {
    for (int32_t x = -2080374784; x < -1234567; x += 1234567) {
        EXPECT_NEAR(std::exp(real(x, 26)), real(exponential(x, 5), 31), 1e-6);
    }
}

constexpr Point kLogistic[] = {
    {0, 1 << 30},          {1, 1073741948},          {-1, 1073741699},
    {1 << 27, 1569936226}, {-(1 << 27), 577547421},  {123456789, 1535464548},
    {-987654321, 1367271}, {2013265920, 2147482988},
};
constexpr Point kTanh[] = {
    {0, 0},
    {1, 260},
    {-1, -260},
    {1 << 27, 1635510876},
    {-(1 << 27), -1635510876},
    {123456789, 1558674772},
    {-987654321, -2147481900},
    {2013265920, 2147483647},
};

TEST(logistic, agrees_with_the_reference_to_the_bit) {
    for (const Point &point : kLogistic) EXPECT_EQ(point.y, logistic(point.x)) << point.x;
}

TEST(hyperbolic_tangent, agrees_with_the_reference_to_the_bit) {
    for (const Point &point : kTanh) EXPECT_EQ(point.y, hyperbolic_tangent(point.x)) << point.x;
}

TEST(logistic, and_tanh_are_near_the_real_ones) {
    for (int32_t x = -2013265920; x < 2000000000; x += 7654321) {
        EXPECT_NEAR(1 / (1 + std::exp(-real(x, 27))), real(logistic(x), 31), 1e-6);
        EXPECT_NEAR(std::tanh(real(x, 27)), real(hyperbolic_tangent(x), 31), 1e-6);
    }
}

struct Root {
    int32_t value, multiplier, shift;
};

constexpr Root kRoots[] = {
    {1, 2147483647, 0}, {2, 1518498372, 0},  {3, 1239850284, 0},
    {4, 1073741828, 0}, {100, 214748363, 0}, {255, 268961290, -1},
};

TEST(inverse_square_root, agrees_with_the_reference_to_the_bit) {
    for (const Root &root : kRoots) {
        const ingot_factor factor = inverse_square_root(root.value);
        EXPECT_EQ(root.multiplier, factor.multiplier) << root.value;
        EXPECT_EQ(root.shift, factor.shift) << root.value;
    }
}

TEST(inverse_square_root, is_near_the_real_one) {
    for (int32_t value = 1; value < 256; ++value) {
        const ingot_factor factor = inverse_square_root(value);
        const double found = std::ldexp(factor.multiplier, factor.shift - 31);
        EXPECT_NEAR(1, found * std::sqrt(value), 2e-6) << value;
    }
}

TEST(stretch, keeps_every_difference_of_int8_when_steps_are_small) {
    EXPECT_EQ(256, stretch(0.03, 4).radius);
    EXPECT_EQ(256, stretch(1e-12, 5).radius);
}

TEST(stretch, tells_how_many_steps_fit) {
    EXPECT_EQ(15, stretch(0.75, 4).radius) << "the bound is for the scale's next power of two";
    EXPECT_EQ(7, stretch(1, 4).radius);
    EXPECT_EQ(1, stretch(9, 5).radius);
    EXPECT_EQ(0, stretch(40, 5).radius);
    EXPECT_EQ(0, stretch(1e30, 4).radius);
}

TEST(stretch, makes_one_step_the_scale_in_fixed_point) {
    const ingot_factor factor = stretch(0.75, 4).factor;
    EXPECT_EQ(0.75 * (1 << 27),
              ingot_scale(1, factor.multiplier, factor.shift, INGOT_ROUNDING_DOUBLE));
}

}  // namespace
}  // namespace ingot::codegen
