// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The sum of two inputs of unlike scales; what add and sub have in common.

#ifndef INGOT_SUM_H
#define INGOT_SUM_H

#include "elementwise.h"
#include "stage.h"

namespace ingot {

// With these limits a sum stays below 2 x 255 x 2^20, far from overflow.
inline bool is_valid(const ingot_add_params &p) {
    for (int i = 0; i < 2; ++i) {
        if (!is_int8(p.input_zero_point[i])) return false;
        if (!is_valid(p.input_factor[i]) || p.input_factor[i].shift > 0) return false;
    }
    return is_valid(p.shape) && p.left_shift >= 0 && p.left_shift <= 20 &&
           is_valid(p.output_factor) && is_valid(p.stage);
}

// An element of input i, at the common scale of the sum.
constexpr int32_t to_common_scale(const ingot_add_params &p, int i, int8_t value) {
    const int32_t raised = ingot_shift_left(value - p.input_zero_point[i], p.left_shift);
    return ingot_scale(raised, p.input_factor[i].multiplier, p.input_factor[i].shift,
                       p.stage.rounding);
}

// output = first + kSign x second. Returns INGOT_ERROR_SHAPE if the params are not valid.
template <int32_t kSign>
ingot_status sum(const ingot_add_params &p, const ingot_io *io) {
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    combine(p.shape, io, [&p](int8_t a, int8_t b) {
        const int32_t total = to_common_scale(p, 0, a) + kSign * to_common_scale(p, 1, b);
        return finish(total, p.output_factor, p.stage);
    });
    return INGOT_OK;
}

}  // namespace ingot

#endif
