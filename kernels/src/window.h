// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Where windows land on an image, for convolutions and pooling.

#ifndef INGOT_WINDOW_H
#define INGOT_WINDOW_H

#include "ingot/kernels.h"

namespace ingot {

constexpr bool is_valid(const ingot_shape &shape) {
    return shape.batches >= 1 && shape.height >= 1 && shape.width >= 1 && shape.channels >= 1;
}

constexpr bool is_valid(const ingot_window &window) {
    return window.height >= 1 && window.width >= 1 && window.stride_height >= 1 &&
           window.stride_width >= 1 && window.pad_top >= 0 && window.pad_left >= 0 &&
           window.dilation_height >= 1 && window.dilation_width >= 1;
}

// What every operator with a window requires.
template <class Params>
constexpr bool has_valid_window(const Params &p) {
    return is_valid(p.input) && is_valid(p.output) && is_valid(p.window) &&
           p.input.batches == p.output.batches;
}

// The taps first .. last - 1 of a window along one axis.
struct Taps {
    int32_t first, last;
};

// The taps that lie inside an axis of `extent`, when tap t lies at start + t x dilation.
constexpr Taps taps_inside(int32_t start, int32_t dilation, int32_t taps, int32_t extent) {
    const int32_t first = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
    const int32_t end = start >= extent ? 0 : (extent - start + dilation - 1) / dilation;
    const int32_t last = end < taps ? end : taps;
    return {first, last < first ? first : last};
}

static_assert(taps_inside(-1, 1, 3, 8).first == 1 && taps_inside(-1, 1, 3, 8).last == 3);
static_assert(taps_inside(7, 1, 3, 8).first == 0 && taps_inside(7, 1, 3, 8).last == 1);
static_assert(taps_inside(-3, 2, 3, 8).first == 2, "taps at -3 and -1 are outside, at 1 inside");
static_assert(taps_inside(9, 1, 3, 8).last == 0, "wholly outside");

// One window in its place. Only taps in `rows` and `columns` lie inside the image.
struct Landing {
    Taps rows, columns;
    const int8_t *image;
    int32_t origin;  // Of tap (0, 0) in the image, in elements; negative when it is outside.
    int32_t row_stride, column_stride;

    const int8_t *tap(int32_t row, int32_t column) const {
        return image + (origin + row * row_stride + column * column_stride);
    }
};

// Calls function(landing, output pixel) for every pixel of the output, in order.
template <class Params, class Function>
void for_each_window(const Params &p, const ingot_io *io, const Function &function) {
    const ingot_window &window = p.window;
    const int32_t row = p.input.width * p.input.channels;
    auto *output = static_cast<int8_t *>(io->output[0]);
    Landing at = {};
    at.image = static_cast<const int8_t *>(io->input[0]);
    at.row_stride = window.dilation_height * row;
    at.column_stride = window.dilation_width * p.input.channels;
    for (int32_t batch = 0; batch < p.input.batches; ++batch) {
        for (int32_t y = 0; y < p.output.height; ++y) {
            const int32_t top = y * window.stride_height - window.pad_top;
            at.rows = taps_inside(top, window.dilation_height, window.height, p.input.height);
            for (int32_t x = 0; x < p.output.width; ++x, output += p.output.channels) {
                const int32_t left = x * window.stride_width - window.pad_left;
                at.columns = taps_inside(left, window.dilation_width, window.width, p.input.width);
                at.origin = top * row + left * p.input.channels;
                function(at, output);
            }
        }
        at.image += p.input.height * row;
    }
}

}  // namespace ingot

#endif
