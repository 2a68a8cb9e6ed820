// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What kernel tests share: repeatable random tensors, the slow and obvious arithmetic, and how to
// call a kernel.

#ifndef INGOT_TESTS_KERNELS_REFERENCE_H
#define INGOT_TESTS_KERNELS_REFERENCE_H

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <random>
#include <vector>

#include "ingot/kernels.h"

namespace ingot::test {

// The same values on every machine: the distributions of <random> are not, its engines are.
class Random {
public:
    explicit Random(uint32_t seed) : engine_(seed) {}

    int32_t in(int32_t low, int32_t high) {
        const uint64_t span = static_cast<uint64_t>(int64_t{high} - low) + 1;
        return static_cast<int32_t>(low + static_cast<int64_t>(engine_() % span));
    }

    template <class T>
    std::vector<T> values(int64_t count, T low = std::numeric_limits<T>::min(),
                          T high = std::numeric_limits<T>::max()) {
        std::vector<T> result(static_cast<size_t>(count));
        for (T &value : result) value = static_cast<T>(in(low, high));
        return result;
    }

    ingot_factor factor(int32_t shift_low, int32_t shift_high) {
        return {.multiplier = in(1 << 30, std::numeric_limits<int32_t>::max()),
                .shift = in(shift_low, shift_high)};
    }

private:
    std::mt19937 engine_;
};

// a / b for b > 0, rounded towards minus infinity.
inline int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// value x multiplier x 2^(shift - 31) by divisions in 64 bits. Requires that nothing overflows.
inline int64_t naive_scale(int64_t value, ingot_factor factor, ingot_rounding rounding) {
    const int64_t left = int64_t{1} << std::max(factor.shift, 0);
    const int64_t right = int64_t{1} << std::max(-factor.shift, 0);
    const int64_t product = value * left * factor.multiplier;
    const int64_t unit = int64_t{1} << 31;
    if (rounding == INGOT_ROUNDING_SINGLE) {
        return floor_divide(product + unit / 2 * right, unit * right);
    }
    const int64_t high = floor_divide(product + unit / 2, unit);
    return high < 0 ? -((-high + right / 2) / right) : (high + right / 2) / right;
}

inline int8_t naive_finish(int64_t accumulator, ingot_factor factor,
                           const ingot_output_stage &stage) {
    const int64_t value = naive_scale(accumulator, factor, stage.rounding) + stage.zero_point;
    return static_cast<int8_t>(
        std::clamp<int64_t>(value, stage.activation_min, stage.activation_max));
}

inline ingot_status run(ingot_kernel kernel, const void *params,
                        std::initializer_list<const void *> inputs, void *output) {
    ingot_io io = {};
    std::copy(inputs.begin(), inputs.end(), io.input);
    io.output[0] = output;
    return kernel(params, &io);
}

// The kernel answers INGOT_ERROR_SHAPE and leaves its output alone.
inline void expect_refused(ingot_kernel kernel, const void *params) {
    const std::vector<int8_t> input(1 << 16);
    std::vector<int8_t> output(1 << 16, 90);
    const std::vector<int8_t> before = output;
    EXPECT_EQ(INGOT_ERROR_SHAPE, run(kernel, params, {input.data(), input.data()}, output.data()));
    EXPECT_EQ(before, output) << "a kernel that refuses must not write";
}

}  // namespace ingot::test

#endif
