// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Where the largest element lies along one axis.

#include "ingot/kernels.h"

namespace {

// Index of the first of the largest elements; `step` elements lie between neighbours.
int32_t first_largest(const int8_t *values, int32_t count, int32_t step) {
    int32_t best = 0;
    for (int32_t i = 1; i < count; ++i) {
        if (values[i * step] > values[best * step]) best = i;
    }
    return best;
}

template <class Index>
void write_indices(const ingot_arg_max_params &p, const int8_t *input, Index *output) {
    for (int32_t outer = 0; outer < p.outer; ++outer, input += p.axis * p.inner) {
        for (int32_t inner = 0; inner < p.inner; ++inner) {
            *output++ = first_largest(input + inner, p.axis, p.inner);
        }
    }
}

}  // namespace

//   input   [outer][axis][inner]
//   output  [outer][inner], indices along the axis
//
// Returns INGOT_ERROR_SHAPE if an extent is below 1 or an index is not of 4 or 8 bytes.
ingot_status ingot_arg_max(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_arg_max_params *>(params);
    if (p.outer < 1 || p.axis < 1 || p.inner < 1) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    switch (p.output_bytes) {
        case 4:
            write_indices(p, input, static_cast<int32_t *>(io->output[0]));
            return INGOT_OK;
        case 8:
            write_indices(p, input, static_cast<int64_t *>(io->output[0]));
            return INGOT_OK;
        default:
            return INGOT_ERROR_SHAPE;
    }
}
