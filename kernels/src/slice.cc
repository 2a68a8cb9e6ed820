// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A box cut out of a tensor.

#include "walk.h"

// The walk's strides are those of the input; its extents are those of the box.
// Returns INGOT_ERROR_SHAPE if an element or an extent is smaller than 1 or the offset below 0.
ingot_status ingot_slice(const void *params, const ingot_io *io) {
    return ingot::copy_slice(*static_cast<const ingot_slice_params *>(params), io);
}
