// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The smaller of two inputs.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/elementwise.h"

namespace ingot::test {
namespace {

int8_t naive(int8_t a, int8_t b) { return std::min(a, b); }

TEST(minimum, compares_every_pair_of_values) {
    const Pair pair = all_pairs();
    const ingot_minimum_params params = {.shape = pair.shape};
    expect_everywhere(ingot_minimum, &params, pair, naive);
}

TEST(minimum, repeats_either_input_along_any_dimension) {
    Random random(1);
    for (int round = 0; round < 2000; ++round) {
        const Pair pair = random_pair(random);
        const ingot_minimum_params params = {.shape = pair.shape};
        expect_everywhere(ingot_minimum, &params, pair, naive);
        if (HasFatalFailure()) return;
    }
}

TEST(minimum, refuses_params_that_break_its_requirements) {
    Random random(2);
    const ingot_minimum_params good = {.shape = random_pair(random, {2, 3}, {0, 0}).shape};
    expect_broadcasts_refused(ingot_minimum, good);
}

}  // namespace

BenchCase bench_minimum() {
    Random random(0);
    const Pair pair = random_pair(random, {32 * 32 * 16}, {0});
    return BenchCase("two images of [32][32][16]", pair.count)
        .reads(pair.input[0])
        .reads(pair.input[1])
        .writes<int8_t>(pair.count)
        .takes(ingot_minimum_params{.shape = pair.shape});
}

}  // namespace ingot::test
