// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Two-dimensional convolution, grouped and dilated: the portable definition, from plain weights.

#ifndef INGOT_CONV2D_H
#define INGOT_CONV2D_H

#include "weights.h"
#include "window.h"

namespace ingot {

inline bool meets_requirements(const ingot_conv2d_params &p) {
    return has_valid_window(p) && has_valid_weights(p) && p.groups >= 1 &&
           p.input.channels % p.groups == 0 && p.output.channels % p.groups == 0;
}

// One output channel's weights over the part of the window that lies inside the image, reading
// `depth` input channels from `first_channel`.
inline int32_t convolve(const ingot_conv2d_params &p, const Landing &at, int32_t first_channel,
                        int32_t depth, const int8_t *weights) {
    // Neighbouring taps that touch in memory are one run; others are a run each.
    const bool touch = at.column_stride == depth;
    const int32_t taps = touch ? at.columns.last - at.columns.first : 1;
    int32_t sum = 0;
    for (int32_t row = at.rows.first; row < at.rows.last; ++row) {
        for (int32_t column = at.columns.first; column < at.columns.last; column += taps) {
            const int8_t *run = weights + (row * p.window.width + column) * depth;
            sum = add_wrapping(sum, dot(at.tap(row, column) + first_channel, run, taps * depth,
                                        p.input_zero_point));
        }
    }
    return sum;
}

//   input   [batches][height][width][channels]
//   output  [batches][output height][output width][output channels]
//
// Taps outside the image count as the input's zero point: they add nothing.
// Returns INGOT_ERROR_SHAPE, having written nothing, if batches differ, if groups do not divide
// both channel counts, or if a number is outside the range that params.h gives.
inline ingot_status conv2d(const ingot_conv2d_params &p, const ingot_io *io,
                           const int8_t *weights) {
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const int32_t depth = p.input.channels / p.groups;
    const int32_t group_outputs = p.output.channels / p.groups;
    const int32_t filter = p.window.height * p.window.width * depth;
    for_each_window(p, io, [&](const Landing &at, int8_t *output) {
        const int8_t *own = weights;
        int32_t c = 0;
        for (int32_t first = 0; first < p.input.channels; first += depth) {
            for (int32_t end = c + group_outputs; c < end; ++c, own += filter) {
                output[c] = finish_channel(p, c, convolve(p, at, first, depth, own));
            }
        }
    });
    return INGOT_OK;
}

}  // namespace ingot

#endif
