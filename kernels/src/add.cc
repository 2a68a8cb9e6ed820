// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The sum of two inputs, element by element.

#include "sum.h"

// Both inputs are brought to a common scale with left_shift bits to spare, added, and scaled to the
// output: three roundings. The output may be an input that is not repeated.
// Returns INGOT_ERROR_SHAPE if the broadcast, a factor above 1 for an input, a zero point, a
// left_shift outside 0..20 or the stage is not valid.
ingot_status ingot_add(const void *params, const ingot_io *io) {
    return ingot::sum<1>(*static_cast<const ingot_add_params *>(params), io);
}
