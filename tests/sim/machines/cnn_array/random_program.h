// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Accelerator programs of random geometry, within what the parts can do.

#ifndef INGOT_TESTS_SIM_CNN_ARRAY_RANDOM_PROGRAM_H
#define INGOT_TESTS_SIM_CNN_ARRAY_RANDOM_PROGRAM_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

// What the programs of a group have in common. Everything else is left to chance.
struct CnnGroup {
    enum class Parts { kBoth, kMax78000, kMax78002 };

    std::string_view name;
    Parts parts = Parts::kBoth;
    std::vector<CnnKernel> kernels = {CnnKernel::k3x3, CnnKernel::k3x3, CnnKernel::k1x1,
                                      CnnKernel::k1d};
    std::vector<int32_t> weight_bits = {8, 8, 8, 4, 2, 1};
    bool is_binary = false;
    std::vector<CnnPooling::Kind> poolings = {CnnPooling::Kind::kOff, CnnPooling::Kind::kOff,
                                              CnnPooling::Kind::kMaximum,
                                              CnnPooling::Kind::kAverage};
    bool dilates = false;
    int32_t operands_max = 1;
    int32_t passes_max = 1;
    int32_t output_passes_max = 1;
    int32_t gap_max = 0;
    int32_t layers_max = 1;
    bool forks = false;  // Two layers write the operands of a third.
    bool is_planar = false;
    bool is_transposed = false;
    bool is_depthwise = false;
    bool is_bypassed = false;
    bool is_wide = false;
    bool reads_fifo = false;
    bool streams = false;
};

const std::vector<CnnGroup> &cnn_groups();

// The same on every machine.
CnnProgramSpec random_program(const CnnGroup &group, uint32_t seed);

// Names of what programs can use, and of what one does use, each once.
std::vector<std::string> feature_names();
std::vector<std::string> features_of(const CnnProgramSpec &program);

}  // namespace ingot::test

#endif
