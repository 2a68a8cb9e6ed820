// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How long the state machine of a CNN accelerator takes for a layer.

#ifndef INGOT_SIM_CNN_ARRAY_TIMING_H
#define INGOT_SIM_CNN_ARRAY_TIMING_H

#include <cstdint>

#include "sim/machines/cnn_array/layer.h"

namespace ingot::sim {

// Clock cycles by what the states do.
struct LayerCycles {
    int64_t input = 0;   // Reading pixels, and writing them to line buffers.
    int64_t output = 0;  // Summing: one cycle for each output of each pass.

    int64_t total() const { return input + output; }
};

// Of a layer that has its input when it begins, and does not stream. Known of the MAX78000; for the
// MAX78002, whose time nobody has published, what the same states would take.
LayerCycles cycles_of(const Layer &layer);

}  // namespace ingot::sim

#endif
