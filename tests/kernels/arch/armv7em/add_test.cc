// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// add for Armv7E-M against 64-bit arithmetic.

#include "tests/kernels/sum.h"

extern "C" ingot_status ingot_add_armv7em(const void *params, const ingot_io *io);

namespace ingot::test {
namespace {

TEST(add_armv7em, equals_the_sum_in_64_bits_for_any_broadcast_scale_and_rounding) {
    expect_sums(ingot_add_armv7em, 1);
}

TEST(add_armv7em, adds_every_pair_of_values_as_the_portable_kernel_does) {
    Random random(4);
    const Pair pair = all_pairs();
    for (int i = 0; i < 300; ++i) {
        ingot_add_params params = random_sum(random, pair.shape, INGOT_ROUNDING_DOUBLE);
        params.input_factor[i % 2] = kHalf;
        params.input_factor[1 - i % 2] = random.factor(-23, -1);
        params.output_factor = random.factor(-23, -1);
        expect_everywhere(ingot_add_armv7em, &params, pair,
                          [&](int8_t a, int8_t b) { return naive_sum(params, 1, a, b); });
        ASSERT_FALSE(HasFailure()) << "case " << i;
    }
}

TEST(add_armv7em, refuses_params_that_break_its_requirements) {
    expect_sums_refused(ingot_add_armv7em);
}

}  // namespace
}  // namespace ingot::test
