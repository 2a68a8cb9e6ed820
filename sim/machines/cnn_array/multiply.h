// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The inner loop of the accelerator's model.

#ifndef INGOT_SIM_CNN_ARRAY_MULTIPLY_H
#define INGOT_SIM_CNN_ARRAY_MULTIPLY_H

#include <cstdint>

namespace ingot::sim {

// sums[pixel][output] = pixels[pixel] . weights[output] for two pixels and four outputs, each a row
// of `row` values, a multiple of 32.
//
// 32 bits hold every sum: a layer has at most 16 passes of 64 processors with 9 taps, or 256 of one
// tap, and |input x weight| <= 2^14 (a combined input is clamped to 8 bits), so that no sum leaves
// 256 x 64 x 2^14 = 2^28.
void multiply(const int16_t *pixels, const int16_t *weights, int32_t row, int32_t sums[2][4]);

}  // namespace ingot::sim

#endif
