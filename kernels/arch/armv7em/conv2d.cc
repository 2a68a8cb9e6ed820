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
    Widener widener;
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

// ---- Walking the output ------------------------------------------------------------------------

// Pixels of the output in order, across rows and batches.
struct Walk {
    Corner at;
    int8_t *output;
    int32_t column = 0, row = 0;

    Walk(const ingot_conv2d_params &p, const ingot_io *io)
        : at{static_cast<const int8_t *>(io->input[0]), -p.window.pad_top, -p.window.pad_left},
          output(static_cast<int8_t *>(io->output[0])) {}

    void step(const ingot_conv2d_params &p) {
        output += p.output.channels;
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

// From there on to the end of a pixel, with room for the pairs of kPixels windows.
template <int kPixels>
[[gnu::noinline]] void convolve(const Layer &layer, Walk &whole, const int8_t *end,
                                uint32_t *pairs) {
    const ingot_conv2d_params &p = layer.p;
    Walk walk = whole;  // For the registers' sake.
    while (walk.output != end) {
        const Corner first = walk.at;
        Output output = {walk.output, 0};
        // A last pixel without a neighbour is computed twice, and written twice to its place.
        if (kPixels == 2 && walk.output + p.output.channels != end) {
            walk.step(p);
            output.step = p.output.channels;
        }
        layer.widener.widen<kPixels>(first, walk.at, pairs);
        walk.step(p);
        const Windows windows = {pairs, pairs + layer.pairs * kPixels, output};
        if (kPixels == 2 && layer.pairs > kSumElementsMax / 2) {
            multiply_long_windows(layer, windows);
        } else {
            multiply_windows<kPixels>(layer, windows);
        }
        clamp(p.stage, output.bytes, p.output.channels + output.step);
    }
    whole = walk;
}

// Widens to the end of the output, which lies idle until the last pixels are written.
template <int kPixels>
void convolve_with_tail(const Layer &layer, Walk &walk, const int8_t *end) {
    const int32_t channels = layer.p.output.channels;
    const auto room = static_cast<uintptr_t>(4 * kPixels * layer.pairs);
    const auto begin = reinterpret_cast<uintptr_t>(walk.output);
    const auto last = reinterpret_cast<uintptr_t>(end);
    if (last - begin < room + 4) return;
    const uintptr_t tail = (last - room) & ~uintptr_t{3};
    const int32_t pixels = static_cast<int32_t>(tail - begin) / channels & -kPixels;
    convolve<kPixels>(layer, walk, walk.output + pixels * channels,
                      reinterpret_cast<uint32_t *>(tail));
}

// ---- In pieces ---------------------------------------------------------------------------------

// Adds the products of one pair of channels of one pixel; its words lie `words` apart.
void multiply_slowly(const uint32_t *weights, int32_t words, const uint32_t *x, int32_t pairs,
                     int32_t *totals) {
    ChannelPair<1> sums;
    for (const uint32_t *end = x + pairs; x != end; ++x, weights += words) {
        sums.add(*weights, *x, 0);
    }
    totals[0] = add_wrapping(totals[0], sums.sum(0, 0));
    totals[1] = add_wrapping(totals[1], sums.sum(1, 0));
}

int8_t finish_one(const Layer &layer, int32_t sum, const Constants &constants) {
    const auto [bias, multiplier, shift] = constants;
    if (layer.form == kExact) {
        return finish_exactly(add_wrapping(sum, bias), multiplier, shift, layer.p.stage);
    }
    return requantize(add_wrapping(bias, ingot_shift_left(sum, 1)), multiplier, shift);
}

// One pixel with room for a part of its window, or of a layer that cannot be finished the fast way.
[[gnu::noinline, gnu::cold]] void convolve_in_pieces(const Layer &layer, const Walk &walk,
                                                     uint32_t *pairs) {
    const int32_t channels = layer.p.output.channels;
    const uint32_t *weights = layer.tiles;
    for (Tile tile = {}; tile.first < channels; tile.first += tile.channels) {
        tile = tile_of(channels, kConvTileChannels, tile.first);
        const int32_t words = tile.channels / 2;
        int32_t totals[kConvTileChannels] = {};
        for (int32_t first = 0; first < layer.pairs; first += kStackPairs) {
            const int32_t left = layer.pairs - first;
            const int32_t count = left < kStackPairs ? left : kStackPairs;
            if (tile.first == 0 || layer.pairs > kStackPairs) {
                layer.widener.widen_piece(walk.at, first, count, pairs);
            }
            for (int32_t i = 0; i < words; ++i) {
                multiply_slowly(weights + i, words, pairs, count, totals + 2 * i);
            }
            weights += words * count;
        }
        const auto *constants = reinterpret_cast<const Constants *>(weights);
        for (int32_t i = 0; i < tile.channels && tile.first + i < channels; ++i) {
            walk.output[tile.first + i] = finish_one(layer, totals[i], constants[i]);
        }
        weights = reinterpret_cast<const uint32_t *>(constants + tile.channels);
    }
    if (layer.form == kFast) clamp(layer.p.stage, walk.output, channels);
}

[[gnu::noinline]] void convolve_on_stack(const Layer &layer, Walk &walk, const int8_t *end) {
    uint32_t pairs[kStackPairs];
    if (layer.form == kFast && layer.pairs <= kStackPairs) {
        convolve<1>(layer, walk, end, pairs);
    }
    for (; walk.output != end; walk.step(layer.p)) convolve_in_pieces(layer, walk, pairs);
}

bool meets_requirements(const ingot_conv2d_params &p) {
    return has_valid_window(p) && p.groups == 1 && is_int8(p.input_zero_point) && is_valid(p.stage);
}

ingot_status convolve_packed(const ingot_conv2d_params &p, const ingot_io *io, Form form) {
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const Layer layer = {p, form, runs_of(p).pairs(), static_cast<const uint32_t *>(p.weights) + 1,
                         Widener(p)};
    Walk walk(p, io);
    const int32_t pixels = p.output.batches * p.output.height * p.output.width;
    const int8_t *end = walk.output + pixels * p.output.channels;
    if (form == kFast && io->scratch) {
        convolve<2>(layer, walk, end, static_cast<uint32_t *>(io->scratch));
    } else if (form == kFast) {
        convolve_with_tail<2>(layer, walk, end);
        if (layer.pairs <= kSumElementsMax / 2) convolve_with_tail<1>(layer, walk, end);
    }
    convolve_on_stack(layer, walk, end);
    return INGOT_OK;
}

[[gnu::cold, gnu::noinline]] ingot_status convolve_plain(const ingot_conv2d_params &p,
                                                         const ingot_io *io) {
    return ingot::conv2d(p, io, static_cast<const int8_t *>(p.weights) + kFormBytes);
}

}  // namespace
}  // namespace ingot::armv7em

// Like the portable kernel, from weights that `pack` of conv2d.pack.h made.
// Returns INGOT_ERROR_SHAPE, having written nothing, also if weights are not packed.
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
