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
};

// The largest magnitude that any input makes of a channel's accumulator.
template <class Params>
int64_t reach_of(const Params &p, int32_t c, const Filter &filter) {
    const int64_t above = 127 - p.input_zero_point;
    const int64_t below = p.input_zero_point + 128;
    int64_t sum = 0;
    for (int32_t i = 0; i < filter.count; ++i) {
        const int32_t weight = filter.weights[static_cast<int64_t>(i) * filter.step];
        sum += weight < 0 ? -weight : weight;
    }
    const int64_t bias = p.bias ? p.bias[c] : 0;
    return sum * (above > below ? above : below) + (bias < 0 ? -bias : bias);
}

// Makes a factor fit `requantize`, given the reach of its accumulators, without changing a result.
// Returns false if that cannot be.
inline bool make_fast(int64_t reach, ingot_factor &factor) {
    if (reach >= 1 << 30 || factor.multiplier < 0 || factor.shift >= 0) return false;
    const int64_t high = (reach * factor.multiplier + (1 << 30)) >> 31;
    if (high < static_cast<int64_t>(1) << (-factor.shift - 1)) {
        factor = {0, -1};  // Every result is zero.
    }
    return factor.shift >= -kRightShiftMax;
}

template <class Params>
ingot_factor factor_of(const Params &p, int32_t c) {
    const int32_t i = c * p.factors.stride;
    return {p.factors.multiplier[i], p.factors.shift[i]};
}

// `filter(c)` gives the weights of channel c.
template <class Params, class Function>
Form form_of(const Params &p, int32_t channels, const Function &filter) {
    if (p.stage.rounding != INGOT_ROUNDING_DOUBLE) return kExact;
    for (int32_t c = 0; c < channels; ++c) {
        ingot_factor factor = factor_of(p, c);
        if (!make_fast(reach_of(p, c, filter(c)), factor)) return kExact;
    }
    return kFast;
}

// The constants of channel c, whose bias has taken in the input's zero point where `fold` says so.
template <class Params>
Constants constants_of(const Params &p, Form form, int32_t c, const Filter &filter, bool fold) {
    auto bias = static_cast<uint32_t>(p.bias ? p.bias[c] : 0);
    for (int32_t i = 0; fold && i < filter.count; ++i) {
        bias -= static_cast<uint32_t>(filter.weights[static_cast<int64_t>(i) * filter.step] *
                                      p.input_zero_point);
    }
    ingot_factor factor = factor_of(p, c);
    if (form == kExact) return {static_cast<int32_t>(bias), factor.multiplier, factor.shift};
    make_fast(reach_of(p, c, filter), factor);
    return {static_cast<int32_t>(bias << 1), factor.multiplier,
            fast_shift(-factor.shift, p.stage.zero_point)};
}

inline void put_constants(const Constants &constants, uint8_t *target) {
    put_word(target, static_cast<uint32_t>(constants.bias));
    put_word(target + 4, static_cast<uint32_t>(constants.multiplier));
    put_word(target + 8, static_cast<uint32_t>(constants.shift));
}

}  // namespace ingot::armv7em

#endif
