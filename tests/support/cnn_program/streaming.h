// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How far a streaming layer lets the one before it run ahead. Only time depends on it.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_STREAMING_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_STREAMING_H

#include <cstddef>
#include <cstdint>

#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

// Words, as the registers of the same names take them.
struct CnnStreaming {
    int32_t start = 0;
    int32_t delta1 = 0;
    int32_t delta2 = 0;
    int32_t volume = 0;
    int32_t ring = 0;
};

// Of program.layers[index]; zeros where it neither streams nor reads FIFOs.
CnnStreaming streaming_of(const CnnProgramSpec &program, size_t index);

}  // namespace ingot::test

#endif
