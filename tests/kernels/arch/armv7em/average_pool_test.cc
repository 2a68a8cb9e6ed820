// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// average_pool for Armv7E-M against the portable kernel.

#include "tests/kernels/pool.h"

extern "C" ingot_status ingot_average_pool_armv7em(const void *params, const ingot_io *io);

namespace ingot::test {
namespace {

void expect_same(const ingot_pool_params &p, const std::vector<int8_t> &input) {
    EXPECT_EQ(run_pool(ingot_average_pool, p, input),
              run_pool(ingot_average_pool_armv7em, p, input));
}

TEST(average_pool_armv7em, is_the_portable_kernel_to_the_bit_for_any_params) {
    Random random(1);
    int count = 0;
    for (int i = 0; i < 4000; ++i) {
        const ingot_window window = {random.in(1, 5),
                                     random.in(1, 5),
                                     random.in(1, 3),
                                     random.in(1, 3),
                                     random.in(0, 2),
                                     random.in(0, 2),
                                     1,
                                     1};
        const ingot_shape input = {random.in(1, 2), random.in(1, 9), random.in(1, 9),
                                   random.in(1, 19)};
        const ingot_pool_params p =
            pool_params({input, window}, random.in(-128, -90), random.in(90, 127));
        const std::vector<int8_t> values = random.values<int8_t>(elements(input));
        std::vector<int8_t> output(std::max<int64_t>(elements(p.output), 1));
        if (p.output.height < 1 || p.output.width < 1) continue;
        if (run(ingot_average_pool, &p, {values.data()}, output.data()) != INGOT_OK) continue;
        ++count;
        expect_same(p, values);
        ASSERT_FALSE(HasFailure()) << "case " << i;
    }
    EXPECT_GT(count, 1000);
}

TEST(average_pool_armv7em, sums_the_largest_values_of_windows_as_large_as_halves_bear_and_larger) {
    for (const int8_t value : {-128, 127}) {
        for (const int32_t width : {15, 16, 17}) {
            const ingot_pool_params p =
                pool_params({{1, 16, 17, 6}, {16, width, 1, 1, 0, 0, 1, 1}});
            expect_same(p, std::vector<int8_t>(elements(p.input), value));
        }
    }
}

TEST(average_pool_armv7em, rounds_halves_away_from_zero) {
    const ingot_pool_params p = pool_params({{1, 1, 2, 4}, {1, 2, 1, 1, 0, 0, 1, 1}});
    const std::vector<int8_t> output =
        run_pool(ingot_average_pool_armv7em, p, {1, -1, 127, -128, 2, -2, 126, -127});
    EXPECT_EQ((std::vector<int8_t>{2, -2, 127, -128}), output);
}

TEST(average_pool_armv7em, refuses_flawed_params) {
    expect_pool_flaws_refused(ingot_average_pool_armv7em);
}

}  // namespace
}  // namespace ingot::test
