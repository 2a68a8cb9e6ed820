// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Two-dimensional convolution, grouped and dilated.

#include "conv2d.h"

ingot_status ingot_conv2d(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_conv2d_params *>(params);
    return ingot::conv2d(p, io, static_cast<const int8_t *>(p.weights));
}
