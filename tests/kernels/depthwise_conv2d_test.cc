// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// depthwise_conv2d against nested loops.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/layer.h"

namespace ingot::test {
namespace {

using Params = ingot_depthwise_conv2d_params;
using Depthwise = Layer<Params>;

struct Problem {
    ingot_shape input;
    int32_t multiplier;
    ingot_window window;  // height, width, strides, pads, dilations
};

Depthwise layer_of(const Problem &problem, Random &random, const Style &style) {
    const int32_t outputs = problem.input.channels * problem.multiplier;
    const ingot_shape output = output_of(problem.input, problem.window, outputs);
    Params params = {};
    params.input = problem.input;
    params.output = output;
    params.window = problem.window;
    return Depthwise(params,
                     {.input = elements(problem.input),
                      .weights = outputs * taps(problem.window),
                      .output = elements(output),
                      .channels = outputs},
                     random, style);
}

int64_t naive_sum(const Depthwise &layer, const Pixel &at, int32_t channel) {
    const Params &p = layer.params;
    const int32_t multiplier = p.output.channels / p.input.channels;
    int64_t sum = 0;
    for (int32_t row = 0; row < p.window.height; ++row) {
        for (int32_t column = 0; column < p.window.width; ++column) {
            const Pixel pixel = under(p.window, at, row, column);
            if (!is_inside(p.input, pixel)) continue;
            const int64_t tap = int64_t{row} * p.window.width + column;
            sum += layer.weights[tap * p.output.channels + channel] *
                   (layer.input[offset(p.input, pixel, channel / multiplier)] - p.input_zero_point);
        }
    }
    return sum;
}

std::vector<int8_t> naive(const Depthwise &layer) {
    std::vector<int8_t> output;
    for (const Pixel &at : pixels(layer.params.output)) {
        for (int32_t c = 0; c < layer.params.output.channels; ++c) {
            output.push_back(layer.finish(c, naive_sum(layer, at, c)));
        }
    }
    return output;
}

constexpr Problem kProblems[] = {
    {{1, 1, 1, 1}, 1, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 5, 5, 8}, 1, {3, 3, 1, 1, 1, 1, 1, 1}},
    {{1, 6, 5, 15}, 1, {3, 3, 2, 2, 1, 1, 1, 1}},
    {{2, 4, 4, 16}, 1, {3, 3, 1, 1, 0, 0, 1, 1}},
    {{1, 4, 5, 17}, 1, {2, 4, 1, 2, 1, 1, 1, 1}},
    {{1, 3, 3, 33}, 1, {5, 5, 1, 1, 2, 2, 1, 1}},  // larger than the image
    {{1, 2, 2, 3}, 1, {1, 1, 1, 1, 2, 2, 1, 1}},   // windows wholly in the padding
    {{1, 9, 8, 5}, 1, {3, 3, 1, 1, 2, 2, 2, 2}},   // dilated
    {{1, 8, 9, 20}, 1, {2, 3, 2, 1, 1, 3, 4, 3}},  // dilated, strided, uneven
    {{1, 4, 4, 1}, 8, {3, 3, 1, 1, 1, 1, 1, 1}},   // one input channel for all
    {{1, 4, 4, 1}, 16, {3, 3, 1, 1, 1, 1, 1, 1}},
    {{2, 3, 4, 5}, 3, {3, 2, 1, 1, 1, 1, 1, 1}},
    {{1, 3, 3, 2}, 17, {3, 3, 2, 2, 1, 1, 1, 1}},
};

TEST(depthwise_conv2d, matches_nested_loops_over_many_shapes) {
    Random random(1);
    for (const Problem &problem : kProblems) {
        for (const Style &style : kStyles) {
            const Depthwise layer = layer_of(problem, random, style);
            EXPECT_EQ(naive(layer), layer.run(ingot_depthwise_conv2d))
                << "problem " << &problem - kProblems << ", style " << &style - kStyles;
        }
    }
}

constexpr Problem kSmall = {{1, 4, 4, 3}, 2, {3, 3, 1, 1, 1, 1, 1, 1}};
constexpr Style kPlain = kStyles[0];

TEST(depthwise_conv2d, matches_at_extreme_zero_points_and_shifts) {
    Random random(2);
    for (const int32_t input_zero : {-128, 0, 127}) {
        for (const int8_t shift : {-31, -1, 0, 1, 6}) {
            Depthwise layer = layer_of(kSmall, random, kPlain);
            layer.params.input_zero_point = input_zero;
            std::ranges::fill(layer.shift, shift);
            EXPECT_EQ(naive(layer), layer.run(ingot_depthwise_conv2d))
                << input_zero << ' ' << int{shift};
        }
    }
}

TEST(depthwise_conv2d, pads_with_the_zero_point_not_with_zero) {
    Random random(3);
    Depthwise layer = layer_of(kSmall, random, kPlain);
    layer.params.input_zero_point = -77;
    std::ranges::fill(layer.input, int8_t{-77});
    const std::vector<int8_t> output = layer.run(ingot_depthwise_conv2d);
    for (size_t i = 0; i < output.size(); ++i) {
        EXPECT_EQ(layer.finish(static_cast<int32_t>(i % 6), 0), output[i]);
    }
}

TEST(depthwise_conv2d, refuses_flawed_params) {
    Random random(4);
    const Depthwise layer = layer_of(kSmall, random, kPlain);
    const Flaw<Params> uneven = {"outputs are no multiple of inputs",
                                 [](Params &p) { p.output.channels = 7; }};
    expect_flaws_refused(ingot_depthwise_conv2d, layer.params, {uneven});
    expect_flaws_refused(ingot_depthwise_conv2d, layer.params, window_flaws<Params>());
    expect_flaws_refused(ingot_depthwise_conv2d, layer.params, weight_flaws<Params>());
}

}  // namespace

BenchCase bench_depthwise_conv2d() {
    Random random(0);
    const Problem problem = {{1, 48, 48, 8}, 1, {3, 3, 1, 1, 1, 1, 1, 1}};
    return layer_case("MobileNet, first block: [48][48][8], 3x3",
                      layer_of(problem, random, kStyles[0]), 48 * 48 * 8 * 9);
}

}  // namespace ingot::test
