// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A small sound model that tests read as it is, or break.

#ifndef INGOT_TESTS_READ_MODELS_H
#define INGOT_TESTS_READ_MODELS_H

#include "tests/support/tflite_builder.h"

namespace ingot::test {

// y = relu(x + c), then z = y + y. Tensors: 0 x, 1 c, 2 y, 3 z.
inline TfliteBuilder sums() {
    TfliteBuilder model;
    const int x = model.input({.name = "x", .shape = {1, 4}, .scale = {0.5f}, .zero_point = {3}});
    const int c = model.tensor(
        {.name = "c", .shape = {1, 4}, .scale = {0.25f}, .data = bytes_of<int8_t>({1, 2, 3, -4})});
    const int y = model.tensor({.name = "net/sum/Relu;net/sum/add", .shape = {1, 4}, .scale = {1}});
    const int z = model.output({.name = "net/twice/add", .shape = {1, 4}, .scale = {2}});
    model.op("ADD", {x, c}, {y}, {int8_option(0, 1)});
    model.op("ADD", {y, y}, {z});
    return model;
}

}  // namespace ingot::test

#endif
