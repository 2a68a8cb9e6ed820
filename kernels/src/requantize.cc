// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to int8 of another scale or zero point.

#include "ingot/kernels.h"
#include "stage.h"

namespace {

bool is_valid(const ingot_requantize_params &p) {
    return p.count >= 1 && ingot::is_int8(p.input_zero_point) && ingot::is_valid(p.factor) &&
           ingot::is_valid(p.stage);
}

}  // namespace

// The output may be the input. Returns INGOT_ERROR_SHAPE if count is below 1, or a zero point, the
// factor or the stage is not valid.
ingot_status ingot_requantize(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_requantize_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t i = 0; i < p.count; ++i) {
        output[i] = ingot::finish(input[i] - p.input_zero_point, p.factor, p.stage);
    }
    return INGOT_OK;
}
