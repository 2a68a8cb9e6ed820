// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// average_pool against the average of what lies under each window.

#include <cmath>
#include <numeric>

#include "tests/kernels/bench_case.h"
#include "tests/kernels/pool.h"

namespace ingot::test {
namespace {

int8_t average(const std::vector<int8_t> &values, int32_t min, int32_t max) {
    const int64_t sum = std::accumulate(values.begin(), values.end(), int64_t{0});
    const double mean = static_cast<double>(sum) / static_cast<double>(values.size());
    return static_cast<int8_t>(std::clamp<int64_t>(std::llround(mean), min, max));
}

TEST(average_pool, matches_the_average_over_many_shapes) {
    Random random(1);
    for (const PoolProblem &problem : kPoolProblems) {
        const ingot_pool_params p = pool_params(problem, random.in(-128, -90), random.in(90, 127));
        const auto input = random.values<int8_t>(elements(p.input));
        std::vector<int8_t> expected;
        for (const Pixel &at : pixels(p.output)) {
            for (int32_t c = 0; c < p.output.channels; ++c) {
                expected.push_back(
                    average(values_under(p, input, at, c), p.activation_min, p.activation_max));
            }
        }
        EXPECT_EQ(expected, run_pool(ingot_average_pool, p, input))
            << "problem " << &problem - kPoolProblems;
    }
}

TEST(average_pool, rounds_halves_away_from_zero) {
    const ingot_pool_params p = pool_params({{1, 1, 2, 4}, {1, 2, 1, 1, 0, 0, 1, 1}});
    const std::vector<int8_t> output =
        run_pool(ingot_average_pool, p, {1, -1, 127, -128, 2, -2, 126, -127});
    EXPECT_EQ((std::vector<int8_t>{2, -2, 127, -128}), output);
}

TEST(average_pool, counts_only_taps_inside_the_image) {
    const ingot_pool_params p = pool_params({{1, 2, 2, 1}, {3, 3, 1, 1, 1, 1, 1, 1}});
    const std::vector<int8_t> constant(4, 50);
    EXPECT_EQ(constant, run_pool(ingot_average_pool, p, constant));
}

TEST(average_pool, clamps) {
    const ingot_pool_params p = pool_params({{1, 1, 3, 1}, {1, 1, 1, 1, 0, 0, 1, 1}}, -5, 6);
    EXPECT_EQ((std::vector<int8_t>{-5, 0, 6}), run_pool(ingot_average_pool, p, {-9, 0, 9}));
}

TEST(average_pool, refuses_flawed_params) { expect_pool_flaws_refused(ingot_average_pool); }

}  // namespace

BenchCase bench_average_pool() {
    Random random(0);
    const ingot_pool_params params = pool_params({{1, 8, 8, 64}, {8, 8, 1, 1, 0, 0, 1, 1}});
    return BenchCase("ResNet-8, last pool: [8][8][64] -> [64]", elements(params.input))
        .reads(random.values<int8_t>(elements(params.input)))
        .writes<int8_t>(elements(params.output))
        .takes(params);
}

}  // namespace ingot::test
