// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// max_pool against the largest of what lies under each window.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/pool.h"

namespace ingot::test {
namespace {

TEST(max_pool, matches_the_largest_over_many_shapes) {
    Random random(1);
    for (const PoolProblem &problem : kPoolProblems) {
        const ingot_pool_params p = pool_params(problem, random.in(-128, -20), random.in(20, 127));
        const auto input = random.values<int8_t>(elements(p.input));
        std::vector<int8_t> expected;
        for (const Pixel &at : pixels(p.output)) {
            for (int32_t c = 0; c < p.output.channels; ++c) {
                const int32_t largest = std::ranges::max(values_under(p, input, at, c));
                expected.push_back(
                    static_cast<int8_t>(std::clamp(largest, p.activation_min, p.activation_max)));
            }
        }
        EXPECT_EQ(expected, run_pool(ingot_max_pool, p, input))
            << "problem " << &problem - kPoolProblems;
    }
}

TEST(max_pool, finds_the_lowest_value_where_there_is_no_other) {
    const ingot_pool_params p = pool_params({{1, 2, 2, 1}, {3, 3, 1, 1, 1, 1, 1, 1}});
    const std::vector<int8_t> lowest(4, -128);
    EXPECT_EQ(lowest, run_pool(ingot_max_pool, p, lowest));
}

TEST(max_pool, clamps) {
    const ingot_pool_params p = pool_params({{1, 1, 3, 1}, {1, 1, 1, 1, 0, 0, 1, 1}}, -5, 6);
    EXPECT_EQ((std::vector<int8_t>{-5, 0, 6}), run_pool(ingot_max_pool, p, {-9, 0, 9}));
}

TEST(max_pool, refuses_flawed_params) { expect_pool_flaws_refused(ingot_max_pool); }

}  // namespace

BenchCase bench_max_pool() {
    Random random(0);
    const ingot_pool_params params = pool_params({{1, 32, 32, 16}, {2, 2, 2, 2, 0, 0, 1, 1}});
    return BenchCase("half the size: [32][32][16] -> [16][16][16]", elements(params.input))
        .reads(random.values<int8_t>(elements(params.input)))
        .writes<int8_t>(elements(params.output))
        .takes(params);
}

}  // namespace ingot::test
