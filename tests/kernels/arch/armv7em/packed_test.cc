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

ingot_output_stage any_stage(test::Random &random) {
    return {.zero_point = random.in(-128, 127),
            .activation_min = -128,
            .activation_max = 127,
            .rounding = INGOT_ROUNDING_DOUBLE};
}

// What the short way makes of a sum, bias and all.
int32_t finish_fast(const ingot_output_stage &stage, const Channel &channel, int32_t sum) {
    const Constants constants = constants_of(stage, kFast, channel);
    const int32_t doubled = add_wrapping(ingot_shift_left(sum - channel.bias, 1), constants.bias);
    return requantize(doubled, constants.multiplier, constants.shift);
}

TEST(requantize, is_exact_wherever_a_channel_is_provable_or_has_but_two_results) {
    test::Random random(1);
    int provable = 0, constant = 0, steps = 0;
    for (int i = 0; i < 200000; ++i) {
        const ingot_output_stage stage = any_stage(random);
        const auto reach = static_cast<int32_t>((int64_t{1} << random.in(4, 30)) - 1);
        const int32_t low = random.in(-reach, reach);
        const int32_t high = i % 3 == 0 ? low + random.in(0, 1000) : random.in(low, reach);
        const Channel channel = {low, high, random.in(low, high), random.factor(-31, 2)};
        if (form_of(stage, 1, [&](int32_t) { return channel; }) == kExact) continue;
        ++(is_constant(channel, stage) ? constant : is_provable(channel) ? provable : steps);
        for (const int32_t sum : {low, high, random.in(low, high), random.in(low, high)}) {
            ASSERT_EQ(finish(sum, channel.factor, stage), finish_fast(stage, channel, sum))
                << sum << " x " << channel.factor.multiplier << " >> " << channel.factor.shift;
        }
    }
    EXPECT_GT(provable, 30000);
    EXPECT_GT(constant, 20000);
    EXPECT_GT(steps, 2000);
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

TEST(is_provable, stops_where_the_short_way_is_no_longer_exact) {
    constexpr int64_t kEnd = 1 << 30;
    EXPECT_TRUE(is_provable({1 - kEnd, kEnd - 1, 0, {1 << 30, -1}}));
    EXPECT_TRUE(is_provable({1 - kEnd, kEnd - 1, 0, {1 << 30, -kRightShiftMax}}));
    EXPECT_FALSE(is_provable({-kEnd, 0, 0, {1 << 30, -5}}));
    EXPECT_FALSE(is_provable({0, kEnd, 0, {1 << 30, -5}}));
    EXPECT_FALSE(is_provable({-100, 100, 0, {1 << 30, 0}}));
    EXPECT_FALSE(is_provable({-100, 100, 0, {1 << 30, -kRightShiftMax - 1}}));
}

constexpr ingot_output_stage kStage = {.zero_point = 3,
                                       .activation_min = -128,
                                       .activation_max = 127,
                                       .rounding = INGOT_ROUNDING_DOUBLE};

TEST(is_constant, knows_channels_without_weights_whatever_their_bias_and_shift) {
    for (const int32_t bias : {INT32_MIN, -(1 << 30), -7, 0, 7, 1 << 30, INT32_MAX}) {
        for (int32_t shift = -31; shift <= 30; ++shift) {
            const Channel channel = {bias, bias, bias, {1289652307, shift}};
            ASSERT_TRUE(is_constant(channel, kStage));
            ASSERT_EQ(finish(bias, channel.factor, kStage), finish_fast(kStage, channel, bias))
                << bias << " << " << shift;
        }
    }
}

TEST(is_constant, knows_channels_whose_weights_never_change_a_result) {
    // Between 4.5 and 5.5 steps of 2^20, then just beyond.
    constexpr int64_t kHalf = 1 << 20;
    EXPECT_TRUE(is_constant({9 * kHalf, 11 * kHalf - 2, 10 * kHalf, {1 << 30, -20}}, kStage));
    EXPECT_FALSE(is_constant({9 * kHalf, 11 * kHalf, 10 * kHalf, {1 << 30, -20}}, kStage));
}

TEST(is_constant, does_not_trust_the_ends_of_accumulators_that_may_wrap) {
    EXPECT_FALSE(is_constant({-(int64_t{1} << 33), int64_t{1} << 33, 0, {0, -1}}, kStage));
    EXPECT_FALSE(is_constant({0, 1 << 29, 0, {1 << 30, 3}}, kStage));
}

TEST(is_step, is_exact_on_either_side_of_the_threshold_as_far_as_accumulators_reach) {
    constexpr int32_t kThreshold = 19 << 24;  // 9.5 steps of 2^25, ties away from zero.
    for (const int32_t low : {kThreshold - 1, kThreshold - 70000, kThreshold - (1 << 24)}) {
        for (const int32_t high : {kThreshold, kThreshold + 70000, kThreshold + (1 << 24)}) {
            const Channel channel = {low, high, low / 2, {INT32_MAX, -25}};
            ASSERT_TRUE(is_step(channel, kStage));
            EXPECT_FALSE(is_provable(channel));
            EXPECT_EQ(kThreshold, threshold_of(channel, kStage));
            for (const int32_t sum : {low, kThreshold - 1, kThreshold, high}) {
                EXPECT_EQ(finish(sum, channel.factor, kStage), finish_fast(kStage, channel, sum));
            }
        }
    }
    EXPECT_FALSE(
        is_step({kThreshold - (1 << 25), kThreshold + (1 << 25), 0, {INT32_MAX, -25}}, kStage));
}

}  // namespace
}  // namespace ingot::armv7em
