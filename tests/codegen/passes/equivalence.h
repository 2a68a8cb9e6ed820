// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Whether two graphs compute the same outputs, tried out on inputs.

#ifndef INGOT_TESTS_EQUIVALENCE_H
#define INGOT_TESTS_EQUIVALENCE_H

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "codegen/passes/passes.h"
#include "tests/codegen/passes/interpreter.h"

namespace ingot::test {

constexpr ingot_rounding kRoundings[] = {INGOT_ROUNDING_DOUBLE, INGOT_ROUNDING_SINGLE};

// All lowest, all highest, extremes in disorder, and noise.
inline std::vector<Values> trial_inputs(size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<Values> inputs(5, Values(count));
    inputs[0].assign(count, -128);
    inputs[1].assign(count, 127);
    for (int8_t &value : inputs[2]) value = random() % 2 ? 127 : -128;
    for (int8_t &value : inputs[3]) value = static_cast<int8_t>(random());
    for (int8_t &value : inputs[4]) value = static_cast<int8_t>(random() % 32);
    return inputs;
}

inline void expect_same(const Graph &before, const Graph &after, unsigned seed = 1) {
    ASSERT_TRUE(is_sound(after));
    const auto count = static_cast<size_t>(element_count(before.tensors[before.inputs[0]].shape));
    for (const Values &input : trial_inputs(count, seed)) {
        for (const ingot_rounding rounding : kRoundings) {
            ASSERT_EQ(outputs_of(before, input, rounding), outputs_of(after, input, rounding));
        }
    }
}

}  // namespace ingot::test

#endif
