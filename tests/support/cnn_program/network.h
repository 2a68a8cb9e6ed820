// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Puts accelerator programs together layer by layer, with numbers drawn by chance.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_NETWORK_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_NETWORK_H

#include <cstddef>
#include <cstdint>
#include <random>

#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

class CnnNetwork {
public:
    CnnNetwork(CnnProgramSpec::Part part, uint32_t seed) : engine_(seed) { spec_.part = part; }

    CnnProgramSpec &spec() { return spec_; }

    // A layer that reads an input of its own...
    CnnLayerSpec first(const CnnShape &shape, uint64_t processors);
    // ...and one that reads what a layer wrote.
    CnnLayerSpec after(size_t source) const;

    // Draws weights and bias so that sums are seldom clamped, and finds them a place. Returns the
    // layer's number.
    size_t add(CnnLayerSpec layer);

private:
    int32_t draw(int32_t low, int32_t high);
    void draw(CnnLayerSpec &layer);

    CnnProgramSpec spec_;
    std::mt19937 engine_;
    int32_t next_kernel_ = 0;
    int32_t next_bias_ = 0;
};

// `count` processors from number `first` on.
uint64_t cnn_run(int32_t first, int32_t count);

// 3x3 kernels have pads of one.
CnnLayerSpec cnn_convolution(CnnLayerSpec layer, CnnKernel kernel, int32_t outputs,
                             const CnnPlace &write);
CnnLayerSpec cnn_biased(CnnLayerSpec layer);
CnnLayerSpec cnn_rectified(CnnLayerSpec layer);  // ReLU

// Products of inputs and weights, pads included.
int64_t cnn_macs(const CnnProgramSpec &program);

}  // namespace ingot::test

#endif
