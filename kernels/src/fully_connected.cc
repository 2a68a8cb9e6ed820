// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every output from every input of its row.

#include "fully_connected.h"

ingot_status ingot_fully_connected(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_fully_connected_params *>(params);
    return ingot::fully_connected(p, io, static_cast<const int8_t *>(p.weights));
}
