// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The average under each window.

#include "pool.h"

namespace ingot {
namespace {

constexpr int32_t kBlock = 16;  // Channels that are summed at a time.

// Channels first .. first + channels - 1 of one output pixel.
void average(const ingot_average_pool_params &p, const Landing &at, int32_t first, int32_t channels,
             int8_t *output) {
    int32_t sums[kBlock] = {};
    for (int32_t row = at.rows.first; row < at.rows.last; ++row) {
        for (int32_t column = at.columns.first; column < at.columns.last; ++column) {
            const int8_t *input = at.tap(row, column) + first;
            for (int32_t i = 0; i < channels; ++i) sums[i] += input[i];
        }
    }
    const int32_t taps = (at.rows.last - at.rows.first) * (at.columns.last - at.columns.first);
    for (int32_t i = 0; i < channels; ++i) {
        output[first + i] = static_cast<int8_t>(
            ingot_clamp(divide_rounding(sums[i], taps), p.activation_min, p.activation_max));
    }
}

}  // namespace
}  // namespace ingot

//   input   [batches][height][width][channels]
//   output  [batches][output height][output width][channels]
//
// Only taps inside the image count, in the sum and in the number it is divided by. Scale and zero
// point pass through.
// Returns INGOT_ERROR_SHAPE, having written nothing, if batches or channels differ, if a dilation
// is not 1, if a window misses the image, or if a number is outside the range that params.h gives.
ingot_status ingot_average_pool(const void *params, const ingot_io *io) {
    using namespace ingot;
    const auto &p = *static_cast<const ingot_average_pool_params *>(params);
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    for_each_window(p, io, [&](const Landing &at, int8_t *output) {
        for (int32_t first = 0; first < p.input.channels; first += kBlock) {
            const int32_t rest = p.input.channels - first;
            average(p, at, first, rest < kBlock ? rest : kBlock, output);
        }
    });
    return INGOT_OK;
}
