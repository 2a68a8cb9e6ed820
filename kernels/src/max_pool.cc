// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The largest value under each window.

#include "pool.h"

namespace ingot {
namespace {

// target[i] = the larger of target[i] and source[i].
void raise(const int8_t *source, int8_t *target, int32_t count) {
    for (int32_t i = 0; i < count; ++i) target[i] = source[i] > target[i] ? source[i] : target[i];
}

// Starts from the lower end of the clamp and stops at its upper end.
void largest(const ingot_max_pool_params &p, const Landing &at, int8_t *output) {
    const int32_t channels = p.input.channels;
    const auto low = static_cast<int8_t>(p.activation_min);
    const auto high = static_cast<int8_t>(p.activation_max);
    for (int32_t c = 0; c < channels; ++c) output[c] = low;
    for (int32_t row = at.rows.first; row < at.rows.last; ++row) {
        for (int32_t column = at.columns.first; column < at.columns.last; ++column) {
            raise(at.tap(row, column), output, channels);
        }
    }
    for (int32_t c = 0; c < channels; ++c) output[c] = output[c] < high ? output[c] : high;
}

}  // namespace
}  // namespace ingot

//   input   [batches][height][width][channels]
//   output  [batches][output height][output width][channels]
//
// Only taps inside the image count. Scale and zero point pass through.
// Returns INGOT_ERROR_SHAPE, having written nothing, if batches or channels differ, if a dilation
// is not 1, if a window misses the image, or if a number is outside the range that params.h gives.
ingot_status ingot_max_pool(const void *params, const ingot_io *io) {
    using namespace ingot;
    const auto &p = *static_cast<const ingot_max_pool_params *>(params);
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    for_each_window(p, io, [&](const Landing &at, int8_t *output) { largest(p, at, output); });
    return INGOT_OK;
}
