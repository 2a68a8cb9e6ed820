// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the packed layouts of this ISA share. The pack headers build on it; pack functions run on
// the host when code is generated, and the kernels read what they wrote.
//
// Packed weights are words. In all forms but the plain one they hold the bias and the factors too,
// so that a kernel reads its constants front to back.

#ifndef INGOT_ARMV7EM_PACKED_H
#define INGOT_ARMV7EM_PACKED_H

#include "../../src/weights.h"
#include "../form.h"

namespace ingot::armv7em {

inline void put_word(uint8_t *target, uint32_t word) {
    for (int i = 0; i < 4; ++i) target[i] = static_cast<uint8_t>(word >> (8 * i));
}

inline void pack_plain(const void *weights, int64_t count, uint8_t *target) {
    put_word(target, kPlain);
    for (int64_t i = 0; i < count; ++i) {
        target[kFormBytes + i] = static_cast<const uint8_t *>(weights)[i];
    }
}

// ---- Tiles -------------------------------------------------------------------------------------
//
// Two output channels share the bytes of a word: the weights of channel a lie in its even bytes,
// those of channel b in its odd ones. One multiply of the whole word then sums 256 x b + a, and one
// of its even bytes alone sums a; the difference is 256 x b. So of four weights only two are ever
// taken apart. Channels come in tiles, as many at a time as a kernel sums in registers, and those
// that do not fill one in tiles of two.

// 256 x b keeps within 32 bits while b is below 2^23: a sum of so many products of int8.
constexpr int32_t kSumElementsMax = 508;
static_assert(kSumElementsMax * 128 * 128 < 1 << 23);

// Where an element of a filter lies: in which pair of its channel, and in which half of it.
struct Place {
    int32_t pair, half;
};

// Four neighbouring elements, loaded as a word, come apart as bytes 0 and 2, then 1 and 3.
constexpr Place place_in_quads(int32_t element) {
    return {element / 4 * 2 + element % 2, element % 4 / 2};
}

// Which tile a channel is in. The words of its pairs are `channels / 2` apart.
struct Tile {
    int32_t first, channels;
};

constexpr Tile tile_of(int32_t channels, int32_t tile_channels, int32_t c) {
    const int32_t first = c / tile_channels * tile_channels;
    if (first + tile_channels <= channels) return {first, tile_channels};
    return {c / 2 * 2, 2};
}

// A tile's weights, then `constants` words for each of its channels.
struct TileLayout {
    int32_t channels, tile_channels, elements, pairs, constants;

    constexpr int64_t words() const {
        return static_cast<int64_t>(channels + 1) / 2 * (pairs + 2 * constants);
    }
    constexpr int64_t start(const Tile &tile) const {
        return static_cast<int64_t>(tile.first) / 2 * (pairs + 2 * constants);
    }
    constexpr int64_t weight_byte(int32_t c, const Place &at) const {
        const Tile tile = tile_of(channels, tile_channels, c);
        const int64_t word = at.pair * (tile.channels / 2) + (c - tile.first) / 2;
        return 4 * (start(tile) + word) + 2 * at.half + c % 2;
    }
    constexpr int64_t constants_byte(int32_t c) const {
        const Tile tile = tile_of(channels, tile_channels, c);
        const int64_t word = static_cast<int64_t>(tile.channels) / 2 * pairs;
        return 4 * (start(tile) + word + (c - tile.first) * constants);
    }
};

// Packs weights [channels][elements]; place(element) says where. Constants are left 0. Returns
// false if weights cannot be packed so: a half is 256 x b + a, and b one less where a is negative.
template <class Function>
bool pack_tiles(const TileLayout &layout, const int8_t *weights, const Function &place,
                uint8_t *target) {
    for (int64_t i = 0; i < 4 * layout.words(); ++i) target[i] = 0;
    for (int32_t c = 0; c < layout.channels; c += 2) {
        const bool has_b = c + 1 < layout.channels;
        const int8_t *a = weights + static_cast<int64_t>(c) * layout.elements;
        for (int32_t i = 0; i < layout.elements; ++i) {
            const int32_t b = (has_b ? a[layout.elements + i] : 0) - (a[i] < 0 ? 1 : 0);
            if (b < -128) return false;
            uint8_t *half = target + layout.weight_byte(c, place(i));
            half[0] = static_cast<uint8_t>(a[i]);
            half[1] = static_cast<uint8_t>(b);
        }
    }
    return true;
}

// ---- Bias and factors --------------------------------------------------------------------------

// What turns a channel's sum into its int8.
struct Constants {
    int32_t bias;  // kFast: doubled.
    int32_t multiplier;
    int32_t shift;  // kFast: fast_shift of it.
};

constexpr int32_t kConstantsWords = 3;
constexpr int32_t kRightShiftMax = 16;

// kFast: how far to shift right, in the lowest byte, and above it what to add before: half a step
// and the output's zero point. 24 bits hold it.
constexpr int32_t fast_shift(int32_t right, int32_t zero_point) {
    return ingot_shift_left(2 * zero_point + 1, right - 1 + 8) + right;
}
static_assert(fast_shift(kRightShiftMax, -128) >> 8 == -255 << 15);
static_assert(fast_shift(kRightShiftMax, 127) >> 8 == 255 << 15);

// The weights of one channel.
struct Filter {
    const int8_t *weights;
    int32_t count, step;

