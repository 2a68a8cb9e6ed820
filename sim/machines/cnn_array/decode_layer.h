// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// From the registers of one layer, in all quadrants, to what it does.

#ifndef INGOT_SIM_CNN_ARRAY_DECODE_LAYER_H
#define INGOT_SIM_CNN_ARRAY_DECODE_LAYER_H

#include "sim/machines/cnn_array/decode.h"

namespace ingot::sim {

// Does not know of other layers, and does not check what lies where: see check_bounds().
Result<Layer> decode_layer(const CnnRegisters &registers, const CnnArray &array, int32_t index);

}  // namespace ingot::sim

#endif
