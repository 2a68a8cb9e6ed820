// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Sums of two inputs, against 64-bit arithmetic.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/sum.h"

namespace ingot::test {
namespace {

TEST(add, equals_the_sum_in_64_bits_for_any_broadcast_scale_and_rounding) {
    expect_sums(ingot_add, 1);
}

TEST(add, adds_every_pair_of_values_exactly_when_scales_are_equal) {
    const Pair pair = all_pairs();
    const ingot_add_params params = equal_scales(pair.shape);
    expect_everywhere(ingot_add, &params, pair, [](int a, int b) {
        return static_cast<int8_t>(std::clamp(a + b, -128, 127));
    });
}

TEST(add, repeats_a_scalar) {
    Random random(1);
    const Pair pair = random_pair(random, {7}, {0b10});
    const ingot_add_params params = equal_scales(pair.shape);
    const int8_t scalar = pair.input[1][0];
    expect_everywhere(ingot_add, &params, pair, [scalar](int a, int) {
        return static_cast<int8_t>(std::clamp(a + scalar, -128, 127));
    });
}

TEST(add, clamps_to_the_activation) {
    const Pair pair = all_pairs();
    ingot_add_params params = equal_scales(pair.shape);
    params.stage.activation_min = -5;
    params.stage.activation_max = 100;
    expect_everywhere(ingot_add, &params, pair,
                      [](int a, int b) { return static_cast<int8_t>(std::clamp(a + b, -5, 100)); });
}

TEST(add, refuses_params_that_break_its_requirements) { expect_sums_refused(ingot_add); }

}  // namespace

BenchCase bench_add() {
    Random random(0);
    const Pair pair = random_pair(random, {32 * 32 * 16}, {0});
    return BenchCase("ResNet-8, first sum: [32][32][16]", pair.count)
        .reads(pair.input[0])
        .reads(pair.input[1])
        .writes<int8_t>(pair.count)
        .takes(equal_scales(pair.shape));
}

}  // namespace ingot::test
