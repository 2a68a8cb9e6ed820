// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to floats, against products in double.

#include <cmath>

#include "tests/kernels/bench_case.h"
#include "tests/kernels/reference.h"

namespace ingot::test {
namespace {

std::vector<int8_t> all_values() {
    std::vector<int8_t> values;
    for (int value = -128; value <= 127; ++value) values.push_back(static_cast<int8_t>(value));
    return values;
}

TEST(dequantize, gives_the_float_nearest_to_the_product_in_double) {
    Random random(1);
    const std::vector<int8_t> values = all_values();
    for (int round = 0; round < 2000; ++round) {
        const float mantissa = 1.0f + static_cast<float>(random.in(0, (1 << 23) - 1)) * 0x1p-23f;
        const ingot_dequantize_params params = {.count = 256,
                                                .scale = std::ldexp(mantissa, random.in(-149, 127)),
                                                .zero_point = random.in(-128, 127)};
        std::vector<float> output(values.size());
        ASSERT_EQ(INGOT_OK, run(ingot_dequantize, &params, {values.data()}, output.data()));
        for (size_t i = 0; i < values.size(); ++i) {
            const double product =
                static_cast<double>(params.scale) * (values[i] - params.zero_point);
            ASSERT_EQ(static_cast<float>(product), output[i]) << params.scale;
        }
    }
}

TEST(dequantize, makes_the_zero_point_exactly_zero) {
    const ingot_dequantize_params params = {.count = 2, .scale = 0.1f, .zero_point = -128};
    const std::vector<int8_t> input = {-128, -118};
    std::vector<float> output(2);
    run(ingot_dequantize, &params, {input.data()}, output.data());
    EXPECT_EQ((std::vector<float>{0.0f, 1.0f}), output);
}

TEST(dequantize, refuses_params_that_break_its_requirements) {
    const ingot_dequantize_params bad[] = {
        {.count = 0, .scale = 1.0f, .zero_point = 0},
        {.count = 4, .scale = 0.0f, .zero_point = 0},
        {.count = 4, .scale = -1.0f, .zero_point = 0},
        {.count = 4, .scale = 1.0f, .zero_point = -129},
        {.count = 4, .scale = 1.0f, .zero_point = 128},
    };
    for (const ingot_dequantize_params &params : bad) expect_refused(ingot_dequantize, &params);
}

}  // namespace

BenchCase bench_dequantize() {
    constexpr int32_t kCount = 640;
    Random random(0);
    return BenchCase("anomaly detection, output: [640]", kCount)
        .reads(random.values<int8_t>(kCount))
        .writes<float>(kCount)
        .takes(ingot_dequantize_params{.count = kCount, .scale = 0.01f, .zero_point = -3});
}

}  // namespace ingot::test
