// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A layer's kernels, unpacked to the order in which its input lies in Planes.

#ifndef INGOT_SIM_CNN_ARRAY_WEIGHTS_H
#define INGOT_SIM_CNN_ARRAY_WEIGHTS_H

#include <cstdint>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/gather.h"
#include "sim/machines/cnn_array/kernel_memory.h"
#include "sim/machines/cnn_array/layer.h"

namespace ingot::sim {

// values [outputs][tap rows][tap columns][channels]; zero for lanes without a processor. Rows of
// an output are filled up with zeros to a multiple of kRowUnit values, outputs to one of
// kOutputUnit.
struct Weights {
    static constexpr int32_t kRowUnit = 32;
    static constexpr int32_t kOutputUnit = 4;

    int32_t row = 0;  // Values of an output.
    std::vector<int16_t> values;

    const int16_t *of(int32_t output) const {
        return &values[static_cast<size_t>(output) * static_cast<size_t>(row)];
    }
    int16_t *of(int32_t output) {
        return &values[static_cast<size_t>(output) * static_cast<size_t>(row)];
    }
};

// A depthwise layer has one "output": each channel's own kernel.
Weights unpack(const Layer &layer, const CnnArray &array, const KernelMemory &kernels,
               const Planes &planes);

}  // namespace ingot::sim

#endif
