// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Two-dimensional convolution: windows of two pixels are widened to pairs of int16, then multiplied
// with four output channels at a time.

#include "../../src/conv2d.h"

#include "conv2d.pack.h"
#include "tile.h"
#include "widen.h"

namespace ingot::armv7em {
namespace {

struct Layer {
    const ingot_conv2d_params &p;
    Form form;
    int32_t pairs;  // In a window.
    const uint32_t *tiles;
};

// One pixel or two of the output, whose windows lie widened at x.
struct Windows {
    const uint32_t *x;
    const uint32_t *end;
    Output output;
};

// ---- Multiplying -------------------------------------------------------------------------------

// As many sums as the registers hold: four output channels.
template <int kPixels>
struct ChannelQuad {
    ChannelPair<kPixels> ab, cd;

    // Four elements.
    [[gnu::always_inline]] void add(const uint32_t *weights, const uint32_t *x) {
        const uint32_t first = x[0];
        const uint32_t second = x[1];
        if constexpr (kPixels == 2) {
            add_pairs(weights, first, second);
            add_pairs(weights + 2, x[2], x[3]);
        } else {
            add_pairs(weights, first, 0);
            add_pairs(weights + 2, second, 0);
        }
    }

private:
    [[gnu::always_inline]] void add_pairs(const uint32_t *weights, uint32_t x0, uint32_t x1) {
        ab.add(weights[0], x0, x1);
        cd.add(weights[1], x0, x1);
    }
};

// Returns the end of the weights that it took. Eight elements at a time; four where they are odd.
template <int kPixels>
[[gnu::always_inline]] inline const uint32_t *multiply_quad(const uint32_t *weights,
                                                            const uint32_t *x, const uint32_t *end,
                                                            ChannelQuad<kPixels> &sums) {
    if (((end - x) & (2 * kPixels)) != 0) {
        sums.add(weights, x);
        weights += 4;
        x += 2 * kPixels;
    }
    for (; x != end; x += 4 * kPixels) {
        sums.add(weights, x);
        sums.add(weights + 4, x + 2 * kPixels);
        weights += 8;
    }
    return weights;
}

template <int kPixels>
[[gnu::always_inline]] inline const uint32_t *multiply_pair(const uint32_t *weights,
                                                            const uint32_t *x, const uint32_t *end,
                                                            ChannelPair<kPixels> &sums) {
    do {
        sums.add(weights[0], x[0], x[kPixels - 1]);
        sums.add(weights[1], x[kPixels], x[2 * kPixels - 1]);
        weights += 2;
        x += 2 * kPixels;
    } while (x != end);
    return weights;
}

template <int kPixels, class Sums>
[[gnu::always_inline]] inline void finish_quad(const Sums &sums, const Constants *constants,
                                               const Output &output) {
    const Output second = {output.bytes + 2, output.step};
    finish_fast<kPixels>(sums.ab, 0, constants, output);
    finish_fast<kPixels>(sums.ab, 1, constants, output);
    finish_fast<kPixels>(sums.cd, 0, constants + 2, second);
    finish_fast<kPixels>(sums.cd, 1, constants + 2, second);
}

// The largest part of a window whose sums stay within 32 bits.
template <int kPixels>
const uint32_t *chunk_end(const uint32_t *x, const uint32_t *end) {
    constexpr int32_t kChunk = kSumElementsMax / 2 * kPixels;
    return end - x > kChunk ? x + kChunk : end;
}

// The channels that do not fill a tile of four.
template <int kPixels>
[[gnu::noinline]] void multiply_rest(Windows windows, const uint32_t *weights, int32_t channels) {
    for (; channels > 0; channels -= 2, windows.output.bytes += 2) {
        ChannelTotals<kPixels> totals;
        for (const uint32_t *x = windows.x; x != windows.end;) {
            const uint32_t *end = chunk_end<kPixels>(x, windows.end);
            ChannelPair<kPixels> sums;
            weights = multiply_pair(weights, x, end, sums);
            totals.add(sums);
            x = end;
        }
        const auto *constants = reinterpret_cast<const Constants *>(weights);
        finish_fast<kPixels>(totals, 0, constants, windows.output);
        if (channels > 1) finish_fast<kPixels>(totals, 1, constants, windows.output);
        weights += 2 * kConstantsWords;
    }
}

template <int kPixels>
[[gnu::noinline]] void multiply_windows(const Layer &layer, Windows windows) {
    const uint32_t *weights = layer.tiles;
    int32_t rest = layer.p.output.channels;
    for (; rest >= kConvTileChannels; rest -= kConvTileChannels) {
        ChannelQuad<kPixels> sums;
        weights = multiply_quad(weights, windows.x, windows.end, sums);
        finish_quad<kPixels>(sums, reinterpret_cast<const Constants *>(weights), windows.output);
        windows.output.bytes += kConvTileChannels;
        weights += kConvTileChannels * kConstantsWords;
    }
    if (rest > 0) multiply_rest<kPixels>(windows, weights, rest);
}

// Out of line, for the registers' sake.
[[gnu::noinline]] const uint32_t *multiply_chunk(const uint32_t *weights, const uint32_t *x,
                                                 const uint32_t *end, ChannelQuad<2> &result) {
    ChannelQuad<2> sums;
    weights = multiply_quad(weights, x, end, sums);
    result = sums;
    return weights;
}

// For windows whose sums could leave 32 bits.
[[gnu::noinline]] void multiply_long_windows(const Layer &layer, Windows windows) {
    const uint32_t *weights = layer.tiles;
    int32_t rest = layer.p.output.channels;
    for (; rest >= kConvTileChannels; rest -= kConvTileChannels) {
        struct {
            ChannelTotals<2> ab, cd;
        } totals;
        for (const uint32_t *x = windows.x; x != windows.end;) {
            const uint32_t *end = chunk_end<2>(x, windows.end);
            ChannelQuad<2> sums;
            weights = multiply_chunk(weights, x, end, sums);
            totals.ab.add(sums.ab);
            totals.cd.add(sums.cd);
            x = end;
        }
        finish_quad<2>(totals, reinterpret_cast<const Constants *>(weights), windows.output);
        windows.output.bytes += kConvTileChannels;
        weights += kConvTileChannels * kConstantsWords;
    }
    if (rest > 0) multiply_rest<2>(windows, weights, rest);
}

// One pair of channels of one pixel, whatever its length. Words of the weights lie `words` apart,
// pairs of the window `pixels` apart.
ChannelTotals<1> multiply_slowly(const uint32_t *weights, int32_t words, const uint32_t *x,
                                 int32_t pixels, int32_t pairs) {
    ChannelTotals<1> totals;
    while (pairs > 0) {
        const int32_t chunk = pairs < kSumElementsMax / 2 ? pairs : kSumElementsMax / 2;
        ChannelPair<1> sums;
        for (int32_t i = 0; i < chunk; ++i, weights += words, x += pixels) {
            sums.add(*weights, *x, 0);
        }
        totals.add(sums);
        pairs -= chunk;
    }
    return totals;
}

// For layers that cannot be finished the fast way.
[[gnu::noinline]] void multiply_exactly(const Layer &layer, const Windows &windows,
                                        int32_t pixels) {
    const int32_t channels = layer.p.output.channels;
    const uint32_t *weights = layer.tiles;
    for (Tile tile = {}; tile.first < channels; tile.first += tile.channels) {
        tile = tile_of(channels, kConvTileChannels, tile.first);
        const int32_t words = tile.channels / 2;
        const auto *constants = reinterpret_cast<const Constants *>(weights + words * layer.pairs);
        for (int32_t i = 0; i < tile.channels * pixels; ++i) {
            const int32_t channel = i / pixels;
            const int32_t pixel = i % pixels;
            if (tile.first + channel == channels) break;
            const ChannelTotals<1> sums = multiply_slowly(weights + channel / 2, words,
                                                          windows.x + pixel, pixels, layer.pairs);
            windows.output.bytes[tile.first + channel + pixel * windows.output.step] =
                finish_exactly(sums.sum(channel % 2, 0), constants[channel], layer.p.stage);
        }
        weights = reinterpret_cast<const uint32_t *>(constants + tile.channels);
    }
}

// ---- Walking the output ------------------------------------------------------------------------

// Pixels of the output in order, across rows and batches.
struct Walk {
    const ingot_conv2d_params &p;
    Corner at;
    int32_t column = 0, row = 0;

