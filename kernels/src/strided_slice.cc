// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every n-th element along each axis, forwards or backwards.

#include "walk.h"

// The walk's strides are those of the input times the steps; a step backwards makes one negative,
// and the offset then points at the far end.
// Returns INGOT_ERROR_SHAPE if an element or an extent is smaller than 1 or the offset below 0.
ingot_status ingot_strided_slice(const void *params, const ingot_io *io) {
    return ingot::copy_slice(*static_cast<const ingot_strided_slice_params *>(params), io);
}
