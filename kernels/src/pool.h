// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What both kinds of pooling require.

#ifndef INGOT_POOL_H
#define INGOT_POOL_H

#include "stage.h"
#include "window.h"

namespace ingot {

// The first and the last window along one axis both touch the image, and with them all others.
constexpr bool all_touch(int32_t outputs, int32_t stride, int32_t pad, int32_t taps,
                         int32_t extent) {
    return pad < taps && static_cast<int64_t>(outputs - 1) * stride - pad < extent;
}

constexpr bool meets_requirements(const ingot_pool_params &p) {
    const ingot_window &window = p.window;
    return has_valid_window(p) && p.input.channels == p.output.channels &&
           window.dilation_height == 1 && window.dilation_width == 1 &&
           all_touch(p.output.height, window.stride_height, window.pad_top, window.height,
                     p.input.height) &&
           all_touch(p.output.width, window.stride_width, window.pad_left, window.width,
                     p.input.width) &&
           is_int8(p.activation_min) && is_int8(p.activation_max) &&
           p.activation_min <= p.activation_max;
}

// To nearest, ties away from zero. Requires count > 0.
constexpr int32_t divide_rounding(int32_t sum, int32_t count) {
    // NOLINTNEXTLINE(clang-analyzer-core.DivideZero): all_touch refuses windows without a tap.
    return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
}

static_assert(divide_rounding(5, 2) == 3 && divide_rounding(-5, 2) == -3);
static_assert(divide_rounding(4, 3) == 1 && divide_rounding(-4, 3) == -1);

}  // namespace ingot

#endif
