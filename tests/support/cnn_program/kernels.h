// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Kernels and bias of an accelerator program, as they lie in its memories.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_KERNELS_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_KERNELS_H

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

// Passes over the processors; a flattened layer has one for each pixel and pass.
int32_t input_passes(const CnnLayerSpec &layer);
// Including those that only fill gaps; of a depthwise layer: 1, as each processor has its own.
int32_t kernel_outputs(const CnnLayerSpec &layer);
inline int32_t kernels_of(const CnnLayerSpec &layer) {
    return kernel_outputs(layer) * input_passes(layer);
}
// Words of 72 bits in each processor.
int32_t kernel_words(const CnnLayerSpec &layer);
// Bytes of the bias memory of each quadrant that has some.
int32_t bias_bytes(const CnnLayerSpec &layer);

// As registers say it: bytes and bits of kernels, and the rest in taps.
struct CnnKernelStart {
    int32_t bit = 0;  // 8 for each kernel's worth of bytes.
    int32_t shift = 0;
};
CnnKernelStart kernel_start(const CnnLayerSpec &layer);

// Of one processor, the words that are used.
using CnnKernelMemory = std::map<int32_t, std::array<uint8_t, 9>>;
std::vector<CnnKernelMemory> kernel_memories(const CnnProgramSpec &program);

// Of each quadrant, the bytes that are used.
std::vector<std::vector<uint8_t>> bias_memories(const CnnProgramSpec &program);

}  // namespace ingot::test

#endif