    Walk(const ingot_conv2d_params &params, const int8_t *input)
        : p(params), at{input, -params.window.pad_top, -params.window.pad_left} {}

    void step() {
        at.x += p.window.stride_width;
        if (++column < p.output.width) return;
        column = 0;
        at.x = -p.window.pad_left;
        at.y += p.window.stride_height;
        if (++row < p.output.height) return;
        row = 0;
        at.y = -p.window.pad_top;
        at.image += p.input.height * p.input.width * p.input.channels;
    }
};

template <int kPixels>
[[gnu::noinline]] void convolve(const Layer &layer, const ingot_io *io, uint32_t *pairs) {
    const ingot_conv2d_params &p = layer.p;
    const Widener widener(p);
    Walk walk(p, static_cast<const int8_t *>(io->input[0]));
    auto *output = static_cast<int8_t *>(io->output[0]);
    int32_t pixels = p.output.batches * p.output.height * p.output.width;
    for (; pixels > 0; pixels -= kPixels) {
        const Corner first = walk.at;
        // A last pixel without a neighbour is computed twice, and written twice to its place.
        const int32_t step = kPixels == 2 && pixels > 1 ? p.output.channels : 0;
        if (step > 0) walk.step();
        widener.widen<kPixels>(first, walk.at, pairs);
        walk.step();
        const Windows windows = {pairs, pairs + layer.pairs * kPixels, {output, step}};
        if (layer.form != kFast) {
            multiply_exactly(layer, windows, kPixels);
        } else if (kPixels == 2 && layer.pairs > kSumElementsMax / 2) {
            multiply_long_windows(layer, windows);
        } else {
            multiply_windows<kPixels>(layer, windows);
        }
        if (layer.form == kFast) clamp(p.stage, output, p.output.channels + step);
        output += p.output.channels + step;
    }
}

[[gnu::noinline]] void convolve_on_stack(const Layer &layer, const ingot_io *io) {
    uint32_t pairs[kStackPairs];
    if (layer.pairs <= kStackPairs / 2) {
        convolve<2>(layer, io, pairs);
    } else {
        convolve<1>(layer, io, pairs);
    }
}

bool meets_requirements(const ingot_conv2d_params &p) {
    return has_valid_window(p) && p.groups == 1 && is_int8(p.input_zero_point) && is_valid(p.stage);
}

ingot_status convolve_packed(const ingot_conv2d_params &p, const ingot_io *io, Form form) {
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const Layer layer = {p, form, runs_of(p).pairs(), static_cast<const uint32_t *>(p.weights) + 1};
    if (scratch_bytes(p) > 0 && io->scratch) {
        convolve<2>(layer, io, static_cast<uint32_t *>(io->scratch));
    } else if (layer.pairs <= kStackPairs) {
        convolve_on_stack(layer, io);
    } else {
        return INGOT_ERROR_SHAPE;
    }
    return INGOT_OK;
}

[[gnu::cold, gnu::noinline]] ingot_status convolve_plain(const ingot_conv2d_params &p,
                                                         const ingot_io *io) {
    return ingot::conv2d(p, io, static_cast<const int8_t *>(p.weights) + kFormBytes);
}

}  // namespace
}  // namespace ingot::armv7em

// Like the portable kernel, from weights that `pack` of conv2d.pack.h made.
// Returns INGOT_ERROR_SHAPE, having written nothing, also if weights are not packed, or if scratch
// is missing that the layer cannot do without.
ingot_status ingot_conv2d(const void *params, const ingot_io *io) {
    using namespace ingot;
    using namespace ingot::armv7em;
    const auto &p = *static_cast<const ingot_conv2d_params *>(params);
    if (!p.weights) return INGOT_ERROR_SHAPE;

    const uint32_t form = *static_cast<const uint32_t *>(p.weights);
    if (form == kPlain) return convolve_plain(p, io);
    if (form != kFast && form != kExact) return INGOT_ERROR_SHAPE;
    return convolve_packed(p, io, static_cast<Form>(form));
}
