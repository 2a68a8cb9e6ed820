// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Arithmetic of the accelerator, by hand.

#include "sim/machines/cnn_array/compute.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/machines/cnn_array/gather.h"
#include "sim/machines/cnn_array/multiply.h"
#include "tests/sim/machines/cnn_array/trace.h"

namespace ingot::sim::test {
namespace {

TEST(scaled_output, rounds_half_up_at_every_shift) {
    EXPECT_EQ(scaled_output(63, 0, Activation::kNone), 0);
    EXPECT_EQ(scaled_output(64, 0, Activation::kNone), 1);
    EXPECT_EQ(scaled_output(-64, 0, Activation::kNone), 0);
    EXPECT_EQ(scaled_output(-65, 0, Activation::kNone), -1);
    EXPECT_EQ(scaled_output(1, 7, Activation::kNone), 1);
    EXPECT_EQ(scaled_output(-3, 8, Activation::kNone), -6);
    EXPECT_EQ(scaled_output((int64_t{1} << 21) - 1, -15, Activation::kNone), 0);
    EXPECT_EQ(scaled_output(int64_t{1} << 21, -15, Activation::kNone), 1);
}

TEST(scaled_output, clamps_before_it_activates) {
    EXPECT_EQ(scaled_output(1 << 20, 0, Activation::kNone), 127);
    EXPECT_EQ(scaled_output(-(1 << 20), 0, Activation::kNone), -128);
    EXPECT_EQ(scaled_output(-(1 << 20), 0, Activation::kRelu), 0);
    EXPECT_EQ(scaled_output(-(1 << 20), 0, Activation::kAbsolute), 127);
    EXPECT_EQ(scaled_output(-5 * 128, 0, Activation::kAbsolute), 5);
}

TEST(multiply, adds_up_rows_of_extreme_values) {
    constexpr int32_t kRow = 96;
    std::vector<int16_t> pixels(2 * kRow), weights(4 * kRow);
    for (size_t i = 0; i < pixels.size(); ++i) {
        pixels[i] = static_cast<int16_t>(i % 3 == 0 ? -128 : 127 - 3 * static_cast<int>(i % 80));
    }
    for (size_t i = 0; i < weights.size(); ++i) {
        weights[i] = static_cast<int16_t>(i % 5 == 0 ? -128 : static_cast<int>(i % 255) - 127);
    }
    int32_t sums[2][4];
    multiply(pixels.data(), weights.data(), kRow, sums);
    for (size_t p = 0; p < 2; ++p) {
        for (size_t o = 0; o < 4; ++o) {
            int64_t expected = 0;
            for (size_t i = 0; i < kRow; ++i)
                expected += pixels[p * kRow + i] * weights[o * kRow + i];
            EXPECT_EQ(sums[p][o], expected);
        }
    }
}

// A layer without kernels of one processor: a row of `pixels`, pooled in one window.
class pooled : public testing::Test {
protected:
    pooled() {
        layer.processors = 1;
        layer.rows = 1;
        layer.pooled_rows = layer.pooled_columns = 1;
        layer.output_rows = layer.output_columns = 1;
    }

    int16_t of(std::vector<int> pixels) {
        layer.columns = static_cast<int32_t>(pixels.size()) / layer.operands;
        if (layer.pooling.kind != Pooling::Kind::kOff) layer.pooling.columns = layer.columns;
        for (size_t i = 0; i < pixels.size(); ++i) {
            data.write(0, static_cast<int64_t>(i), static_cast<uint8_t>(pixels[i]));
        }
        return gather(layer, data).values[0];
    }

    DataMemory data{16, 64};
    Layer layer;
};

TEST_F(pooled, averages_go_towards_zero) {
    layer.pooling.kind = Pooling::Kind::kAverage;
    EXPECT_EQ(of({1, 2, 2}), 1);
    EXPECT_EQ(of({-1, -2, -2}), -1);
}

TEST_F(pooled, averages_go_to_the_nearest_if_asked_and_halves_away_from_zero) {
    layer.pooling = {.kind = Pooling::Kind::kAverage, .rounds = true};
    EXPECT_EQ(of({1, 2, 2}), 2);
    EXPECT_EQ(of({1, 2}), 2);
    EXPECT_EQ(of({-1, -2}), -2);
    EXPECT_EQ(of({-1, -1, -2}), -1);
}

TEST_F(pooled, maxima_are_signed) {
    layer.pooling.kind = Pooling::Kind::kMaximum;
    EXPECT_EQ(of({-128, -3, -7}), -3);
}

TEST_F(pooled, operands_are_combined_from_the_left_and_clamped) {
    layer.combines = true;
    layer.operands = 3;
    layer.function = ElementFunction::kSubtract;
    EXPECT_EQ(of({10, 3, 4}), 3);
    layer.function = ElementFunction::kAdd;
    EXPECT_EQ(of({100, 100, -100}), 100);
    EXPECT_EQ(of({100, 100, 1}), 127);
    layer.function = ElementFunction::kXor;
    EXPECT_EQ(of({1, 2, -1}), -4);
    layer.function = ElementFunction::kOr;
    EXPECT_EQ(of({1, 2, 4}), 7);
}

TEST_F(pooled, sums_are_clamped_before_or_after_pooling_as_asked) {
    layer.combines = true;
    layer.operands = 2;
    layer.pooling.kind = Pooling::Kind::kAverage;
    layer.pools_first = true;
    EXPECT_EQ(of({100, 100, -100, 20}), 60);  // 0 + 60
    layer.pools_first = false;
    EXPECT_EQ(of({100, 100, -100, 20}), 23);  // (127 - 80) / 2
}

TEST_F(pooled, wide_sums_without_kernels_are_not_clamped) {
    layer.combines = true;
    layer.operands = 2;
    layer.is_wide = true;
    EXPECT_EQ(of({100, 100}), 200);
}

// 16 passes of 16 processors with the largest products: 16 x 16 x 9 x 2^14 leaves 26 bits.
TEST(overflow, of_26_bits_is_counted_and_computed_on) {
    const CnnArray array = cnn_array_of("max78002");
    DataMemory data(16, 1024);
    KernelMemory kernels(array);
    const BiasMemory bias(array);
    Layer layer{.kind = Layer::Kind::kConvolution,
                .rows = 3,
                .columns = 3,
                .passes = 16,
                .processors = 0xffff,
                .kernels = 0xffff,
                .pooled_rows = 3,
                .pooled_columns = 3,
                .tap_rows = 3,
                .tap_columns = 3,
                .outputs = 1,
                .output_rows = 1,
                .output_columns = 1,
                .is_wide = true,
                .pointer_bits = 15,
                .write_pointer = {1000}};
    for (int p = 0; p < 16; ++p) {
        for (uint32_t w = 0; w < 16; ++w) {
            for (uint32_t part = 0; part < 4; ++part) {
                ASSERT_TRUE(kernels.write_word(p, w * 16 + part * 4, 0x80808080));
            }
        }
    }
    for (int i = 0; i < 4; ++i) {
        for (int w = 0; w < 9 * 16; ++w) data.write(i, w, 0x80808080);
    }
    EXPECT_EQ(compute(layer, {array, kernels, bias}, data, data).overflows, 1);
    EXPECT_EQ(data.read(0, 1000), 16u * 16 * 9 << 14);
    layer.passes = 14;  // 14 x 16 x 9 x 2^14 = 2^25 - 2^19 does not.
    EXPECT_EQ(compute(layer, {array, kernels, bias}, data, data).overflows, 0);
}

}  // namespace
}  // namespace ingot::sim::test
