// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images of another size, each pixel a blend of the four around its position.

#include "ingot/kernels.h"
#include "window.h"

namespace {

constexpr int32_t kOne = 1024;  // One input row or column, as positions count them.

bool is_valid(const ingot_resize_bilinear_params &p) {
    return ingot::is_valid(p.input) && ingot::is_valid(p.output) &&
           p.output.batches == p.input.batches && p.output.channels == p.input.channels;
}

// A position between two neighbours, in elements. Right on the first one, the second is the first
// again: it has no weight there and may not exist.
struct Between {
    int32_t first, second;
    int32_t weight;  // Of the second, in 1 / kOne.
};

constexpr Between between(int32_t position, int32_t pitch) {
    const int32_t first = position / kOne * pitch;
    const int32_t weight = position % kOne;
    return {first, weight == 0 ? first : first + pitch, weight};
}

constexpr int32_t blend(int32_t first, int32_t second, int32_t weight) {
    return first * (kOne - weight) + second * weight;
}

constexpr int8_t round_blend(int32_t value, ingot_rounding rounding) {
    const int32_t rounded = rounding == INGOT_ROUNDING_SINGLE
                                ? (value + kOne * kOne / 2) >> 20
                                : ingot_shift_right_rounding(value, 20);
    return static_cast<int8_t>(rounded);
}

static_assert(round_blend(-kOne * kOne / 2, INGOT_ROUNDING_DOUBLE) == -1);
static_assert(round_blend(-kOne * kOne / 2, INGOT_ROUNDING_SINGLE) == 0);

}  // namespace

//   input   [batches][height][width][channels]
//   output  the same with another height and width
//
// Blends in 32 bits without loss (8 + 10 + 10 bits) and rounds once, at the end.
// Returns INGOT_ERROR_SHAPE if an extent is below 1 or batches or channels differ.
ingot_status ingot_resize_bilinear(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_resize_bilinear_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    const int32_t row_pitch = p.input.width * p.input.channels;
    const auto *image = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t batch = 0; batch < p.input.batches; ++batch, image += p.input.height * row_pitch) {
        for (int32_t y = 0; y < p.output.height; ++y) {
            const Between row = between(p.rows[y], row_pitch);
            const int8_t *upper = image + row.first;
            const int8_t *lower = image + row.second;
            for (int32_t x = 0; x < p.output.width; ++x) {
                const Between column = between(p.columns[x], p.input.channels);
                for (int32_t c = 0; c < p.input.channels; ++c) {
                    const int32_t left = column.first + c;
                    const int32_t right = column.second + c;
                    const int32_t top = blend(upper[left], upper[right], column.weight);
                    const int32_t bottom = blend(lower[left], lower[right], column.weight);
                    *output++ = round_blend(blend(top, bottom, row.weight), p.rounding);
                }
            }
        }
    }
    return INGOT_OK;
}
