// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The exponential by a polynomial and one product per bit; the rest from it by division.

#include "codegen/ops/fixed_point.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "base/result.h"
#include "codegen/ops/quantized.h"
#include "ingot/fixed_point.h"

namespace ingot::codegen {
namespace {

constexpr int32_t kOne = std::numeric_limits<int32_t>::max();  // As Q0.31

constexpr int32_t multiply(int32_t a, int32_t b) { return ingot_multiply_high(a, b); }

// exp(-2^power) as Q0.31.
struct Power {
    int power;
    int32_t exponential;
};

constexpr Power kPowers[] = {
    {-2, 1672461947}, {-1, 1302514674}, {0, 790015084}, {1, 290630308},
    {2, 39332535},    {3, 720401},      {4, 242},
};

// exp(x) for x in [-1/4, 0), Q0.31: four terms of its Taylor series around -1/8.
int32_t exponential_near_zero(int32_t x) {
    constexpr int32_t kCentre = 1895147668;  // exp(-1/8)
    constexpr int32_t kThird = 715827883;    // 1/3
    const int32_t t = x + (1 << 28);
    const int32_t t2 = multiply(t, t);
    const int32_t t3 = multiply(t2, t);
    const int32_t t4 = multiply(t2, t2);
    const int32_t inner = multiply(ingot_shift_right_rounding(t4, 2) + t3, kThird) + t2;
    return kCentre + multiply(kCentre, t + ingot_shift_right_rounding(inner, 1));
}

}  // namespace

int32_t exponential(int32_t x, int integer_bits) {
    INGOT_CHECK(x <= 0 && (integer_bits == 4 || integer_bits == 5));
    if (x == 0) return kOne;
    const int fraction_bits = 31 - integer_bits;
    const int32_t quarter = 1 << (fraction_bits - 2);
    const int32_t remainder = (x & (quarter - 1)) - quarter;  // x modulo 1/4, in [-1/4, 0)
    const int32_t quarters = remainder - x;
    int32_t result = exponential_near_zero(ingot_shift_left_saturating(remainder, integer_bits));
    for (const Power &factor : kPowers) {
        if (factor.power >= integer_bits) break;
        const bool is_set = (quarters >> (fraction_bits + factor.power)) & 1;
        if (is_set) result = multiply(result, factor.exponential);
    }
    return result;
}

int32_t logistic(int32_t x) {
    if (x == 0) return 1 << 30;
    const int32_t below_zero = exponential(-std::abs(x), 4);
    const int32_t above_half = ingot_shift_left_saturating(ingot_reciprocal(below_zero), 1);
    return x > 0 ? above_half : kOne - above_half;
}

// (1 - exp(-2 |x|)) / (1 + exp(-2 |x|)), with the sign of x.
int32_t hyperbolic_tangent(int32_t x) {
    if (x == 0) return 0;
    const int32_t doubled = -std::abs(x);  // Q4.27 read as Q5.26 is twice as much.
    const int32_t quotient = ingot_reciprocal(exponential(doubled, 5)) - (1 << 29);
    const int32_t magnitude = ingot_shift_left_saturating(quotient, 2);
    return x < 0 ? -magnitude : magnitude;
}

// Newton-Raphson in Q3.28, from 1, on the value brought into [1/2, 2) by an even shift.
ingot_factor inverse_square_root(int32_t value) {
    INGOT_CHECK(value >= 1 && value < 1 << 28);
    if (value == 1) return {.multiplier = kOne, .shift = 0};
    constexpr int32_t kThreeHalves = (1 << 28) + (1 << 27);
    constexpr int32_t kHalfRootOfTwo = 1518500250;  // Q0.31
    const int pairs = (std::countl_zero(static_cast<uint32_t>(value)) - 1) / 2 - 1;
    const int32_t normal = (value << (2 * pairs)) >> 1;
    const int32_t half = ingot_shift_right_rounding(normal, 1);
    int32_t x = 1 << 28;
    for (int step = 0; step < 5; ++step) {
        const int32_t cube = ingot_shift_left_saturating(multiply(multiply(x, x), x), 6);
        x = ingot_shift_left_saturating(multiply(kThreeHalves, x) - multiply(half, cube), 3);
    }
    const int32_t root = multiply(x, kHalfRootOfTwo);
    const int shift = 11 - pairs;
    return {.multiplier = ingot_shift_left(root, std::max(-shift, 0)),
            .shift = -std::max(shift, 0)};
}

Stretch stretch(double scale, int integer_bits) {
    const double real = std::ldexp(scale, 31 - integer_bits);
    const ingot_factor factor = factor_of(real);
    int exponent = 0;
    std::frexp(real, &exponent);
    // Rounding may have carried the factor's shift one further, its range may have cut it short.
    const double largest = std::ldexp((1 << integer_bits) - 1, 31 - integer_bits);
    const double radius = std::floor(std::ldexp(largest, -std::max(exponent, factor.shift)));
    return {.factor = factor, .radius = static_cast<int32_t>(std::min(radius, 256.0))};
}

}  // namespace ingot::codegen
