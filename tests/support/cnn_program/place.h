// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Where values of an accelerator program lie on the bus.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_PLACE_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_PLACE_H

#include <bit>
#include <cstdint>

#include "boards/machines/cnn_array.h"
#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

inline constexpr int32_t kQuadrants = 4;
inline constexpr int32_t kProcessors = 16;  // Of each quadrant.
inline constexpr int32_t kLanes = 4;        // Processors of an instance of data memory.

// Of a mask of processors that is not empty.
inline int32_t first_of(uint64_t mask) { return std::countr_zero(mask); }
inline int32_t last_of(uint64_t mask) { return 63 - std::countl_zero(mask); }
inline uint64_t quadrant_of(uint64_t mask, int32_t quadrant) {
    return mask >> (quadrant * kProcessors) & 0xffff;
}
// The processor that `index` others of the mask precede.
int32_t nth_of(uint64_t mask, int32_t index);

// Outputs of a convolution are numbered from the first lane of an instance on, so that those
// before the mask's first one only fill the gap; each pass over the mask begins like that.
inline int32_t lead_of(const CnnPlace &write) { return first_of(write.processors) % kLanes; }
inline int32_t span_of(const CnnPlace &write) { return lead_of(write) + write.count(); }
inline int32_t output_number(const CnnPlace &write, int32_t output) {
    return output / write.count() * span_of(write) + lead_of(write) + output % write.count();
}

// A word of data memory, and a byte of it.
struct CnnCell {
    uint32_t address = 0;
    int32_t lane = 0;
};
CnnCell input_cell(const CnnArray &array, const CnnLayerSpec &layer, int32_t operand,
                   int32_t channel, int32_t pixel);
CnnCell output_cell(const CnnArray &array, const CnnLayerSpec &layer, int32_t channel,
                    int32_t pixel);

uint32_t data_address(const CnnArray &array, int32_t processor, int32_t word);
uint32_t control_address(const CnnArray &array, int32_t quadrant, int32_t reg);
// Of a processor's kernel memory.
uint32_t kernel_address(const CnnArray &array, int32_t processor);
uint32_t bias_address(const CnnArray &array, int32_t quadrant);

}  // namespace ingot::test

#endif
