// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The product of two inputs, element by element.

#include "elementwise.h"
#include "stage.h"

namespace {

bool is_valid(const ingot_mul_params &p) {
    return ingot::is_valid(p.shape) && ingot::is_int8(p.input_zero_point[0]) &&
           ingot::is_int8(p.input_zero_point[1]) && ingot::is_valid(p.factor) &&
           ingot::is_valid(p.stage);
}

}  // namespace

// The product of both values less their zero points, scaled once. The output may be an input that
// is not repeated.
// Returns INGOT_ERROR_SHAPE if the broadcast, a zero point, the factor or the stage is not valid.
ingot_status ingot_mul(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_mul_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    ingot::combine(p.shape, io, [&p](int8_t a, int8_t b) {
        const int32_t product = (a - p.input_zero_point[0]) * (b - p.input_zero_point[1]);
        return ingot::finish(product, p.factor, p.stage);
    });
    return INGOT_OK;
}
