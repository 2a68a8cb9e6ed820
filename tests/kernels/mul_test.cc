// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Products of two inputs, against 64-bit arithmetic.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/elementwise.h"

namespace ingot::test {
namespace {

ingot_mul_params times_half(const ingot_broadcast &shape) {
    return {.shape = shape,
            .input_zero_point = {0, 0},
            .factor = {.multiplier = 1 << 30, .shift = 0},
            .stage = {.zero_point = 0,
                      .activation_min = -128,
                      .activation_max = 127,
                      .rounding = INGOT_ROUNDING_DOUBLE}};
}

int8_t naive_product(const ingot_mul_params &p, int8_t a, int8_t b) {
    const int64_t product = int64_t{a - p.input_zero_point[0]} * (b - p.input_zero_point[1]);
    return naive_finish(product, p.factor, p.stage);
}

TEST(mul, equals_the_product_in_64_bits_for_any_broadcast_scale_and_rounding) {
    Random random(1);
    for (int round = 0; round < 2000; ++round) {
        const Pair pair = random_pair(random);
        const auto rounding = round % 2 == 0 ? INGOT_ROUNDING_DOUBLE : INGOT_ROUNDING_SINGLE;
        const ingot_mul_params params = {
            .shape = pair.shape,
            .input_zero_point = {random.in(-128, 127), random.in(-128, 127)},
            .factor = random.in(0, 3) == 0 ? random.factor(-31, 14) : random.factor(-12, -4),
            .stage = random_stage(random, rounding)};
        expect_everywhere(ingot_mul, &params, pair,
                          [&](int8_t a, int8_t b) { return naive_product(params, a, b); });
        if (HasFatalFailure()) return;
    }
}

TEST(mul, reaches_the_extremes_of_both_zero_points) {
    const Pair pair = all_pairs();
    for (const int32_t zero_point : {-128, 127}) {
        ingot_mul_params params = times_half(pair.shape);
        params.input_zero_point[0] = params.input_zero_point[1] = zero_point;
        params.factor.shift = -9;
        expect_everywhere(ingot_mul, &params, pair,
                          [&](int8_t a, int8_t b) { return naive_product(params, a, b); });
    }
}

TEST(mul, rounds_a_negative_half_up_and_then_away_from_zero) {
    Random random(2);
    Pair pair = random_pair(random, {2}, {0});
    pair.input[0] = {-3, 3};
    pair.input[1] = {1, 1};
    const ingot_mul_params params = times_half(pair.shape);
    const std::vector<int8_t> expected = {-1, 2};
    std::vector<int8_t> output(2);
    run(ingot_mul, &params, {pair.input[0].data(), pair.input[1].data()}, output.data());
    EXPECT_EQ(expected, output);
}

TEST(mul, refuses_params_that_break_its_requirements) {
    Random random(3);
    const ingot_mul_params good = times_half(random_pair(random, {2, 3}, {0, 0}).shape);
    expect_broadcasts_refused(ingot_mul, good);

    const auto expect_refused_with = [&](auto change) {
        ingot_mul_params params = good;
        change(params);
        expect_refused(ingot_mul, &params);
    };
    expect_refused_with([](auto &p) { p.input_zero_point[0] = -129; });
    expect_refused_with([](auto &p) { p.input_zero_point[1] = 128; });
    expect_refused_with([](auto &p) { p.factor.shift = 31; });
    expect_refused_with([](auto &p) { p.factor.multiplier = -1; });
    expect_refused_with([](auto &p) { p.stage.zero_point = 128; });
}

}  // namespace

BenchCase bench_mul() {
    Random random(0);
    const Pair pair = random_pair(random, {24 * 24, 32}, {0, 0b10});
    return BenchCase("attention to channels: [24][24][32] x [32]", pair.count)
        .reads(pair.input[0])
        .reads(pair.input[1])
        .writes<int8_t>(pair.count)
        .takes(times_half(pair.shape));
}

}  // namespace ingot::test
