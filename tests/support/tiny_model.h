// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A network of five layers with round numbers, to be read in generated code.

#ifndef INGOT_TESTS_TINY_MODEL_H
#define INGOT_TESTS_TINY_MODEL_H

#include <vector>

#include "tests/support/tflite_builder.h"

namespace ingot::test {

// [1][8][8][2] -> conv 3x3 /2 -> [1][4][4][8] -> + [8] -> max pool 2x2 -> [1][2][2][8]
//  -> fully connected -> [1][3] -> softmax.
std::vector<uint8_t> tiny_model();

}  // namespace ingot::test

#endif
