// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Convolution of each channel by itself.

#include "depthwise_conv2d.h"

ingot_status ingot_depthwise_conv2d(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_depthwise_conv2d_params *>(params);
    return ingot::depthwise_conv2d(p, io, static_cast<const int8_t *>(p.weights));
}
