// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The average under each window, four channels at a time.

#include "../../src/pool.h"
#include "armv7em/dsp.h"

namespace ingot::armv7em {
namespace {

constexpr int32_t kBlockChannels = 4;
constexpr int32_t kTapsMax = 256;  // Their sum fits a half of a word.
static_assert(kTapsMax * -128 == INT16_MIN);

int32_t count(const Taps &taps) { return taps.last - taps.first; }

// Out of line: it would be unrolled.
[[gnu::noinline]] int8_t finish(const ingot_average_pool_params &p, const Landing &at,
                                int32_t sum) {
    const int32_t average = divide_rounding(sum, count(at.rows) * count(at.columns));
    return static_cast<int8_t>(ingot_clamp(average, p.activation_min, p.activation_max));
}

// Calls add(tap) for every tap inside the image, from the address of the first one on.
template <class Function>
[[gnu::always_inline]] inline void for_each_tap(const Landing &at, const int8_t *first,
                                                const Function &add) {
    const int32_t skip = at.row_stride - count(at.columns) * at.column_stride;
    for (int32_t rows = count(at.rows); rows > 0; --rows, first += skip) {
        for (int32_t left = count(at.columns); left > 0; --left, first += at.column_stride) {
            add(first);
        }
    }
}

[[gnu::noinline]] void average_block(const ingot_average_pool_params &p, const Landing &at,
                                     const int8_t *input, int8_t *output) {
    uint32_t even = 0, odd = 0;
    for_each_tap(at, input, [&](const int8_t *tap) {
        const uint32_t quad = load_word(tap);
        even = sxtab16(even, quad);
        odd = sxtab16_ror8(odd, quad);
    });
    output[0] = finish(p, at, static_cast<int16_t>(even));
    output[1] = finish(p, at, static_cast<int16_t>(odd));
    output[2] = finish(p, at, static_cast<int16_t>(even >> 16));
    output[3] = finish(p, at, static_cast<int16_t>(odd >> 16));
}

// One channel, where there are fewer than a block, or more taps than its sums bear.
[[gnu::cold, gnu::noinline]] int8_t average_channel(const ingot_average_pool_params &p,
                                                    const Landing &at, const int8_t *input) {
    int32_t sum = 0;
    for_each_tap(at, input, [&](const int8_t *tap) { sum += *tap; });
    return finish(p, at, sum);
}

// One pixel. The last block may do channels of the one before once more.
void average(const ingot_average_pool_params &p, const Landing &at, int8_t *output) {
    const int8_t *input = at.tap(at.rows.first, at.columns.first);
    const int32_t channels = p.input.channels;
    if (channels < kBlockChannels || count(at.rows) * count(at.columns) > kTapsMax) {
        for (int32_t c = 0; c < channels; ++c) output[c] = average_channel(p, at, input + c);
        return;
    }
    const int32_t last = channels - kBlockChannels;
    for (int32_t c = 0; c < last; c += kBlockChannels) average_block(p, at, input + c, output + c);
    average_block(p, at, input + last, output + last);
}

}  // namespace
}  // namespace ingot::armv7em

// Like the portable kernel.
ingot_status ingot_average_pool(const void *params, const ingot_io *io) {
    using namespace ingot;
    const auto &p = *static_cast<const ingot_average_pool_params *>(params);
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    for_each_window(p, io,
                    [&](const Landing &at, int8_t *output) { armv7em::average(p, at, output); });
    return INGOT_OK;
}
