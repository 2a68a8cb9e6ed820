// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The larger of two inputs.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/elementwise.h"

namespace ingot::test {
namespace {

int8_t naive(int8_t a, int8_t b) { return std::max(a, b); }

TEST(maximum, compares_every_pair_of_values) {
    const Pair pair = all_pairs();
    const ingot_maximum_params params = {.shape = pair.shape};
    expect_everywhere(ingot_maximum, &params, pair, naive);
}

TEST(maximum, repeats_either_input_along_any_dimension) {
    Random random(1);
    for (int round = 0; round < 2000; ++round) {
        const Pair pair = random_pair(random);
        const ingot_maximum_params params = {.shape = pair.shape};
        expect_everywhere(ingot_maximum, &params, pair, naive);
        if (HasFatalFailure()) return;
    }
}

TEST(maximum, refuses_params_that_break_its_requirements) {
    Random random(2);
    const ingot_maximum_params good = {.shape = random_pair(random, {2, 3}, {0, 0}).shape};
    expect_broadcasts_refused(ingot_maximum, good);
}

}  // namespace

BenchCase bench_maximum() {
    Random random(0);
    const Pair pair = random_pair(random, {32 * 32 * 16}, {0});
    return BenchCase("two images of [32][32][16]", pair.count)
        .reads(pair.input[0])
        .reads(pair.input[1])
        .writes<int8_t>(pair.count)
        .takes(ingot_maximum_params{.shape = pair.shape});
}

}  // namespace ingot::test
