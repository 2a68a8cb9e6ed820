// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How conv2d of this ISA wants its constants, and the memory it needs.
//
// A window is gathered as runs of bytes that touch in memory: its rows, or its taps where it is
// dilated. The whole quads of all runs come first, then what is left over of each run.

#ifndef INGOT_ARMV7EM_CONV2D_PACK_H
#define INGOT_ARMV7EM_CONV2D_PACK_H

#include "packed.h"

namespace ingot::armv7em {

struct Runs {
    int32_t count, bytes;  // Bytes of one run.

    constexpr int32_t quads() const { return bytes / 4; }
    constexpr int32_t rest() const { return bytes % 4; }
    constexpr int32_t quad_pairs() const { return count * quads() * 2; }
    // Even, so that tiles can take two at a time.
    constexpr int32_t pairs() const { return quad_pairs() + (count * rest() + 3) / 4 * 2; }
    constexpr Place place(int32_t element) const {
        const int32_t run = element / bytes;
        const int32_t i = element % bytes;
        if (i < 4 * quads()) return place_in_quads(run * quads() * 4 + i);
        const int32_t left_over = run * rest() + i - 4 * quads();
        return {quad_pairs() + left_over / 2, left_over % 2};
    }
};

constexpr Runs runs_of(const ingot_conv2d_params &p) {
    const ingot_window &window = p.window;
    if (window.dilation_width == 1 || window.width == 1) {
        return {window.height, window.width * p.input.channels};
    }
    return {window.height * window.width, p.input.channels};
}

// Room for pairs on the stack. Even, so that pieces of a window are whole quads of elements.
constexpr int32_t kStackPairs = 36;

constexpr bool is_tiled(const ingot_conv2d_params &p) { return p.groups == 1; }

// The windows of two pixels are widened to pairs.
constexpr int64_t scratch_bytes(const ingot_conv2d_params &p) {
    return is_tiled(p) ? 2 * 4 * static_cast<int64_t>(runs_of(p).pairs()) : 0;
}

// Without scratch, windows are widened to the end of the output, as long as that lies idle; then on
// the stack, which is slower.
constexpr bool is_scratch_optional(const ingot_conv2d_params &) { return true; }

constexpr int64_t filter_elements(const ingot_conv2d_params &p) {
    return static_cast<int64_t>(p.window.height) * p.window.width * (p.input.channels / p.groups);
}

// With scratch, the output may lie over the input if it begins so many bytes before it. Pixel by
// pixel, a pixel is read before it is written; windows are taken to need the whole input. Without
// scratch, and in all forms but the fast one, the two must lie apart.
constexpr int64_t overlap_lag_bytes(const ingot_conv2d_params &p, Form form) {
    const ingot_window &window = p.window;
    const int64_t pixels =
        static_cast<int64_t>(p.output.batches) * p.output.height * p.output.width;
    const bool is_pointwise = window.height == 1 && window.width == 1 &&
                              window.stride_height == 1 && window.stride_width == 1 &&
                              window.pad_top == 0 && window.pad_left == 0;
    if (form != kFast || !is_pointwise) return pixels * p.output.channels;
    const int64_t growth = p.output.channels - p.input.channels;
    return growth > 0 ? growth * pixels : 0;
}

constexpr int32_t kConvTileChannels = 4;

constexpr TileLayout layout_of(const ingot_conv2d_params &p) {
    return {.channels = p.output.channels,
            .tile_channels = kConvTileChannels,
            .elements = static_cast<int32_t>(filter_elements(p)),
            .pairs = runs_of(p).pairs(),
            .constants = kConstantsWords};
}

// Room for either form: tiles are never smaller than plain weights.
constexpr int64_t weights_bytes(const ingot_conv2d_params &p) {
    return kFormBytes +
           (is_tiled(p) ? 4 * layout_of(p).words() : p.output.channels * filter_elements(p));
}

// Packs the constants of a layer for the portable kernel. Requires params that it accepts.
inline Form pack(const ingot_conv2d_params &p, uint8_t *target) {
    const auto *weights = static_cast<const int8_t *>(p.weights);
    const TileLayout layout = layout_of(p);
    const auto place = [runs = runs_of(p)](int32_t element) { return runs.place(element); };
    if (!is_tiled(p) || !pack_tiles(layout, weights, place, target + kFormBytes)) {
        pack_plain(weights, p.output.channels * filter_elements(p), target);
        return kPlain;
    }
    const auto filter = [&](int32_t c) {
        return Filter{weights + static_cast<int64_t>(c) * layout.elements, layout.elements, 1};
    };
    const auto channel = [&](int32_t c) { return channel_of(p, c, filter(c)); };
    const Form form = form_of(p.stage, layout.channels, channel);
    put_word(target, form);
    for (int32_t c = 0; c < layout.channels; ++c) {
        Channel own = channel(c);
        own.bias = folded_bias(own.bias, filter(c), p.input_zero_point);
        put_constants(constants_of(p.stage, form, own),
                      target + kFormBytes + layout.constants_byte(c));
    }
    return form;
}

}  // namespace ingot::armv7em

#endif
