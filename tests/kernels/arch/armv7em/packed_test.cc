// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The parts that packed layouts are made of.

#include "kernels/arch/armv7em/packed.h"

#include "armv7em/dsp.h"
#include "kernels/arch/armv7em/requantize.h"
#include "tests/kernels/reference.h"

namespace ingot::armv7em {
namespace {

TEST(packed, one_multiply_of_a_tile_s_word_sums_both_of_its_channels) {
    const int8_t weights[] = {-3, 5, -7, 9, 11, -13, 15, -127};  // Channels a and b of four each.
    const TileLayout layout = {
        .channels = 2, .tile_channels = 4, .elements = 4, .pairs = 2, .constants = 0};
    uint32_t words[2] = {};
    ASSERT_TRUE(pack_tiles(layout, weights, place_in_quads, reinterpret_cast<uint8_t *>(words)));
    const uint32_t input = 0x817f0203;  // 3, 2, 127, -127
    int32_t both = smlad(words[0], sxtb16(input), 0);
    int32_t a = smlad(sxtb16(words[0]), sxtb16(input), 0);
    both = smlad(words[1], sxtb16_ror8(input), both);
    a = smlad(sxtb16(words[1]), sxtb16_ror8(input), a);
    EXPECT_EQ(-3 * 3 + 5 * 2 - 7 * 127 - 9 * 127, a);
    EXPECT_EQ(11 * 3 - 13 * 2 + 15 * 127 + 127 * 127, (both - a) >> 8);
}

TEST(packed, refuses_the_one_pair_of_weights_that_a_half_cannot_hold) {
    const TileLayout layout = {
        .channels = 2, .tile_channels = 4, .elements = 1, .pairs = 2, .constants = 0};
    uint8_t bytes[8];
    const int8_t fits[] = {0, -128};
    const int8_t does_not[] = {-1, -128};
    EXPECT_TRUE(pack_tiles(layout, fits, place_in_quads, bytes));
    EXPECT_FALSE(pack_tiles(layout, does_not, place_in_quads, bytes));
}

TEST(packed, tiles_of_four_come_before_those_of_two) {
    const TileLayout layout = {
        .channels = 7, .tile_channels = 4, .elements = 4, .pairs = 2, .constants = 1};
    EXPECT_EQ(4 * (2 + 2), layout.words());
    EXPECT_EQ(0, layout.weight_byte(0, {0, 0}));
    EXPECT_EQ(4, layout.weight_byte(2, {0, 0}));
    EXPECT_EQ(8, layout.weight_byte(0, {1, 0}));
    EXPECT_EQ(16, layout.constants_byte(0));
    EXPECT_EQ(32, layout.weight_byte(4, {0, 0}));
    EXPECT_EQ(36, layout.weight_byte(4, {1, 0}));
    EXPECT_EQ(40, layout.constants_byte(4));
    EXPECT_EQ(44, layout.constants_byte(5));
    EXPECT_EQ(48, layout.weight_byte(6, {0, 0}));
}

TEST(requantize, is_exact_wherever_make_fast_says_so) {
    test::Random random(1);
    int fast = 0;
    for (int i = 0; i < 200000; ++i) {
        const int64_t reach = int64_t{1} << random.in(4, 30);
        const ingot_factor factor = random.factor(-31, 2);
        ingot_factor made = factor;
        if (!make_fast(reach, made)) continue;
        ++fast;
        const ingot_output_stage stage = {.zero_point = random.in(-128, 127),
                                          .activation_min = -128,
                                          .activation_max = 127,
                                          .rounding = INGOT_ROUNDING_DOUBLE};
        const auto limit = static_cast<int32_t>(reach);
        const int32_t sum = i % 8 == 0 ? -limit : i % 8 == 1 ? limit : random.in(-limit, limit);
        EXPECT_EQ(finish(sum, factor, stage),
                  requantize(2 * sum, made.multiplier, fast_shift(-made.shift, stage.zero_point)))
            << sum << " x " << factor.multiplier << " >> " << factor.shift;
    }
    EXPECT_GT(fast, 50000);
}

TEST(requantize, takes_ties_away_from_zero) {
    for (int32_t right = 1; right <= kRightShiftMax; ++right) {
        const ingot_output_stage stage = {.zero_point = 3,
                                          .activation_min = -128,
                                          .activation_max = 127,
                                          .rounding = INGOT_ROUNDING_DOUBLE};
        const ingot_factor factor = {.multiplier = 1 << 30, .shift = -right};
        for (int32_t sum = -(8 << right); sum <= 8 << right; ++sum) {
            ASSERT_EQ(finish(sum, factor, stage),
                      requantize(2 * sum, factor.multiplier, fast_shift(right, 3)));
        }
    }
}

TEST(make_fast, leaves_alone_what_it_cannot_prove) {
    ingot_factor grows = {1 << 30, 0};
    EXPECT_FALSE(make_fast(100, grows));
    ingot_factor steep = {1 << 30, -17};
    EXPECT_FALSE(make_fast((1 << 30) - 1, steep));
    ingot_factor small = {1 << 30, -5};
    EXPECT_FALSE(make_fast(1 << 30, small));
    EXPECT_TRUE(make_fast((1 << 30) - 1, small));
}

TEST(make_fast, turns_a_factor_that_only_makes_zeros_into_one_that_fits) {
    ingot_factor factor = {1 << 30, -30};
    EXPECT_TRUE(make_fast(1 << 20, factor));
    EXPECT_EQ(0, factor.multiplier);
}

}  // namespace
}  // namespace ingot::armv7em
