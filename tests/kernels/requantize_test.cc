// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to another scale, against 64-bit arithmetic.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/elementwise.h"

namespace ingot::test {
namespace {

constexpr ingot_requantize_params kTwice = {.count = 4,
                                            .input_zero_point = 0,
                                            .factor = {.multiplier = 1 << 30, .shift = 2},
                                            .stage = {.zero_point = 0,
                                                      .activation_min = -128,
                                                      .activation_max = 127,
                                                      .rounding = INGOT_ROUNDING_DOUBLE}};

TEST(requantize, equals_the_product_in_64_bits_for_every_value_and_in_place) {
    Random random(1);
    std::vector<int8_t> input;
    for (int value = -128; value <= 127; ++value) input.push_back(static_cast<int8_t>(value));
    for (int round = 0; round < 5000; ++round) {
        const auto rounding = round % 2 == 0 ? INGOT_ROUNDING_DOUBLE : INGOT_ROUNDING_SINGLE;
        const ingot_requantize_params params = {
            .count = 256,
            .input_zero_point = random.in(-128, 127),
            .factor = random.in(0, 3) == 0 ? random.factor(-31, 20) : random.factor(-4, 4),
            .stage = random_stage(random, rounding)};
        std::vector<int8_t> expected;
        for (const int8_t value : input) {
            expected.push_back(
                naive_finish(value - params.input_zero_point, params.factor, params.stage));
        }
        std::vector<int8_t> output = input;
        ASSERT_EQ(INGOT_OK, run(ingot_requantize, &params, {output.data()}, output.data()));
        ASSERT_EQ(expected, output);
    }
}

TEST(requantize, writes_count_elements_and_no_more) {
    ingot_requantize_params params = kTwice;
    params.count = 3;
    const std::vector<int8_t> input = {1, -50, 100, 9};
    std::vector<int8_t> output(4, 85);
    run(ingot_requantize, &params, {input.data()}, output.data());
    EXPECT_EQ((std::vector<int8_t>{2, -100, 127, 85}), output);
}

TEST(requantize, refuses_params_that_break_its_requirements) {
    const auto expect_refused_with = [](auto change) {
        ingot_requantize_params params = kTwice;
        change(params);
        expect_refused(ingot_requantize, &params);
    };
    expect_refused_with([](auto &p) { p.count = 0; });
    expect_refused_with([](auto &p) { p.input_zero_point = 128; });
    expect_refused_with([](auto &p) { p.input_zero_point = -129; });
    expect_refused_with([](auto &p) { p.factor.shift = 31; });
    expect_refused_with([](auto &p) { p.factor.multiplier = -1; });
    expect_refused_with([](auto &p) { p.stage.activation_max = 128; });
}

}  // namespace

BenchCase bench_requantize() {
    constexpr int32_t kCount = 24 * 24 * 32;
    Random random(0);
    ingot_requantize_params params = kTwice;
    params.count = kCount;
    return BenchCase("before a concatenation: [24][24][32]", kCount)
        .reads(random.values<int8_t>(kCount))
        .writes<int8_t>(kCount)
        .takes(params);
}

}  // namespace ingot::test
