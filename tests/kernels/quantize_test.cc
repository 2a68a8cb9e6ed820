// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Floats to int8, against the rounding of the mathematics library.

#include <bit>
#include <cmath>

#include "tests/kernels/bench_case.h"
#include "tests/kernels/reference.h"

namespace ingot::test {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNotANumber = std::numeric_limits<float>::quiet_NaN();

std::vector<int8_t> quantized(const std::vector<float> &values, float scale, int32_t zero_point) {
    const ingot_quantize_params params = {
        .count = static_cast<int32_t>(values.size()), .scale = scale, .zero_point = zero_point};
    std::vector<int8_t> output(values.size());
    EXPECT_EQ(INGOT_OK, run(ingot_quantize, &params, {values.data()}, output.data()));
    return output;
}

int8_t naive(float value, float scale, int32_t zero_point) {
    const float quotient = value / scale;
    if (std::isnan(quotient)) return static_cast<int8_t>(zero_point);
    const double steps = std::round(static_cast<double>(quotient)) + zero_point;
    return static_cast<int8_t>(std::clamp(steps, -128.0, 127.0));
}

void expect_naive(const std::vector<float> &values, float scale, int32_t zero_point) {
    const std::vector<int8_t> output = quantized(values, scale, zero_point);
    for (size_t i = 0; i < values.size(); ++i) {
        ASSERT_EQ(naive(values[i], scale, zero_point), output[i])
            << values[i] << " / " << scale << " + " << zero_point;
    }
}

// Floats of every sign, exponent and mantissa alike.
std::vector<float> any_floats(Random &random, int64_t count) {
    std::vector<float> values(static_cast<size_t>(count));
    for (float &value : values) {
        value = std::bit_cast<float>(
            random.in(std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()));
    }
    return values;
}

TEST(quantize, rounds_like_the_mathematics_library) {
    Random random(1);
    for (int round = 0; round < 500; ++round) {
        const float scale = std::ldexp(1.0f + static_cast<float>(random.in(0, 1 << 23)) * 0x1p-23f,
                                       random.in(-12, 3));
        std::vector<float> values(1000);
        for (float &value : values) {
            value = scale * static_cast<float>(random.in(-1600, 1600)) / 10.0f;
        }
        expect_naive(values, scale, random.in(-128, 127));
        if (HasFatalFailure()) return;
    }
}

TEST(quantize, takes_any_float_over_any_scale) {
    Random random(2);
    for (const float scale : {1e-45f, 1e-20f, 0.007f, 1.0f, 3.5f, 1e20f, 3.4e38f, kInfinity}) {
        for (const int32_t zero_point : {-128, -1, 0, 127}) {
            expect_naive(any_floats(random, 5000), scale, zero_point);
        }
    }
}

TEST(quantize, rounds_ties_away_from_zero) {
    const std::vector<int8_t> expected = {1, -1, 2, -2, 3, -3};
    EXPECT_EQ(expected, quantized({0.5f, -0.5f, 1.5f, -1.5f, 2.5f, -2.5f}, 1.0f, 0));
}

TEST(quantize, does_not_take_the_float_below_a_half_for_a_half) {
    const float below = std::nextafter(0.5f, 0.0f);
    EXPECT_EQ((std::vector<int8_t>{0, 0}), quantized({below, -below}, 1.0f, 0));
}

TEST(quantize, saturates_far_values_and_infinities) {
    const std::vector<float> values = {127.4f, 127.5f, -128.4f,   -128.5f,
                                       1e38f,  -1e38f, kInfinity, -kInfinity};
    const std::vector<int8_t> expected = {127, 127, -128, -128, 127, -128, 127, -128};
    EXPECT_EQ(expected, quantized(values, 1.0f, 0));
}

TEST(quantize, saturates_only_after_the_zero_point_is_added) {
    EXPECT_EQ((std::vector<int8_t>{72, 127}), quantized({200.0f, 256.0f}, 1.0f, -128));
    EXPECT_EQ((std::vector<int8_t>{-73, -128}), quantized({-200.0f, -256.0f}, 1.0f, 127));
}

TEST(quantize, makes_not_a_number_the_zero_point) {
    EXPECT_EQ((std::vector<int8_t>{-7, -7}), quantized({kNotANumber, -kNotANumber}, 0.5f, -7));
}

TEST(quantize, refuses_params_that_break_its_requirements) {
    const ingot_quantize_params bad[] = {
        {.count = 0, .scale = 1.0f, .zero_point = 0},
        {.count = 4, .scale = 0.0f, .zero_point = 0},
        {.count = 4, .scale = -1.0f, .zero_point = 0},
        {.count = 4, .scale = kNotANumber, .zero_point = 0},
        {.count = 4, .scale = 1.0f, .zero_point = -129},
        {.count = 4, .scale = 1.0f, .zero_point = 128},
    };
    for (const ingot_quantize_params &params : bad) expect_refused(ingot_quantize, &params);
}

}  // namespace

BenchCase bench_quantize() {
    Random random(0);
    std::vector<float> values;
    for (const int8_t value : random.values<int8_t>(96 * 96 * 3)) {
        values.push_back(static_cast<float>(value) * 0.0123f);
    }
    const auto count = static_cast<int32_t>(values.size());
    return BenchCase("visual wake words, input: [96][96][3]", count)
        .reads(values)
        .writes<int8_t>(count)
        .takes(ingot_quantize_params{.count = count, .scale = 0.01f, .zero_point = -3});
}

}  // namespace ingot::test
