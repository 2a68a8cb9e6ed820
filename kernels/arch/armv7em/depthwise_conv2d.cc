// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Convolution of each channel by itself, four channels at a time.

#include "../../src/depthwise_conv2d.h"

#include "depthwise_conv2d.pack.h"
#include "requantize.h"

namespace ingot::armv7em {
namespace {

// Sums of four neighbouring channels.
struct BlockSums {
    int32_t sum0, sum1, sum2, sum3;

    // Adds one tap. `minus_zero` is the input's zero point, negated, in both halves.
    [[gnu::always_inline]] void add(const uint32_t *weights, const int8_t *input,
                                    uint32_t minus_zero) {
        const uint32_t x = load_word(input);
        const uint32_t even = sxtab16(minus_zero, x);
        const uint32_t odd = sxtab16_ror8(minus_zero, x);
        const uint32_t even_weights = weights[0];
        const uint32_t odd_weights = weights[1];
        sum0 = smlabb(even, even_weights, sum0);
        sum1 = smlabb(odd, odd_weights, sum1);
        sum2 = smlatt(even, even_weights, sum2);
        sum3 = smlatt(odd, odd_weights, sum3);
    }
};

struct Layer {
    const ingot_depthwise_conv2d_params &p;
    Form form;
    uint32_t minus_zero;
    const uint32_t *blocks;
    const uint32_t *whole_end;  // Of the blocks that follow each other.
    const uint32_t *end;
    int32_t back;  // From where a further block would begin to where the last one does.
};

Layer layer_of(const ingot_depthwise_conv2d_params &p, Form form) {
    const uint32_t half = static_cast<uint32_t>(-p.input_zero_point) & 0xffff;
    const auto *blocks = static_cast<const uint32_t *>(p.weights) + 1;
    const int32_t channels = p.output.channels;
    const auto words = static_cast<int32_t>(block_bytes(taps_of(p)) / 4);
    return {.p = p,
            .form = form,
            .minus_zero = half | half << 16,
            .blocks = blocks,
            .whole_end = blocks + channels / kBlockChannels * words,
            .end = blocks + blocks_of(channels) * words,
            .back = -channels & (kBlockChannels - 1)};
}

[[gnu::noinline, gnu::cold]] void finish_exactly(BlockSums sums, const Constants *constants,
                                                 const ingot_output_stage &stage, int8_t *output) {
    const int32_t sum[kBlockChannels] = {sums.sum0, sums.sum1, sums.sum2, sums.sum3};
    for (int32_t i = 0; i < kBlockChannels; ++i) {
        const Constants &own = constants[i];
        output[i] = armv7em::finish_exactly(sum[i], own.multiplier, own.shift, stage);
    }
}

[[gnu::always_inline]] inline BlockSums start_block(const Constants *constants) {
    return {constants[0].bias, constants[1].bias, constants[2].bias, constants[3].bias};
}

[[gnu::always_inline]] inline void finish_fast(const BlockSums &sums, const Constants *constants,
                                               int8_t *output) {
    output[0] = requantize(sums.sum0, constants[0].multiplier, constants[0].shift);
    output[1] = requantize(sums.sum1, constants[1].multiplier, constants[1].shift);
    output[2] = requantize(sums.sum2, constants[2].multiplier, constants[2].shift);
    output[3] = requantize(sums.sum3, constants[3].multiplier, constants[3].shift);
}

// The blocks of one pixel, as far as they are done.
struct Cursor {
    const int8_t *input;
    int8_t *output;
    const uint32_t *weights;
    const uint32_t *end;

    Cursor(const Layer &layer, const int8_t *first_input, int8_t *first_output)
        : input(first_input), output(first_output), weights(layer.blocks), end(layer.whole_end) {}

