// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A layer's input as its convolution sees it: read, pooled, combined, spread and padded.

#ifndef INGOT_SIM_CNN_ARRAY_GATHER_H
#define INGOT_SIM_CNN_ARRAY_GATHER_H

#include <cstdint>
#include <vector>

#include "sim/machines/cnn_array/layer.h"
#include "sim/machines/cnn_array/memories.h"

namespace ingot::sim {

// values [rows][columns][channels], pads and zeros of a transposed convolution included. Channels
// run over passes, in each over the instances that the layer reads, in each over its four lanes;
// lanes of processors that do not take part hold what their memory does. 16 bits hold what 16
// operands of 8 bits make, and multiply fast.
struct Planes {
    int32_t rows = 0;
    int32_t columns = 0;
    int32_t channels = 0;
    std::vector<int32_t> instances;
    std::vector<int16_t> values;

    const int16_t *at(int32_t row, int32_t column) const {
        return &values[(static_cast<size_t>(row) * static_cast<size_t>(columns) +
                        static_cast<size_t>(column)) *
                       static_cast<size_t>(channels)];
    }
};

Planes gather(const Layer &layer, const DataMemory &data);

// Where a processor's channel of a pass lies in Planes.
int32_t plane_channel(const Planes &planes, int32_t processor, int32_t pass);

}  // namespace ingot::sim

#endif
