// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every output from every input of its row: the portable definition, from plain weights.

#ifndef INGOT_FULLY_CONNECTED_H
#define INGOT_FULLY_CONNECTED_H

#include "weights.h"

namespace ingot {

inline bool meets_requirements(const ingot_fully_connected_params &p) {
    return p.rows >= 1 && p.inputs >= 1 && p.outputs >= 1 && has_valid_weights(p) &&
           is_int8(p.weights_zero_point);
}

// What the zero point of the weights adds to every output of a row.
inline int32_t correction(const ingot_fully_connected_params &p, const int8_t *input) {
    if (p.weights_zero_point == 0) return 0;
    uint32_t sum = 0;
    for (int32_t i = 0; i < p.inputs; ++i) {
        sum -= static_cast<uint32_t>(p.weights_zero_point * (input[i] - p.input_zero_point));
    }
    return static_cast<int32_t>(sum);
}

//   input   [rows][inputs]
//   output  [rows][outputs]
//
// Returns INGOT_ERROR_SHAPE, having written nothing, if a number is outside the range that params.h
// gives.
inline ingot_status fully_connected(const ingot_fully_connected_params &p, const ingot_io *io,
                                    const int8_t *weights) {
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t row = 0; row < p.rows; ++row, input += p.inputs, output += p.outputs) {
        const int32_t start = correction(p, input);
        const int8_t *own = weights;
        for (int32_t c = 0; c < p.outputs; ++c, own += p.inputs) {
            const int32_t sum = dot(input, own, p.inputs, p.input_zero_point);
            output[c] = finish_channel(p, c, add_wrapping(start, sum));
        }
    }
    return INGOT_OK;
}

}  // namespace ingot

#endif
