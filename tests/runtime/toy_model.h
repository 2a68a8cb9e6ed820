// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A model small enough to follow by hand: two steps that each add a number to four bytes.

#ifndef INGOT_TESTS_TOY_MODEL_H
#define INGOT_TESTS_TOY_MODEL_H

#include "ingot/known_answer.h"

namespace ingot::testing {

struct AddParams {
    int8_t addend;
};

inline ingot_status add_number(const void *params, const ingot_io *io) {
    const int8_t addend = static_cast<const AddParams *>(params)->addend;
    if (addend == 0) return INGOT_ERROR_SHAPE;
    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int i = 0; i < 4; ++i) output[i] = static_cast<int8_t>(input[i] + addend);
    return INGOT_OK;
}

inline constexpr AddParams kAddOne = {1}, kAddTen = {10}, kBroken = {0};
inline constexpr ingot_tensor kInput = {"in", INGOT_INT8, 1, {4}, 0.5f, 0, 0, 4};
inline constexpr ingot_tensor kOutput = {"out", INGOT_INT8, 1, {4}, 0.5f, 0, 32, 4};

// Places: input 0, between 16, output 32.
inline constexpr ingot_step kSteps[] = {
    {add_number, &kAddOne, {0}, {16}, 0},
    {add_number, &kAddTen, {16}, {32}, 0},
};

inline constexpr ingot_model kToy = {"toy",   "test", "", kSteps, &kInput, &kOutput,
                                     nullptr, 2,      1,  1,      48};

}  // namespace ingot::testing

#endif