    // To the block that does some channels once more, if there is one.
    bool step_back(const Layer &layer) {
        if (end == layer.end) return false;
        end = layer.end;
        input -= layer.back;
        output -= layer.back;
        return true;
    }
};

// Pixels of the output, side by side, and the first tap of the first one's window.
struct Run {
    const int8_t *input;
    int8_t *output;
    int32_t pixels;
};

// Windows of 3 x 3 that lie inside the image, of a fast layer.
[[gnu::noinline]] void convolve_3x3(const Layer &layer, const Landing &at, Run run) {
    const ingot_depthwise_conv2d_params &p = layer.p;
    const int32_t rows = at.row_stride;
    const int32_t step = at.column_stride;
    const int32_t to_next_block = kBlockChannels - 2 * rows;
    const uint32_t minus_zero = layer.minus_zero;
    for (; run.pixels > 0; --run.pixels) {
        Cursor at_block(layer, run.input, run.output);
        do {
            const int8_t *input = at_block.input;
            const uint32_t *weights = at_block.weights;
            int8_t *output = at_block.output;
            while (weights != at_block.end) {
                const auto *constants = reinterpret_cast<const Constants *>(weights + 18);
                BlockSums sums = start_block(constants);
                sums.add(weights, input, minus_zero);
                sums.add(weights + 2, input + step, minus_zero);
                sums.add(weights + 4, input + 2 * step, minus_zero);
                input += rows;
                sums.add(weights + 6, input, minus_zero);
                sums.add(weights + 8, input + step, minus_zero);
                sums.add(weights + 10, input + 2 * step, minus_zero);
                input += rows;
                sums.add(weights + 12, input, minus_zero);
                sums.add(weights + 14, input + step, minus_zero);
                sums.add(weights + 16, input + 2 * step, minus_zero);
                finish_fast(sums, constants, output);
                weights = reinterpret_cast<const uint32_t *>(constants + kBlockChannels);
                input += to_next_block;
                output += kBlockChannels;
            }
            at_block.weights = weights;
            at_block.input = input;
            at_block.output = output;
        } while (at_block.step_back(layer));
        run.input += p.window.stride_width * p.input.channels;
        run.output += p.output.channels;
    }
}

// One pixel under any window, as far as that lies inside the image.
[[gnu::noinline]] void convolve_pixel(const Layer &layer, const Landing &at, int8_t *output) {
    const ingot_depthwise_conv2d_params &p = layer.p;
    const int32_t taps = taps_of(p);
    const int32_t columns = at.columns.last - at.columns.first;
    const int32_t input_skip = at.row_stride - columns * at.column_stride;
    const int32_t weights_skip = 2 * (p.window.width - columns);
    const int32_t first_tap = at.rows.first * p.window.width + at.columns.first;
    Cursor at_block(layer, at.tap(at.rows.first, at.columns.first), output);
    do {
        while (at_block.weights != at_block.end) {
            const auto *constants =
                reinterpret_cast<const Constants *>(at_block.weights + 2 * taps);
            BlockSums sums = start_block(constants);
            const int8_t *tap = at_block.input;
            const uint32_t *weights = at_block.weights + 2 * first_tap;
            for (int32_t row = at.rows.last - at.rows.first; row > 0 && columns > 0; --row) {
                for (int32_t left = columns; left > 0; --left) {
                    sums.add(weights, tap, layer.minus_zero);
                    weights += 2;
                    tap += at.column_stride;
                }
                tap += input_skip;
                weights += weights_skip;
            }
            if (layer.form == kFast) [[likely]] {
                finish_fast(sums, constants, at_block.output);
            } else {
                finish_exactly(sums, constants, p.stage, at_block.output);
            }
            at_block.weights = reinterpret_cast<const uint32_t *>(constants + kBlockChannels);
            at_block.input += kBlockChannels;
            at_block.output += kBlockChannels;
        }
    } while (at_block.step_back(layer));
}

// The windows of one row of the output that lie wholly inside the image's columns.
struct Inside {
    int32_t first, last;
};

Inside columns_inside(const ingot_depthwise_conv2d_params &p) {
    const ingot_window &window = p.window;
    const int32_t room =
        p.input.width + window.pad_left - (window.width - 1) * window.dilation_width;
    const int32_t begin = (window.pad_left + window.stride_width - 1) / window.stride_width;
    const int32_t end = room <= 0 ? 0 : (room - 1) / window.stride_width + 1;
    const int32_t first = begin < p.output.width ? begin : p.output.width;
    const int32_t last = end < p.output.width ? end : p.output.width;
    return {first, first < last ? last : first};
}

void convolve_pixels(const Layer &layer, Landing at, int32_t first, int32_t last, int8_t *output) {
    const ingot_depthwise_conv2d_params &p = layer.p;
    for (int32_t x = first; x < last; ++x) {
        const int32_t left = x * p.window.stride_width - p.window.pad_left;
        at.columns = taps_inside(left, p.window.dilation_width, p.window.width, p.input.width);
        Landing here = at;
        here.origin += left * p.input.channels;
        convolve_pixel(layer, here, output + x * p.output.channels);
    }
}

// One row of the output; `at` lands with its first column.
void convolve_row(const Layer &layer, const Landing &at, const Inside &inside, int8_t *output) {
    const ingot_depthwise_conv2d_params &p = layer.p;
    const bool is_3x3 = layer.form == kFast && p.window.height == 3 && p.window.width == 3 &&
                        at.rows.first == 0 && at.rows.last == 3;
    if (is_3x3) {
        const int32_t left = inside.first * p.window.stride_width - p.window.pad_left;
        convolve_3x3(layer, at,
                     {at.image + at.origin + left * p.input.channels,
                      output + inside.first * p.output.channels, inside.last - inside.first});
    }
    convolve_pixels(layer, at, 0, is_3x3 ? inside.first : p.output.width, output);
    if (is_3x3) convolve_pixels(layer, at, inside.last, p.output.width, output);
    if (layer.form == kFast) clamp(p.stage, output, p.output.width * p.output.channels);
}

void convolve(const Layer &layer, const ingot_io *io) {
    const ingot_depthwise_conv2d_params &p = layer.p;
    const ingot_window &window = p.window;
    const Inside inside = columns_inside(p);
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
            at.origin = top * row;
            convolve_row(layer, at, inside, output);
            output += p.output.width * p.output.channels;
        }
        at.image += p.input.height * row;
    }
}

