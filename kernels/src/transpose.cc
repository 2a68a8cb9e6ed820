// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor with its dimensions in another order.

#include "walk.h"

// The walk's loops are in the output's order, each with its dimension's stride in the input.
// Returns INGOT_ERROR_SHAPE if an element or an extent is smaller than 1 or the offset below 0.
ingot_status ingot_transpose(const void *params, const ingot_io *io) {
    return ingot::copy_slice(*static_cast<const ingot_transpose_params *>(params), io);
}
