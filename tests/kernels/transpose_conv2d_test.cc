// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// transpose_conv2d gathers; the reference here scatters, as the operator is defined.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/layer.h"

namespace ingot::test {
namespace {

using Params = ingot_transpose_conv2d_params;
using Transposed = Layer<Params>;

struct Problem {
    ingot_shape input;
    ingot_shape output;
    ingot_window window;  // height, width, strides, pads, dilations
};

Transposed layer_of(const Problem &problem, Random &random, const Style &style) {
    Params params = {};
    params.input = problem.input;
    params.output = problem.output;
    params.window = problem.window;
    return Transposed(
        params,
        {.input = elements(problem.input),
         .weights = problem.output.channels * taps(problem.window) * problem.input.channels,
         .output = elements(problem.output),
         .channels = problem.output.channels},
        random, style);
}

// Adds what one input pixel gives to the output pixel under one tap.
void scatter(const Transposed &layer, const Pixel &from, int32_t row, int32_t column,
             std::vector<int64_t> &sums) {
    const Params &p = layer.params;
    const Pixel to = under(p.window, from, row, column);
    if (!is_inside(p.output, to)) return;
    for (int32_t c = 0; c < p.output.channels; ++c) {
        for (int32_t i = 0; i < p.input.channels; ++i) {
            const int64_t tap = (int64_t{c} * p.window.height + row) * p.window.width + column;
            sums[offset(p.output, to, c)] +=
                layer.weights[tap * p.input.channels + i] *
                (layer.input[offset(p.input, from, i)] - p.input_zero_point);
        }
    }
}

std::vector<int8_t> naive(const Transposed &layer) {
    const Params &p = layer.params;
    std::vector<int64_t> sums(layer.sizes.output);
    for (const Pixel &from : pixels(p.input)) {
        for (int32_t row = 0; row < p.window.height; ++row) {
            for (int32_t column = 0; column < p.window.width; ++column) {
                scatter(layer, from, row, column, sums);
            }
        }
    }
    std::vector<int8_t> output;
    for (size_t i = 0; i < sums.size(); ++i) {
        output.push_back(layer.finish(static_cast<int32_t>(i) % p.output.channels, sums[i]));
    }
    return output;
}

constexpr Problem kProblems[] = {
    {{1, 1, 1, 1}, {1, 1, 1, 1}, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 4, 4, 8}, {1, 8, 8, 4}, {2, 2, 2, 2, 0, 0, 1, 1}},
    {{1, 4, 3, 8}, {1, 8, 6, 8}, {4, 4, 2, 2, 1, 1, 1, 1}},
    {{1, 5, 4, 3}, {1, 10, 8, 7}, {3, 3, 2, 2, 0, 0, 1, 1}},
    {{1, 5, 5, 17}, {1, 5, 5, 2}, {3, 3, 1, 1, 1, 1, 1, 1}},
    {{2, 3, 4, 5}, {2, 9, 9, 3}, {3, 2, 3, 2, 0, 0, 1, 1}},    // room left on the right
    {{1, 3, 3, 4}, {1, 9, 9, 3}, {2, 2, 3, 3, 0, 0, 1, 1}},    // the stride leaves gaps
    {{1, 4, 5, 2}, {1, 16, 20, 5}, {1, 3, 4, 4, 0, 0, 1, 1}},  // wider gaps
    {{1, 2, 6, 4}, {1, 2, 6, 3}, {7, 7, 1, 1, 3, 3, 1, 1}},    // two rows under seven taps
    {{1, 2, 2, 4}, {1, 4, 4, 3}, {7, 7, 2, 2, 2, 2, 1, 1}},
    {{1, 1, 1, 2}, {1, 7, 7, 2}, {7, 7, 5, 5, 0, 0, 1, 1}},  // one pixel makes it all
    {{1, 3, 1, 2}, {1, 2, 1, 2}, {5, 1, 2, 1, 4, 0, 1, 1}},  // cut on both sides
};

TEST(transpose_conv2d, matches_a_scatter_over_many_shapes) {
    Random random(1);
    for (const Problem &problem : kProblems) {
        for (const Style &style : kStyles) {
            const Transposed layer = layer_of(problem, random, style);
            EXPECT_EQ(naive(layer), layer.run(ingot_transpose_conv2d))
                << "problem " << &problem - kProblems << ", style " << &style - kStyles;
        }
    }
}

constexpr Style kPlain = kStyles[0];

TEST(transpose_conv2d, leaves_the_bias_where_no_input_reaches) {
    Random random(2);
    constexpr Problem kGaps = {{1, 2, 2, 3}, {1, 6, 6, 2}, {2, 2, 3, 3, 0, 0, 1, 1}};
    const Transposed layer = layer_of(kGaps, random, kPlain);
    const std::vector<int8_t> output = layer.run(ingot_transpose_conv2d);
    for (int32_t c = 0; c < 2; ++c) {
        EXPECT_EQ(layer.finish(c, 0), output[offset(kGaps.output, {0, 2, 0}, c)]);
        EXPECT_EQ(layer.finish(c, 0), output[offset(kGaps.output, {0, 5, 5}, c)]);
    }
}

TEST(transpose_conv2d, matches_at_extreme_zero_points_and_shifts) {
    Random random(3);
    for (const int32_t input_zero : {-128, 0, 127}) {
        for (const int8_t shift : {-31, -1, 0, 1, 6}) {
            Transposed layer = layer_of(kProblems[3], random, kPlain);
            layer.params.input_zero_point = input_zero;
            std::ranges::fill(layer.shift, shift);
            EXPECT_EQ(naive(layer), layer.run(ingot_transpose_conv2d))
                << input_zero << ' ' << int{shift};
        }
    }
}

TEST(transpose_conv2d, refuses_flawed_params) {
    Random random(4);
    const Transposed layer = layer_of(kProblems[3], random, kPlain);
    const std::vector<Flaw<Params>> own = {
        {"dilated down", [](Params &p) { p.window.dilation_height = 2; }},
        {"dilated right", [](Params &p) { p.window.dilation_width = 2; }},
    };
    expect_flaws_refused(ingot_transpose_conv2d, layer.params, own);
    expect_flaws_refused(ingot_transpose_conv2d, layer.params, window_flaws<Params>());
    expect_flaws_refused(ingot_transpose_conv2d, layer.params, weight_flaws<Params>());
}

}  // namespace

BenchCase bench_transpose_conv2d() {
    Random random(0);
    const Problem problem = {{1, 16, 16, 16}, {1, 32, 32, 8}, {3, 3, 2, 2, 1, 1, 1, 1}};
    return layer_case("upsampling: [16][16][16] -> [32][32][8], 3x3",
                      layer_of(problem, random, kStyles[0]), 16 * 16 * 16 * 9 * 8);
}

}  // namespace ingot::test
