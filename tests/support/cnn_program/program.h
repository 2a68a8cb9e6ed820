// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes an accelerator program as accesses of the bus: the inverse of the device's decoder.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_PROGRAM_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_PROGRAM_H

#include <cstddef>
#include <cstdint>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

struct CnnBusWrite {
    uint32_t address = 0;
    uint32_t bytes = 4;
    uint32_t value = 0;
};

// A register of a layer. Writes to a layer in a quadrant follow one another.
struct CnnRegisterWrite {
    CnnBusWrite write;
    size_t layer = 0;
    int32_t quadrant = 0;
    int32_t reg = 0;
};

// Words written one after the other.
struct CnnBlock {
    uint32_t address = 0;
    std::vector<uint32_t> words;
};

struct CnnProgram {
    uint32_t quadrants = 0;          // Bit q: quadrant q takes part.
    std::vector<CnnBusWrite> clear;  // Followed, unless empty, by clear_done in each test register.
    uint32_t clear_done = 0;
    std::vector<CnnBusWrite> initialize;
    bool loads_packed = true;
    std::vector<CnnBlock> kernels;  // If packed, preceded by a byte of 1 at address | 1.
    std::vector<CnnBlock> bias;     // A byte in each word.
    std::vector<CnnRegisterWrite> configure;
    std::vector<CnnBlock> input;
    std::vector<CnnBusWrite> start;              // The last one starts the master.
    std::vector<std::vector<uint32_t>> streams;  // Words for each FIFO, while it is not full.
};

CnnProgram write_program(const CnnArray &array, const CnnProgramSpec &spec);

// All that is written before the FIFOs, in order.
std::vector<CnnBusWrite> bus_writes(const CnnProgram &program);

// What a correct device holds where a layer's output lies, by address.
struct CnnExpectedWord {
    uint32_t address = 0;
    uint32_t mask = 0;
    uint32_t value = 0;
};
std::vector<CnnExpectedWord> expected_words(const CnnArray &array, const CnnLayerSpec &layer,
                                            const CnnTensor &output);

}  // namespace ingot::test

#endif
