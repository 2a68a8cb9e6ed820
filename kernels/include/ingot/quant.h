// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The fixed-point arithmetic every integer kernel shares. docs/NUMERICS.md, section 2, states it in
// words. A real factor is held as multiplier x 2^(shift - 31), multiplier in [2^30, 2^31) or 0.
// Usable from C11; from C++ everything is constexpr and proves itself below.

#ifndef INGOT_QUANT_H
#define INGOT_QUANT_H

#include <stdint.h>

#ifdef __cplusplus
#define INGOT_CONSTEXPR constexpr
#else
#define INGOT_CONSTEXPR static inline
#endif

// How a product is brought back to 8 bits: rounded at 31 bits and again at the end (the reference
// kernels' way, and the default), or once.
typedef enum ingot_rounding { INGOT_ROUNDING_DOUBLE = 0, INGOT_ROUNDING_SINGLE = 1 } ingot_rounding;

INGOT_CONSTEXPR int32_t ingot_clamp(int32_t value, int32_t low, int32_t high) {
    return value < low ? low : value > high ? high : value;
}

// value x 2^shift, wrapping like the hardware's shifter. Requires shift in 0..31.
INGOT_CONSTEXPR int32_t ingot_shift_left(int32_t value, int32_t shift) {
    return (int32_t)((uint32_t)value << shift);
}

// The high half of 2 x a x b, rounded to nearest, ties upward. Saturates in its one overflow.
INGOT_CONSTEXPR int32_t ingot_multiply_high(int32_t a, int32_t b) {
    return a == INT32_MIN && b == INT32_MIN
               ? INT32_MAX
               : (int32_t)(((int64_t)a * b + ((int64_t)1 << 30)) >> 31);
}

// value / 2^shift, rounded to nearest, ties away from zero. Requires shift in 0..31.
INGOT_CONSTEXPR int32_t ingot_shift_right_rounding(int32_t value, int32_t shift) {
    const int32_t mask = (int32_t)(((int64_t)1 << shift) - 1);
    const int32_t threshold = (mask >> 1) + (value < 0 ? 1 : 0);
    return (value >> shift) + ((value & mask) > threshold ? 1 : 0);
}

// value x multiplier x 2^(shift - 31). Requires shift in -31..30.
INGOT_CONSTEXPR int32_t ingot_scale(int32_t value, int32_t multiplier, int32_t shift,
                                    ingot_rounding rounding) {
    if (rounding == INGOT_ROUNDING_SINGLE) {
        const int64_t half = (int64_t)1 << (30 - shift);
        return (int32_t)(((int64_t)value * multiplier + half) >> (31 - shift));
    }
    const int32_t left = shift > 0 ? shift : 0;
    const int32_t right = shift > 0 ? 0 : -shift;
    return ingot_shift_right_rounding(
        ingot_multiply_high(ingot_shift_left(value, left), multiplier), right);
}

#ifdef __cplusplus
static_assert(ingot_multiply_high(INT32_MIN, INT32_MIN) == INT32_MAX);
static_assert(ingot_multiply_high(-3, 1 << 30) == -1, "ties go upward");
static_assert(ingot_shift_right_rounding(3, 1) == 2 && ingot_shift_right_rounding(-3, 1) == -2,
              "ties go away from zero");
static_assert(ingot_scale(128, 1 << 30, 0, INGOT_ROUNDING_DOUBLE) == 64);
static_assert(ingot_scale(-3, 1 << 30, 0, INGOT_ROUNDING_SINGLE) == -1);
static_assert(ingot_scale(1 << 20, 1 << 30, -20, INGOT_ROUNDING_DOUBLE) == 1,
              "rounded twice: a half becomes one");
static_assert(ingot_scale((1 << 20) - 1, 1 << 30, -20, INGOT_ROUNDING_DOUBLE) == 1,
              "rounded twice: just under a half still becomes one");
static_assert(ingot_scale((1 << 20) - 1, 1 << 30, -20, INGOT_ROUNDING_SINGLE) == 0,
              "rounded once: just under a half becomes zero");
#endif

#endif
