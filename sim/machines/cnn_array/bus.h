// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What lies at an address of a CNN accelerator.

#ifndef INGOT_SIM_CNN_ARRAY_BUS_H
#define INGOT_SIM_CNN_ARRAY_BUS_H

#include <cstdint>

#include "boards/machines/cnn_array.h"

namespace ingot::sim {

enum class CnnPart : uint8_t {
    kNothing,
    kFifo,        // index: word from the FIFOs' first on
    kAlwaysOn,    // index: word
    kControl,     // index: cnn_control
    kLayer,       // unit: layer, index: register
    kFrame,       // Words of a frame.
    kSnoop,       // index: register
    kMlator,      // Unloads channels one by one.
    kBias,        // index: byte
    kLineBuffer,  // unit: processor of all, index: word
    kKernels,     // unit: processor of all, index: byte from its window's first on
    kData,        // unit: instance of all, index: word
};

struct CnnPlace {
    CnnPart part = CnnPart::kNothing;
    int32_t quadrant = 0;
    int32_t unit = 0;
    uint32_t index = 0;
};

CnnPlace cnn_place(const CnnArray &array, uint32_t address);

}  // namespace ingot::sim

#endif
