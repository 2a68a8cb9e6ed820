// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Convolution of each channel by itself: the portable definition, from plain weights.

#ifndef INGOT_DEPTHWISE_CONV2D_H
#define INGOT_DEPTHWISE_CONV2D_H

#include "weights.h"
#include "window.h"

namespace ingot {

constexpr int32_t kBlock = 16;  // Output channels that are summed at a time.

inline bool meets_requirements(const ingot_depthwise_conv2d_params &p) {
    return has_valid_window(p) && has_valid_weights(p) && p.output.channels % p.input.channels == 0;
}

// A few neighbouring output channels and the input channel that the first of them reads.
struct Block {
    int32_t input, output, count;
};

// Writes one block of an output pixel. Its channels read one input channel each (kStep = 1) or all
// the same one (kStep = 0).
template <int32_t kStep>
void convolve(const ingot_depthwise_conv2d_params &p, const Landing &at, const Block &block,
              const int8_t *weights, int8_t *output) {
    uint32_t sums[kBlock] = {};
    for (int32_t row = at.rows.first; row < at.rows.last; ++row) {
        for (int32_t column = at.columns.first; column < at.columns.last; ++column) {
            const int8_t *input = at.tap(row, column) + block.input;
            const int8_t *own =
                weights + block.output + (row * p.window.width + column) * p.output.channels;
            for (int32_t i = 0; i < block.count; ++i) {
                const int32_t value = input[i * kStep] - p.input_zero_point;
                sums[i] += static_cast<uint32_t>(own[i] * value);
            }
        }
    }
    for (int32_t i = 0; i < block.count; ++i) {
        const int32_t c = block.output + i;
        output[c] = finish_channel(p, c, static_cast<int32_t>(sums[i]));
    }
}

// Calls function(block) for blocks that cover `count` output channels from `output` on.
template <class Function>
void for_each_block(int32_t output, int32_t count, const Function &function) {
    for (int32_t done = 0; done < count; done += kBlock) {
        const int32_t rest = count - done;
        function(output + done, rest < kBlock ? rest : kBlock);
    }
}

//   input   [batches][height][width][channels]
//   output  [batches][output height][output width][channels x multiplier]
//
// Taps outside the image count as the input's zero point: they add nothing.
// Returns INGOT_ERROR_SHAPE, having written nothing, if batches differ, if the output's channels
// are not a multiple of the input's, or if a number is outside the range that params.h gives.
inline ingot_status depthwise_conv2d(const ingot_depthwise_conv2d_params &p, const ingot_io *io,
                                     const int8_t *weights) {
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    // Neighbouring outputs read neighbouring inputs, or as many as the multiplier says the same
    // one.
    const int32_t multiplier = p.output.channels / p.input.channels;
    const bool is_one_to_one = multiplier == 1;
    const int32_t step = is_one_to_one ? p.input.channels : 1;
    for_each_window(p, io, [&](const Landing &at, int8_t *output) {
        for (int32_t input = 0; input < p.input.channels; input += step) {
            for_each_block(input * multiplier, step * multiplier, [&](int32_t c, int32_t count) {
                if (is_one_to_one) {
                    convolve<1>(p, at, {c, c, count}, weights, output);
                } else {
                    convolve<0>(p, at, {input, c, count}, weights, output);
                }
            });
        }
    });
    return INGOT_OK;
}

}  // namespace ingot

#endif
