// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The output stage: how an int32 accumulator becomes an int8.

#ifndef INGOT_STAGE_H
#define INGOT_STAGE_H

#include "ingot/kernels.h"

namespace ingot {

constexpr bool is_int8(int32_t value) { return value >= -128 && value <= 127; }

constexpr bool is_valid(const ingot_factor &factor) {
    return factor.multiplier >= 0 && factor.shift >= -31 && factor.shift <= 30;
}

constexpr bool is_valid(const ingot_output_stage &stage) {
    return is_int8(stage.zero_point) && is_int8(stage.activation_min) &&
           is_int8(stage.activation_max) && stage.activation_min <= stage.activation_max;
}

// Sums wrap like the hardware's adder, so that no input is undefined behaviour.
constexpr int32_t add_wrapping(int32_t a, int32_t b) {
    return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b));
}

constexpr int8_t finish(int32_t accumulator, const ingot_factor &factor,
                        const ingot_output_stage &stage) {
    const int32_t scaled =
        ingot_scale(accumulator, factor.multiplier, factor.shift, stage.rounding);
    const int32_t moved = add_wrapping(scaled, stage.zero_point);
    return static_cast<int8_t>(ingot_clamp(moved, stage.activation_min, stage.activation_max));
}

static_assert(finish(10, {.multiplier = 1 << 30, .shift = 0},
                     {.zero_point = -3,
                      .activation_min = -128,
                      .activation_max = 127,
                      .rounding = INGOT_ROUNDING_DOUBLE}) == 2);
static_assert(finish(1000, {.multiplier = 1 << 30, .shift = 1},
                     {.zero_point = 0,
                      .activation_min = 0,
                      .activation_max = 6,
                      .rounding = INGOT_ROUNDING_DOUBLE}) == 6);

}  // namespace ingot

#endif
