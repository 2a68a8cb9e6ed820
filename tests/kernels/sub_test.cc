// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Differences of two inputs, against 64-bit arithmetic.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/sum.h"

namespace ingot::test {
namespace {

TEST(sub, equals_the_difference_in_64_bits_for_any_broadcast_scale_and_rounding) {
    expect_sums(ingot_sub, -1);
}

TEST(sub, subtracts_the_second_from_the_first) {
    const Pair pair = all_pairs();
    const ingot_sub_params params = equal_scales(pair.shape);
    expect_everywhere(ingot_sub, &params, pair, [](int a, int b) {
        return static_cast<int8_t>(std::clamp(a - b, -128, 127));
    });
}

TEST(sub, refuses_params_that_break_its_requirements) { expect_sums_refused(ingot_sub); }

}  // namespace

BenchCase bench_sub() {
    Random random(0);
    const Pair pair = random_pair(random, {32 * 32 * 16}, {0});
    return BenchCase("two images of [32][32][16]", pair.count)
        .reads(pair.input[0])
        .reads(pair.input[1])
        .writes<int8_t>(pair.count)
        .takes(equal_scales(pair.shape));
}

}  // namespace ingot::test
