// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Curves in fixed point, exactly as the reference kernels compute them on a device. We compute them
// when code is generated, once per value an int8 can have, and store the results.
//
// Qm.n is a signed 32-bit number of m integer and n fractional bits.

#ifndef INGOT_CODEGEN_FIXED_POINT_H
#define INGOT_CODEGEN_FIXED_POINT_H

#include <cstdint>

#include "ingot/params.h"

namespace ingot::codegen {

// exp(x) as Q0.31, for x <= 0 as a number of `integer_bits`, 4 or 5. exp(0) is 2^31 - 1.
int32_t exponential(int32_t x, int integer_bits);

// 1 / (1 + exp(-x)) and tanh(x) as Q0.31, for x as Q4.27.
int32_t logistic(int32_t x);
int32_t hyperbolic_tangent(int32_t x);

// The factor that is 1 / sqrt(value), for value >= 1; its multiplier may be below 2^30.
ingot_factor inverse_square_root(int32_t value);

// How steps of a scale become a fixed-point number of `integer_bits`.
struct Stretch {
    ingot_factor factor;
    int32_t radius;  // A number of steps that far from 0, or further, does not fit.
};

Stretch stretch(double scale, int integer_bits);

}  // namespace ingot::codegen

#endif
