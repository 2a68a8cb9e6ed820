// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Division in fixed point, for softmax at run time and for tables of curves at code-generation
// time. Qm.n is a signed 32-bit number of m integer and n fractional bits; docs/NUMERICS.md,
// section 2.

#ifndef INGOT_FIXED_POINT_H
#define INGOT_FIXED_POINT_H

#include "ingot/quant.h"

// value x 2^shift, stopping at the ends of 32 bits. Requires shift in 0..30.
INGOT_CONSTEXPR int32_t ingot_shift_left_saturating(int32_t value, int32_t shift) {
    const int64_t shifted = (int64_t)value * ((int64_t)1 << shift);
    return shifted > INT32_MAX ? INT32_MAX : shifted < INT32_MIN ? INT32_MIN : (int32_t)shifted;
}

// 2 / (1 + x) as Q2.29, for x in 0 .. 1 as Q0.31: three Newton-Raphson steps from the straight line
// 48/17 - 32/17 h, where h = (1 + x) / 2 lies in 1/2 .. 1. The steps are those of the reference
// kernels, so that results agree to the bit.
INGOT_CONSTEXPR int32_t ingot_reciprocal(int32_t x) {
    const int32_t one = 1 << 29;
    const int32_t h = (int32_t)(((uint32_t)x + ((uint32_t)1 << 31)) >> 1);
    int32_t result = 1515870810 + ingot_multiply_high(h, -1010580540);
    for (int32_t step = 0; step < 3; ++step) {
        const int32_t error = one - ingot_multiply_high(h, result);
        result += ingot_shift_left_saturating(ingot_multiply_high(result, error), 2);
    }
    return result;
}

#ifdef __cplusplus
static_assert(ingot_shift_left_saturating(INT32_MIN / 4, 2) == INT32_MIN);
static_assert(ingot_shift_left_saturating(1 << 30, 1) == INT32_MAX);
static_assert(ingot_reciprocal(INT32_MAX) == (1 << 29) - 2, "2 / (1 + 1) is 1, but for 2 bits");
#endif

#endif
