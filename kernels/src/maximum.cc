// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The larger of two inputs, element by element.

#include "elementwise.h"

// Scale and zero point pass through, so that order among values is order among integers.
// Returns INGOT_ERROR_SHAPE if the broadcast is not valid. The output may be an input.
ingot_status ingot_maximum(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_maximum_params *>(params);
    if (!ingot::is_valid(p.shape)) return INGOT_ERROR_SHAPE;

    ingot::combine(p.shape, io, [](int8_t a, int8_t b) { return a > b ? a : b; });
    return INGOT_OK;
}
