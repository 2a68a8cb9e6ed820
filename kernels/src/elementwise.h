// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The one walk over two broadcast inputs that add, sub, mul, minimum and maximum share.

#ifndef INGOT_ELEMENTWISE_H
#define INGOT_ELEMENTWISE_H

#include "ingot/kernels.h"

namespace ingot {

inline bool is_valid(const ingot_broadcast &shape) {
    if (shape.rank < 1 || shape.rank > INGOT_RANK_MAX) return false;
    for (int32_t d = 0; d < shape.rank; ++d) {
        if (shape.extent[d] < 1) return false;
    }
    return true;
}

// One run along the innermost dimension. Strides that are known when this is compiled make the
// dense case a plain loop.
template <class Function, class Stride>
void combine_run(const int8_t *const input[2], int8_t *output, int32_t count, const Stride &stride,
                 const Function &function) {
    for (int32_t i = 0; i < count; ++i) {
        output[i] = function(input[0][i * stride[0]], input[1][i * stride[1]]);
    }
}

struct DenseStride {
    constexpr int32_t operator[](int) const { return 1; }
};

// output[i] = function(a, b) for every element, a and b being the inputs' elements there. The
// output may be an input that is not repeated.
template <class Function>
void combine(const ingot_broadcast &shape, const ingot_io *io, const Function &function) {
    const int32_t inner = shape.rank - 1;
    const int32_t run = shape.extent[inner];
    const int32_t stride[2] = {shape.stride[0][inner], shape.stride[1][inner]};
    const bool dense = stride[0] == 1 && stride[1] == 1;

    const int8_t *input[2] = {static_cast<const int8_t *>(io->input[0]),
                              static_cast<const int8_t *>(io->input[1])};
    auto *output = static_cast<int8_t *>(io->output[0]);
    int32_t index[INGOT_RANK_MAX] = {};
    for (int32_t d = inner; d >= 0; output += run) {
        if (dense) {
            combine_run(input, output, run, DenseStride{}, function);
        } else {
            combine_run(input, output, run, stride, function);
        }
        // Steps to the next run like an odometer: a dimension that is through carries outwards.
        for (d = inner - 1; d >= 0; --d) {
            input[0] += shape.stride[0][d];
            input[1] += shape.stride[1][d];
            if (++index[d] < shape.extent[d]) break;
            input[0] -= shape.stride[0][d] * shape.extent[d];
            input[1] -= shape.stride[1][d] * shape.extent[d];
            index[d] = 0;
        }
    }
}

}  // namespace ingot

#endif