    int32_t weight(int32_t i) const { return weights[static_cast<int64_t>(i) * step]; }
};

// How a channel is finished, and between what inputs can take its accumulator.
struct Channel {
    int64_t low, high;
    int32_t bias;
    ingot_factor factor;
};

template <class Params>
Channel channel_of(const Params &p, int32_t c, const Filter &filter) {
    const int32_t above = 127 - p.input_zero_point;
    const int32_t below = -128 - p.input_zero_point;
    const int32_t bias = p.bias ? p.bias[c] : 0;
    const int32_t i = c * p.factors.stride;
    Channel channel = {bias, bias, bias, {p.factors.multiplier[i], p.factors.shift[i]}};
    for (int32_t k = 0; k < filter.count; ++k) {
        const int32_t weight = filter.weight(k);
        channel.low += weight * (weight < 0 ? above : below);
        channel.high += weight * (weight < 0 ? below : above);
    }
    return channel;
}

inline int32_t result_of(const Channel &channel, const ingot_output_stage &stage, int64_t sum) {
    return finish(static_cast<int32_t>(sum), channel.factor, stage);
}

// How many results a channel has besides its least one, as far as its ends tell: results rise with
// accumulators unless these wrap. Pruning leaves channels, whose weights are zero or next to
// nothing, with biases and shifts that could not be finished the short way.
inline int32_t steps_of(const Channel &channel, const ingot_output_stage &stage) {
    if (channel.low == channel.high) return 0;
    const bool may_wrap =
        channel.low < INT32_MIN || channel.high > INT32_MAX || channel.factor.shift > 0;
    if (may_wrap) return 255;  // As many as there can be.
    return result_of(channel, stage, channel.high) - result_of(channel, stage, channel.low);
}

inline bool is_constant(const Channel &channel, const ingot_output_stage &stage) {
    return steps_of(channel, stage) == 0;
}

// What is taken off an accumulator lets `requantize` tell its sign, rounded to 2^15.
constexpr int32_t kStepHalf = 1 << 14;

inline bool is_step(const Channel &channel, const ingot_output_stage &stage) {
    return steps_of(channel, stage) == 1 && channel.high - channel.low < (1 << 30) - kStepHalf;
}

// The least accumulator of a step's upper side.
inline int64_t threshold_of(const Channel &channel, const ingot_output_stage &stage) {
    const int32_t upper = result_of(channel, stage, channel.high);
    int64_t low = channel.low;  // Of the lower side.
    int64_t high = channel.high;
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        (result_of(channel, stage, middle) == upper ? high : low) = middle;
    }
    return high;
}

// Whether `requantize` is exact for a channel's factor.
inline bool is_provable(const Channel &channel) {
    constexpr int64_t kEnd = 1 << 30;
    return channel.low > -kEnd && channel.high < kEnd && channel.factor.multiplier >= 0 &&
           channel.factor.shift < 0 && channel.factor.shift >= -kRightShiftMax;
}

// `channel(c)` gives channel c.
template <class Function>
Form form_of(const ingot_output_stage &stage, int32_t channels, const Function &channel) {
    if (stage.rounding != INGOT_ROUNDING_DOUBLE) return kExact;
    for (int32_t c = 0; c < channels; ++c) {
        const Channel own = channel(c);
        if (!is_constant(own, stage) && !is_provable(own) && !is_step(own, stage)) return kExact;
    }
    return kFast;
}

// The bias of a kernel that multiplies inputs as they are: it takes in their zero point.
inline int32_t folded_bias(int32_t bias, const Filter &filter, int32_t input_zero_point) {
    auto folded = static_cast<uint32_t>(bias);
    for (int32_t i = 0; i < filter.count; ++i) {
        folded -= static_cast<uint32_t>(filter.weight(i) * input_zero_point);
    }
    return static_cast<int32_t>(folded);
}

// A constant takes the place of the output's zero point; a factor of zero leaves nothing else.
inline Constants constant(const ingot_output_stage &stage, const Channel &channel) {
    return {0, 0, fast_shift(1, result_of(channel, stage, channel.low))};
}

// Accumulators are counted from the threshold: those below it are at least one less than zero when
// they have been scaled, and 16 bits to the right all of them are one.
inline Constants step(const ingot_output_stage &stage, const Channel &channel) {
    const int64_t bias = channel.bias - threshold_of(channel, stage) - kStepHalf;
    const int32_t upper = result_of(channel, stage, channel.high);
    return {ingot_shift_left(static_cast<int32_t>(bias), 1), 1 << 16,
            ingot_shift_left(upper, 16 + 8) + 16};
}

inline Constants constants_of(const ingot_output_stage &stage, Form form, const Channel &channel) {
    const ingot_factor &factor = channel.factor;
    if (form == kExact) return {channel.bias, factor.multiplier, factor.shift};
    if (is_constant(channel, stage)) return constant(stage, channel);
    if (!is_provable(channel)) return step(stage, channel);
    return {ingot_shift_left(channel.bias, 1), factor.multiplier,
            fast_shift(-factor.shift, stage.zero_point)};
}

inline void put_constants(const Constants &constants, uint8_t *target) {
    put_word(target, static_cast<uint32_t>(constants.bias));
    put_word(target + 4, static_cast<uint32_t>(constants.multiplier));
    put_word(target + 8, static_cast<uint32_t>(constants.shift));
}

}  // namespace ingot::armv7em

#endif
