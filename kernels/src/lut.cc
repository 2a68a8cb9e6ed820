// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Any function of one int8, from a table.

#include "ingot/kernels.h"

// The output may be the input.
// Returns INGOT_ERROR_SHAPE, having written nothing, if count is below 1 or there is no table.
ingot_status ingot_lut(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_lut_params *>(params);
    if (p.count < 1 || !p.table) return INGOT_ERROR_SHAPE;

    const auto *table = static_cast<const int8_t *>(p.table);
    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t i = 0; i < p.count; ++i) output[i] = table[input[i] + 128];
    return INGOT_OK;
}
