// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Transposed convolution: every input pixel spreads over a window of the output.

#include "weights.h"
#include "window.h"

namespace ingot {
namespace {

bool meets_requirements(const ingot_transpose_conv2d_params &p) {
    return has_valid_window(p) && has_valid_weights(p) && p.window.dilation_height == 1 &&
           p.window.dilation_width == 1;
}

// The input positions that reach one output position along an axis: input first - k does so through
// tap tap + k x stride, for k in 0 .. count - 1.
struct Reach {
    int32_t tap, first, count;
};

// `at` is the output position plus the padding. Input i reaches it when at = i x stride + tap.
constexpr Reach reach(int32_t at, int32_t stride, int32_t taps, int32_t extent) {
    int32_t tap = at % stride;
    const int32_t furthest = at - (extent - 1) * stride;  // The tap that the last input comes by.
    if (tap < furthest) tap = furthest;
    const int32_t last = at < taps ? at : taps - 1;
    return {tap, (at - tap) / stride, tap <= last ? (last - tap) / stride + 1 : 0};
}

static_assert(reach(4, 2, 3, 8).tap == 0 && reach(4, 2, 3, 8).first == 2);
static_assert(reach(4, 2, 3, 8).count == 2, "inputs 2 and 1, through taps 0 and 2");
static_assert(reach(2, 3, 2, 8).count == 0, "a stride beyond the window leaves gaps");
static_assert(reach(6, 1, 7, 2).tap == 5 && reach(6, 1, 7, 2).first == 1);
static_assert(reach(6, 1, 7, 2).count == 2, "a short image uses the window's end only");

// One output channel of one output pixel.
int32_t gather(const ingot_transpose_conv2d_params &p, const int8_t *image, const Reach &y,
               const Reach &x, const int8_t *weights) {
    const int32_t channels = p.input.channels;
    int32_t sum = 0;
    for (int32_t i = 0; i < y.count; ++i) {
        const int32_t row = (y.first - i) * p.input.width;
        const int32_t tap_row = (y.tap + i * p.window.stride_height) * p.window.width;
        for (int32_t j = 0; j < x.count; ++j) {
            const int32_t pixel = row + x.first - j;
            const int32_t tap = tap_row + x.tap + j * p.window.stride_width;
            sum = add_wrapping(sum, dot(image + pixel * channels, weights + tap * channels,
                                        channels, p.input_zero_point));
        }
    }
    return sum;
}

}  // namespace
}  // namespace ingot

//   input   [batches][height][width][channels]
//   output  [batches][output height][output width][output channels]
//
// Written from the output's side, so that no sums have to be kept: each output pixel gathers the
// inputs that reach it. One that none reaches is its bias.
// Returns INGOT_ERROR_SHAPE, having written nothing, if batches differ, if a dilation is not 1, or
// if a number is outside the range that params.h gives.
ingot_status ingot_transpose_conv2d(const void *params, const ingot_io *io) {
    using namespace ingot;
    const auto &p = *static_cast<const ingot_transpose_conv2d_params *>(params);
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const ingot_window &window = p.window;
    const int32_t filter = window.height * window.width * p.input.channels;
    const auto *image = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t batch = 0; batch < p.input.batches; ++batch) {
        for (int32_t y = 0; y < p.output.height; ++y) {
            const Reach rows =
                reach(y + window.pad_top, window.stride_height, window.height, p.input.height);
            for (int32_t x = 0; x < p.output.width; ++x) {
                const Reach columns =
                    reach(x + window.pad_left, window.stride_width, window.width, p.input.width);
                const auto *weights = static_cast<const int8_t *>(p.weights);
                for (int32_t c = 0; c < p.output.channels; ++c, weights += filter) {
                    *output++ = finish_channel(p, c, gather(p, image, rows, columns, weights));
                }
            }
        }
        image += p.input.height * p.input.width * p.input.channels;
    }
    return INGOT_OK;
}
