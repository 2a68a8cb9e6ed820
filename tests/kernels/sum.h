// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the tests of add and sub share.

#ifndef INGOT_TESTS_KERNELS_SUM_H
#define INGOT_TESTS_KERNELS_SUM_H

#include "tests/kernels/elementwise.h"

namespace ingot::test {

constexpr ingot_factor kHalf = {.multiplier = 1 << 30, .shift = 0};

// Inputs and output of one scale, zero points 0: the factors to and from the common scale, which is
// twice that with 20 bits to spare, cancel.
inline ingot_add_params equal_scales(const ingot_broadcast &shape) {
    return {.shape = shape,
            .input_zero_point = {0, 0},
            .left_shift = 20,
            .input_factor = {kHalf, kHalf},
            .output_factor = {.multiplier = 1 << 30, .shift = -18},
            .stage = {.zero_point = 0,
                      .activation_min = -128,
                      .activation_max = 127,
                      .rounding = INGOT_ROUNDING_DOUBLE}};
}

inline ingot_add_params random_sum(Random &random, const ingot_broadcast &shape,
                                   ingot_rounding rounding) {
    return {.shape = shape,
            .input_zero_point = {random.in(-128, 127), random.in(-128, 127)},
            .left_shift = random.in(0, 5) == 0 ? random.in(0, 19) : 20,
            .input_factor = {random.factor(-4, 0), random.factor(-31, 0)},
            .output_factor = random.in(0, 5) == 0 ? random.factor(-31, 1) : random.factor(-22, -17),
            .stage = random_stage(random, rounding)};
}

inline int8_t naive_sum(const ingot_add_params &p, int32_t sign, int8_t a, int8_t b) {
    const int8_t values[2] = {a, b};
    int64_t scaled[2];
    for (int k = 0; k < 2; ++k) {
        const int64_t raised = int64_t{values[k] - p.input_zero_point[k]} * (1 << p.left_shift);
        scaled[k] = naive_scale(raised, p.input_factor[k], p.stage.rounding);
    }
    return naive_finish(scaled[0] + sign * scaled[1], p.output_factor, p.stage);
}

inline void expect_sums(ingot_kernel kernel, int32_t sign) {
    Random random(2);
    for (int round = 0; round < 2000; ++round) {
        const Pair pair = random_pair(random);
        const auto rounding = round % 2 == 0 ? INGOT_ROUNDING_DOUBLE : INGOT_ROUNDING_SINGLE;
        const ingot_add_params params = random_sum(random, pair.shape, rounding);
        expect_everywhere(kernel, &params, pair,
                          [&](int8_t a, int8_t b) { return naive_sum(params, sign, a, b); });
        if (testing::Test::HasFatalFailure()) return;
    }
}

inline void expect_sums_refused(ingot_kernel kernel) {
    Random random(3);
    const ingot_add_params good = equal_scales(random_pair(random, {2, 3}, {0, 0}).shape);
    expect_broadcasts_refused(kernel, good);

    const auto expect_refused_with = [&](auto change) {
        ingot_add_params params = good;
        change(params);
        expect_refused(kernel, &params);
    };
    for (int k = 0; k < 2; ++k) {
        expect_refused_with([k](auto &p) { p.input_zero_point[k] = 128; });
        expect_refused_with([k](auto &p) { p.input_zero_point[k] = -129; });
        expect_refused_with([k](auto &p) { p.input_factor[k].shift = 1; });
        expect_refused_with([k](auto &p) { p.input_factor[k].shift = -32; });
        expect_refused_with([k](auto &p) { p.input_factor[k].multiplier = -1; });
    }
    expect_refused_with([](auto &p) { p.left_shift = -1; });
    expect_refused_with([](auto &p) { p.left_shift = 21; });
    expect_refused_with([](auto &p) { p.output_factor.shift = 31; });
    expect_refused_with([](auto &p) { p.stage.activation_min = 128; });
}

}  // namespace ingot::test

#endif
