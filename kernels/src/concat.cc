// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors joined along one axis.

#include "copy.h"
#include "ingot/kernels.h"

namespace {

bool is_valid(const ingot_concat_params &p) {
    if (p.count < 1 || p.count > INGOT_INPUTS_MAX || p.outer < 1) return false;
    for (int32_t i = 0; i < p.count; ++i) {
        if (p.run_bytes[i] < 1) return false;
    }
    return true;
}

}  // namespace

//   input k  [outer][run_bytes[k]]
//   output   [outer][sum of run_bytes]
//
// Returns INGOT_ERROR_SHAPE if there are too few or too many inputs or an extent is below 1.
ingot_status ingot_concat(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_concat_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    auto *target = static_cast<uint8_t *>(io->output[0]);
    for (int32_t outer = 0; outer < p.outer; ++outer) {
        for (int32_t i = 0; i < p.count; ++i) {
            const auto *source = static_cast<const uint8_t *>(io->input[i]);
            target = ingot::copy(source + outer * p.run_bytes[i], target, p.run_bytes[i]);
        }
    }
    return INGOT_OK;
}