ingot_status convolve_packed(const ingot_depthwise_conv2d_params &p, const ingot_io *io,
                             Form form) {
    if (!has_valid_window(p) || !is_blocked(p) || !is_int8(p.input_zero_point) ||
        !is_valid(p.stage)) {
        return INGOT_ERROR_SHAPE;
    }
    const Layer layer = layer_of(p, form);
    convolve(layer, io);
    return INGOT_OK;
}

[[gnu::cold, gnu::noinline]] ingot_status convolve_plain(const ingot_depthwise_conv2d_params &p,
                                                         const ingot_io *io) {
    return ingot::depthwise_conv2d(p, io, static_cast<const int8_t *>(p.weights) + kFormBytes);
}

}  // namespace
}  // namespace ingot::armv7em

// Like the portable kernel, from weights that `pack` of depthwise_conv2d.pack.h made.
// Returns INGOT_ERROR_SHAPE, having written nothing, also if weights are not packed.
ingot_status ingot_depthwise_conv2d(const void *params, const ingot_io *io) {
    using namespace ingot;
    using namespace ingot::armv7em;
    const auto &p = *static_cast<const ingot_depthwise_conv2d_params *>(params);
    if (!p.weights) return INGOT_ERROR_SHAPE;

    const uint32_t form = *static_cast<const uint32_t *>(p.weights);
    if (form == kPlain) {
        return convolve_plain(p, io);
    }
    if (form != kFast && form != kExact) return INGOT_ERROR_SHAPE;
    return convolve_packed(p, io, static_cast<Form>(form));
}
