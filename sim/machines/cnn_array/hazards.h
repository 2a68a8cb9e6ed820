// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a program lets happen that its author can hardly want. Layers compute as if it had not
// happened: all input is read before any output is written.

#ifndef INGOT_SIM_CNN_ARRAY_HAZARDS_H
#define INGOT_SIM_CNN_ARRAY_HAZARDS_H

#include <cstdint>
#include <string>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/kernel_memory.h"
#include "sim/machines/cnn_array/layer.h"
#include "sim/machines/cnn_array/memories.h"

namespace ingot::sim {

inline constexpr int32_t kNotRead = -1;

// For each word of an instance, the last pooled pixel that reads it; kNotRead: none does.
std::vector<int32_t> last_readers(const Layer &layer);

// Data, kernels or biases that a layer is about to read and nobody wrote. A sentence for each kind,
// with the first place.
std::vector<std::string> unwritten_reads(const Layer &layer, const CnnArray &array,
                                         const DataMemory &data, const KernelMemory &kernels,
                                         const BiasMemory &bias);

// Input that a layer overwrites before it has read it for the last time; the first place, or
// nothing. A pixel is written as soon as the pixels under its kernel have been read.
std::vector<std::string> early_overwrites(const Layer &layer);

}  // namespace ingot::sim

#endif
