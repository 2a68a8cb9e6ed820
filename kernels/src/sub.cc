// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The difference of two inputs, element by element.

#include "sum.h"

// The first input minus the second, as add does it, with the same requirements.
ingot_status ingot_sub(const void *params, const ingot_io *io) {
    return ingot::sum<-1>(*static_cast<const ingot_sub_params *>(params), io);
}
