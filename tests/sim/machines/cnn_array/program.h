// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Small programs for the CNN accelerator, register by register.

#ifndef INGOT_TESTS_SIM_CNN_PROGRAM_H
#define INGOT_TESTS_SIM_CNN_PROGRAM_H

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "boards/machines/cnn_array_registers.h"
#include "sim/machines/cnn_array/device.h"
#include "tests/sim/machines/cnn_array/trace.h"

namespace ingot::sim::test {

using Fields = std::initializer_list<std::pair<CnnField, uint32_t>>;

// A 3x3 convolution of 4x4 pixels of one channel, padded by 1: from word 0 of instance 0 to word
// 0x100 of it, with the first kernel of processor 0.
CnnLayerRegisters small_convolution(const CnnArray &array);

// Copies 4x4 pixels of one channel from word 0 to word 0x100.
CnnLayerRegisters small_copy(const CnnArray &array);

// What decode() makes of layers whose only quadrant is the first.
struct Registers {
    explicit Registers(const std::string &board) : array(cnn_array_of(board)), registers(array) {
        registers.quadrants[0].control[cnn_control::kControl] = cnn_bit::kEnable;
    }
    Registers &layer(int index, CnnLayerRegisters values, Fields changes = {});
    Registers &last(uint32_t index);

    CnnArray array;
    CnnRegisters registers;
};

// A device and one who writes to it.
struct Bench {
    explicit Bench(const std::string &board = "max78000")
        : array(cnn_array_of(board)), device(array, line) {}

    void layer(int index, CnnLayerRegisters values, Fields changes = {}, int quadrant = 0);
    void control(uint32_t value, int quadrant = 0, uint32_t word = cnn_control::kControl);
    uint32_t control_of(int quadrant, uint32_t word = cnn_control::kControl);
    void write(uint32_t address, uint32_t value);
    uint32_t read(uint32_t address);
    // Bytes to packed kernel memory of a processor of quadrant 0, from word 0 on.
    void kernel(int processor, std::initializer_list<uint32_t> words);
    // A word of data memory.
    uint32_t data(int instance, int word) const { return device.data().read(instance, word); }
    uint32_t data_address(int instance, uint32_t word) const;

    // 16 pixels of one channel at word 0 of instance 0, and a kernel that copies them.
    void prepare();

    CnnArray array;
    OneLine line;
    CnnArrayDevice device;
    Time now = 0;
};

}  // namespace ingot::sim::test

#endif
