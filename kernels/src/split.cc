// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor cut into several along one axis.

#include "copy.h"
#include "ingot/kernels.h"

namespace {

bool is_valid(const ingot_split_params &p) {
    if (p.count < 1 || p.count > INGOT_OUTPUTS_MAX || p.outer < 1) return false;
    for (int32_t i = 0; i < p.count; ++i) {
        if (p.run_bytes[i] < 1) return false;
    }
    return true;
}

}  // namespace

//   input     [outer][sum of run_bytes]
//   output k  [outer][run_bytes[k]]
//
// Returns INGOT_ERROR_SHAPE if there are too few or too many outputs or an extent is below 1.
ingot_status ingot_split(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_split_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    const auto *source = static_cast<const uint8_t *>(io->input[0]);
    for (int32_t outer = 0; outer < p.outer; ++outer) {
        for (int32_t i = 0; i < p.count; source += p.run_bytes[i++]) {
            auto *target = static_cast<uint8_t *>(io->output[i]);
            ingot::copy(source, target + outer * p.run_bytes[i], p.run_bytes[i]);
        }
    }
    return INGOT_OK;
}
