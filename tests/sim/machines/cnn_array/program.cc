// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Writes small programs.

#include "tests/sim/machines/cnn_array/program.h"

#include <gtest/gtest.h>

namespace ingot::sim::test {
namespace {

using enum CnnField;

void set_all(CnnLayerRegisters &registers, const CnnArray &array, Fields fields) {
    for (const auto &[field, value] : fields) registers.set(field, array.layout, value);
}

}  // namespace

CnnLayerRegisters small_copy(const CnnArray &array) {
    CnnLayerRegisters registers;
    set_all(registers, array,
            {{padded_rows, 3},
             {padded_columns, 3},
             {last_row, 3},
             {last_column, 3},
             {column_rest, 1},
             {row_step, 1},
             {window_step, 1},
             {width_1d, 1},
             {write_pointer, 0x100},
             {master, 1},
             {pools_maximum, 1},
             {writes_globally, 1},
             {passes_through, 1},
             {uses_slots, 1},
             {processors, 1}});
    return registers;
}

CnnLayerRegisters small_convolution(const CnnArray &array) {
    CnnLayerRegisters registers = small_copy(array);
    const bool is_small = array.layout == CnnArray::Layout::kMax78000;
    set_all(registers, array,
            {{padded_rows, 5},
             {padded_columns, 5},
             {row_pad, is_small ? 1 : 0},
             {row_pad_enable, 1},
             {column_pad, is_small ? 1 : 0},
             {column_pad_enable, 1},
             {width_1d, 0},
             {passes_through, 0},
             {uses_slots, 0},
             {kernel_rows, 2},
             {kernel_columns, 2},
             {kernels, 1},
             {group_offset, is_small ? 0x2000 : 0x8000}});
    return registers;
}

Registers &Registers::layer(int index, CnnLayerRegisters values, Fields changes) {
    set_all(values, array, changes);
    registers.quadrants[0].layers[static_cast<size_t>(index)] = values;
    return *this;
}

Registers &Registers::last(uint32_t index) {
    registers.quadrants[0].control[cnn_control::kLayerCount] = index;
    return *this;
}

void Bench::layer(int index, CnnLayerRegisters values, Fields changes, int quadrant) {
    set_all(values, array, changes);
    const int count = array.layout == CnnArray::Layout::kMax78000 ? 21 : 23;
    for (int reg = 0; reg < count; ++reg) {
        if (reg == 19 && count == 21) continue;  // The size of the frame lies there.
        const CnnRegisterPlace place{.quadrant = quadrant, .layer = index, .reg = reg};
        write(cnn_register_address(array, place), values.value[static_cast<size_t>(reg)]);
    }
}

void Bench::control(uint32_t value, int quadrant, uint32_t word) {
    write(
        array.map.control + static_cast<uint32_t>(quadrant) * array.map.quadrant_stride + word * 4,
        value);
}

uint32_t Bench::control_of(int quadrant, uint32_t word) {
    return read(array.map.control + static_cast<uint32_t>(quadrant) * array.map.quadrant_stride +
                word * 4);
}

void Bench::write(uint32_t address, uint32_t value) {
    const auto done = device.write(address, 4, value, now);
    EXPECT_TRUE(done) << (done ? "" : done.error().what);
}

uint32_t Bench::read(uint32_t address) {
    const auto value = device.read(address, 4, now);
    EXPECT_TRUE(value);
    return value ? *value : 0;
}

uint32_t Bench::data_address(int instance, uint32_t word) const {
    return array.map.data + static_cast<uint32_t>(instance / 4) * array.map.quadrant_stride +
           static_cast<uint32_t>(instance % 4) * array.map.data_stride + word * 4;
}

void Bench::kernel(int processor, std::initializer_list<uint32_t> words) {
    control(cnn_bit::kMexpress);
    const uint32_t address =
        array.map.kernels + static_cast<uint32_t>(processor) * array.map.kernel_stride;
    EXPECT_TRUE(device.write(address | 1, 1, 1, now));
    for (const uint32_t word : words) write(address, word);
}

void Bench::prepare() {
    for (uint32_t pixel = 0; pixel < 16; ++pixel) write(data_address(0, pixel), pixel);
    // Middle tap 64, which shift 1 makes a 1; the last tap is stored first, at the end.
    kernel(0, {0x00000000, 0x40000000, 0x00000000});
}

}  // namespace ingot::sim::test
