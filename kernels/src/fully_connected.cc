// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every output from every input of its row.

#include "weights.h"

namespace ingot {
namespace {

bool meets_requirements(const ingot_fully_connected_params &p) {
    return p.rows >= 1 && p.inputs >= 1 && p.outputs >= 1 && has_valid_weights(p) &&
           is_int8(p.weights_zero_point);
}

// What the zero point of the weights adds to every output of a row.
int32_t correction(const ingot_fully_connected_params &p, const int8_t *input) {
    if (p.weights_zero_point == 0) return 0;
    uint32_t sum = 0;
    for (int32_t i = 0; i < p.inputs; ++i) {
        sum -= static_cast<uint32_t>(p.weights_zero_point * (input[i] - p.input_zero_point));
    }
    return static_cast<int32_t>(sum);
}

}  // namespace
}  // namespace ingot

//   input   [rows][inputs]
//   output  [rows][outputs]
//
// Returns INGOT_ERROR_SHAPE, having written nothing, if a number is outside the range that params.h
// gives.
ingot_status ingot_fully_connected(const void *params, const ingot_io *io) {
    using namespace ingot;
    const auto &p = *static_cast<const ingot_fully_connected_params *>(params);
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t row = 0; row < p.rows; ++row, input += p.inputs, output += p.outputs) {
        const int32_t start = correction(p, input);
        const auto *weights = static_cast<const int8_t *>(p.weights);
        for (int32_t c = 0; c < p.outputs; ++c, weights += p.inputs) {
            const int32_t sum = dot(input, weights, p.inputs, p.input_zero_point);
            output[c] = finish_channel(p, c, add_wrapping(start, sum));
        }
    }
    return INGOT_OK;
}
