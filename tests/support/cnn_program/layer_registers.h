// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Registers of a layer of an accelerator program.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_LAYER_REGISTERS_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_LAYER_REGISTERS_H

#include <array>
#include <cstddef>

#include "boards/machines/cnn_array_registers.h"
#include "tests/support/cnn_program/place.h"
#include "tests/support/cnn_program/spec.h"

namespace ingot::test {

// Bit q: quadrant q takes part in the program.
uint32_t quadrants_used(const CnnProgramSpec &program);

// Of program.layers[index], by quadrant.
std::array<CnnLayerRegisters, kQuadrants> layer_registers(const CnnArray &array,
                                                          const CnnProgramSpec &program,
                                                          size_t index);

}  // namespace ingot::test

#endif
