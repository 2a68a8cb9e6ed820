// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How fully_connected of this ISA wants its constants: the form, one factor or one for each output,
// then tiles with a bias for each output.

#ifndef INGOT_ARMV7EM_FULLY_CONNECTED_PACK_H
#define INGOT_ARMV7EM_FULLY_CONNECTED_PACK_H

#include "packed.h"

namespace ingot::armv7em {

// A zero point of the weights would take a sum of the inputs in every row.
constexpr bool is_tiled(const ingot_fully_connected_params &p) { return p.weights_zero_point == 0; }

constexpr int64_t scratch_bytes(const ingot_fully_connected_params &) { return 0; }
constexpr bool is_scratch_optional(const ingot_fully_connected_params &) { return true; }

// The output may lie over the input if it begins so many bytes before it: every output of a row
// needs the whole row.
constexpr int64_t overlap_lag_bytes(const ingot_fully_connected_params &p, Form) {
    const int64_t growth = p.outputs > p.inputs ? p.outputs - p.inputs : 0;
    return p.rows * growth + p.outputs;
}

constexpr int32_t kStep = 8;  // Inputs that are taken at a time.
constexpr int32_t kOutputTileChannels = 8;

constexpr TileLayout layout_of(const ingot_fully_connected_params &p) {
    return {.channels = p.outputs,
            .tile_channels = kOutputTileChannels,
            .elements = p.inputs,
            .pairs = (p.inputs + kStep - 1) / kStep * (kStep / 2),
            .constants = 1};
}

constexpr int32_t kFactorWords = 2;

constexpr int64_t factors_bytes(const ingot_fully_connected_params &p) {
    return 4 * kFactorWords * (p.factors.stride == 0 ? 1 : static_cast<int64_t>(p.outputs));
}

constexpr int64_t weights_bytes(const ingot_fully_connected_params &p) {
    const int64_t plain = static_cast<int64_t>(p.outputs) * p.inputs;
    const int64_t tiles = factors_bytes(p) + 4 * layout_of(p).words();
    return kFormBytes + (is_tiled(p) ? tiles : plain);
}

inline Filter filter_of(const ingot_fully_connected_params &p, int32_t c) {
    const auto *weights = static_cast<const int8_t *>(p.weights);
    return {weights + static_cast<int64_t>(c) * p.inputs, p.inputs, 1};
}

// An output of those that share a factor. A constant one can have no factor of its own, but its
// bias may do as well short of where the short way of finishing ends.
inline Channel sharing_channel(const ingot_fully_connected_params &p, int32_t c) {
    Channel channel = channel_of(p, c, filter_of(p, c));
    constexpr int32_t kReachMax = (1 << 30) - 1;
    const int32_t bias = ingot_clamp(channel.bias, -kReachMax, kReachMax);
    const bool is_same =
        finish(bias, channel.factor, p.stage) == finish(channel.bias, channel.factor, p.stage);
    if (channel.low == channel.high && is_same) channel.low = channel.high = channel.bias = bias;
    return channel;
}

// Outputs that share a factor are finished alike: each counts as reaching as far as any of them.
struct Channels {
    const ingot_fully_connected_params &p;
    int64_t low = 0, high = 0;

    explicit Channels(const ingot_fully_connected_params &params) : p(params) {
        for (int32_t c = 0; c < p.outputs && p.factors.stride == 0; ++c) {
            const Channel own = sharing_channel(p, c);
            low = own.low < low ? own.low : low;
            high = own.high > high ? own.high : high;
        }
    }
    Channel at(int32_t c) const {
        if (p.factors.stride == 1) return channel_of(p, c, filter_of(p, c));
        const Channel own = sharing_channel(p, c);
        return {low, high, own.bias, own.factor};
    }
};

// Packs the constants of a layer for the portable kernel. Requires params that it accepts.
inline Form pack(const ingot_fully_connected_params &p, uint8_t *target) {
    const auto *weights = static_cast<const int8_t *>(p.weights);
    const TileLayout layout = layout_of(p);
    uint8_t *factors = target + kFormBytes;
    uint8_t *tiles = factors + factors_bytes(p);
    if (!is_tiled(p) || !pack_tiles(layout, weights, place_in_quads, tiles)) {
        pack_plain(weights, static_cast<int64_t>(p.outputs) * p.inputs, target);
        return kPlain;
    }
    const Channels channels(p);
    const auto channel = [&](int32_t c) { return channels.at(c); };
    const Form form = form_of(p.stage, p.outputs, channel);
    put_word(target, form);
    for (int32_t c = 0; c < p.outputs; ++c) {
        Channel own = channel(c);
        own.bias = folded_bias(own.bias, filter_of(p, c), p.input_zero_point);
        const Constants constants = constants_of(p.stage, form, own);
        uint8_t *factor = factors + 4 * kFactorWords * c * p.factors.stride;
        put_word(tiles + layout.constants_byte(c), static_cast<uint32_t>(constants.bias));
        put_word(factor, static_cast<uint32_t>(constants.multiplier));
        put_word(factor + 4, static_cast<uint32_t>(constants.shift));
    }
    return form;
}

}  // namespace ingot::armv7em

#endif
