// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How depthwise_conv2d of this ISA wants its constants: blocks of four channels, each with its
// weights tap by tap, widened to pairs of channels 0 and 2, then 1 and 3, and with its constants.

#ifndef INGOT_ARMV7EM_DEPTHWISE_CONV2D_PACK_H
#define INGOT_ARMV7EM_DEPTHWISE_CONV2D_PACK_H

#include "packed.h"

namespace ingot::armv7em {

constexpr int32_t kBlockChannels = 4;

constexpr bool is_blocked(const ingot_depthwise_conv2d_params &p) {
    return p.output.channels == p.input.channels && p.input.channels >= kBlockChannels;
}

constexpr int64_t scratch_bytes(const ingot_depthwise_conv2d_params &) { return 0; }
constexpr bool is_scratch_optional(const ingot_depthwise_conv2d_params &) { return true; }

// The output may lie over the input if it begins so many bytes before it: windows are taken to need
// the whole input.
constexpr int64_t overlap_lag_bytes(const ingot_depthwise_conv2d_params &p, Form) {
    return static_cast<int64_t>(p.output.batches) * p.output.height * p.output.width *
           p.output.channels;
}

constexpr int32_t taps_of(const ingot_depthwise_conv2d_params &p) {
    return p.window.height * p.window.width;
}

constexpr int32_t blocks_of(int32_t channels) {
    return (channels + kBlockChannels - 1) / kBlockChannels;
}

// The last block ends with the last channel; it may do channels of the one before once more.
constexpr int32_t first_channel(int32_t channels, int32_t block) {
    const int32_t first = block * kBlockChannels;
    return first + kBlockChannels <= channels ? first : channels - kBlockChannels;
}

constexpr int64_t block_bytes(int32_t taps) {
    return static_cast<int64_t>(kBlockChannels) * (2 * taps + 4 * kConstantsWords);
}

constexpr int64_t weights_bytes(const ingot_depthwise_conv2d_params &p) {
    const int64_t taps = taps_of(p);
    return kFormBytes + (is_blocked(p) ? blocks_of(p.output.channels) * block_bytes(taps_of(p))
                                       : taps * p.output.channels);
}

// Fast sums are doubled, which weights do for them.
inline void pack_block(const ingot_depthwise_conv2d_params &p, Form form, int32_t first,
                       uint8_t *target) {
    const auto *weights = static_cast<const int8_t *>(p.weights) + first;
    const int32_t taps = taps_of(p);
    const int32_t factor = form == kFast ? 2 : 1;
    for (int32_t tap = 0; tap < taps; ++tap, target += 8, weights += p.output.channels) {
        const auto pair = [&](int32_t low, int32_t high) {
            return (static_cast<uint32_t>(weights[low] * factor) & 0xffff) |
                   static_cast<uint32_t>(weights[high] * factor) << 16;
        };
        put_word(target, pair(0, 2));
        put_word(target + 4, pair(1, 3));
    }
}

// Packs the constants of a layer for the portable kernel. Requires params that it accepts.
inline Form pack(const ingot_depthwise_conv2d_params &p, uint8_t *target) {
    const auto *weights = static_cast<const int8_t *>(p.weights);
    const int32_t channels = p.output.channels;
    const int32_t taps = taps_of(p);
    if (!is_blocked(p)) {
        pack_plain(weights, static_cast<int64_t>(taps) * channels, target);
        return kPlain;
    }
    const auto channel = [&](int32_t c) {
        return channel_of(p, c, Filter{weights + c, taps, channels});
    };
    const Form form = form_of(p.stage, channels, channel);
    put_word(target, form);
    for (int32_t block = 0; block < blocks_of(channels); ++block) {
        const int32_t first = first_channel(channels, block);
        uint8_t *own = target + kFormBytes + block * block_bytes(taps);
        pack_block(p, form, first, own);
        for (int32_t i = 0; i < kBlockChannels; ++i) {
            put_constants(constants_of(p.stage, form, channel(first + i)),
                          own + 8 * taps + 4 * kConstantsWords * i);
        }
    }
    return form;
}

}  // namespace ingot::armv7em

#endif
