// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a layer computes, to the bit. Source of the arithmetic: ai8x-synthesis, izer/simulate.py and
// izer/compute.py (facts only); the known answers of real programs decide.

#ifndef INGOT_SIM_CNN_ARRAY_COMPUTE_H
#define INGOT_SIM_CNN_ARRAY_COMPUTE_H

#include <cstdint>

#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/kernel_memory.h"
#include "sim/machines/cnn_array/layer.h"
#include "sim/machines/cnn_array/memories.h"

namespace ingot::sim {

struct ComputeMemories {
    const CnnArray &array;
    const KernelMemory &kernels;
    const BiasMemory &bias;
};

struct ComputeResult {
    // Sums of a quadrant that did not fit the 26 bits it passes on. What the part does then is
    // unknown; results are those of wider sums.
    int64_t overflows = 0;
};

// Reads all input before it writes any output. `layer` comes from decode(), and is not idle.
ComputeResult compute(const Layer &layer, const ComputeMemories &memories, const DataMemory &input,
                      DataMemory &output);

// floor(sum x 2^shift / 128 + 1/2), clamped to 8 bits, then activated.
int8_t scaled_output(int64_t sum, int32_t shift, Activation activation);

}  // namespace ingot::sim

#endif
