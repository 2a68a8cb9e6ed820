// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Register tiles: a few output channels of one or two pixels, summed in registers.

#ifndef INGOT_ARMV7EM_TILE_H
#define INGOT_ARMV7EM_TILE_H

#include "requantize.h"

namespace ingot::armv7em {

// Sums of two output channels, a and b, over one pixel or two.
template <int kPixels>
struct ChannelPair {
    int32_t a0 = 0, a1 = 0;        // Channel a, by pixel.
    int32_t both0 = 0, both1 = 0;  // 256 x channel b + channel a.

    // Adds two products to each sum.
    [[gnu::always_inline]] void add(uint32_t weights, uint32_t x0, uint32_t x1) {
        both0 = smlad(weights, x0, both0);
        if constexpr (kPixels == 2) both1 = smlad(weights, x1, both1);
        const uint32_t a = sxtb16(weights);
        a0 = smlad(a, x0, a0);
        if constexpr (kPixels == 2) a1 = smlad(a, x1, a1);
    }

    [[gnu::always_inline]] int32_t sum(int32_t channel, int32_t pixel) const {
        const int32_t a = pixel == 0 ? a0 : a1;
        const int32_t both = pixel == 0 ? both0 : both1;
        return channel == 0 ? a : (both - a) >> 8;
    }
    [[gnu::always_inline]] int32_t doubled(int32_t channel, int32_t pixel) const {
        const int32_t a = pixel == 0 ? a0 : a1;
        const int32_t both = pixel == 0 ? both0 : both1;
        return channel == 0 ? 2 * a : (both - a) >> 7;
    }
};

// The same sums, taken apart so that more can be added than 32 bits hold of both.
template <int kPixels>
struct ChannelTotals {
    int32_t a0 = 0, a1 = 0, b0 = 0, b1 = 0;

    void add(const ChannelPair<kPixels> &sums) {
        a0 = add_wrapping(a0, sums.sum(0, 0));
        b0 = add_wrapping(b0, sums.sum(1, 0));
        if constexpr (kPixels == 2) a1 = add_wrapping(a1, sums.sum(0, 1));
        if constexpr (kPixels == 2) b1 = add_wrapping(b1, sums.sum(1, 1));
    }
    int32_t sum(int32_t channel, int32_t pixel) const {
        return channel == 0 ? (pixel == 0 ? a0 : a1) : (pixel == 0 ? b0 : b1);
    }
    int32_t doubled(int32_t channel, int32_t pixel) const {
        return ingot_shift_left(sum(channel, pixel), 1);
    }
};

// The pixels of the output that a tile writes: one, or two that are `step` bytes apart.
struct Output {
    int8_t *bytes;
    int32_t step;
};

// The accumulator fits, doubled as it is; its parts may not, and wrap.
template <int kPixels, class Sums>
[[gnu::always_inline]] inline void finish_fast(const Sums &sums, int32_t channel,
                                               const Constants *constants, const Output &output) {
    const Constants own = constants[channel];
    output.bytes[channel] =
        requantize(add_wrapping(own.bias, sums.doubled(channel, 0)), own.multiplier, own.shift);
    if constexpr (kPixels == 2) {
        output.bytes[channel + output.step] =
            requantize(add_wrapping(own.bias, sums.doubled(channel, 1)), own.multiplier, own.shift);
    }
}

}  // namespace ingot::armv7em

#endif
