// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to floats. One of the two kernels that compute in float.

#include "ingot/kernels.h"
#include "stage.h"

// output = (input - zero_point) x scale. The difference is exact in float, so the product is
// rounded once: the same float that the reference kernels reach by way of double.
// Returns INGOT_ERROR_SHAPE unless count >= 1, scale > 0 and zero_point is in -128..127.
ingot_status ingot_dequantize(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_dequantize_params *>(params);
    if (p.count < 1 || !(p.scale > 0) || !ingot::is_int8(p.zero_point)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<float *>(io->output[0]);
    for (int32_t i = 0; i < p.count; ++i) {
        output[i] = static_cast<float>(input[i] - p.zero_point) * p.scale;
    }
    return INGOT_OK;
}
