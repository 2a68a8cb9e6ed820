// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// conv2d against seven nested loops.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/layer.h"

namespace ingot::test {
namespace {

using Params = ingot_conv2d_params;
using Conv2d = Layer<Params>;

struct Problem {
    ingot_shape input;
    int32_t outputs;
    ingot_window window;  // height, width, strides, pads, dilations
    int32_t groups = 1;
};

Conv2d layer_of(const Problem &problem, Random &random, const Style &style) {
    const ingot_shape output = output_of(problem.input, problem.window, problem.outputs);
    const int64_t depth = problem.input.channels / problem.groups;
    Params params = {};
    params.input = problem.input;
    params.output = output;
    params.window = problem.window;
    params.groups = problem.groups;
    return Conv2d(params,
                  {.input = elements(problem.input),
                   .weights = problem.outputs * taps(problem.window) * depth,
                   .output = elements(output),
                   .channels = problem.outputs},
                  random, style);
}

int64_t naive_sum(const Conv2d &layer, const Pixel &at, int32_t channel) {
    const Params &p = layer.params;
    const int32_t depth = p.input.channels / p.groups;
    const int32_t first = channel / (p.output.channels / p.groups) * depth;
    int64_t sum = 0;
    for (int32_t row = 0; row < p.window.height; ++row) {
        for (int32_t column = 0; column < p.window.width; ++column) {
            const Pixel pixel = under(p.window, at, row, column);
            if (!is_inside(p.input, pixel)) continue;
            for (int32_t i = 0; i < depth; ++i) {
                const int64_t tap =
                    (int64_t{channel} * p.window.height + row) * p.window.width + column;
                sum += layer.weights[tap * depth + i] *
                       (layer.input[offset(p.input, pixel, first + i)] - p.input_zero_point);
            }
        }
    }
    return sum;
}

std::vector<int8_t> naive(const Conv2d &layer) {
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
    {{1, 4, 4, 8}, 4, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 5, 5, 15}, 3, {1, 1, 2, 2, 0, 0, 1, 1}},
    {{1, 6, 7, 3}, 8, {3, 3, 1, 1, 1, 1, 1, 1}},
    {{1, 7, 6, 16}, 5, {3, 3, 2, 2, 1, 1, 1, 1}},
    {{2, 5, 4, 17}, 2, {3, 3, 1, 1, 0, 0, 1, 1}},
    {{3, 4, 9, 33}, 7, {2, 5, 1, 3, 1, 2, 1, 1}},
    {{1, 3, 3, 4}, 3, {5, 5, 1, 1, 2, 2, 1, 1}},      // larger than the image
    {{1, 2, 2, 2}, 2, {1, 1, 1, 1, 2, 2, 1, 1}},      // windows wholly in the padding
    {{1, 9, 8, 5}, 4, {3, 3, 1, 1, 2, 2, 2, 2}},      // dilated
    {{1, 9, 9, 4}, 3, {2, 3, 2, 1, 1, 3, 4, 3}},      // dilated, strided, uneven
    {{1, 4, 4, 6}, 4, {3, 3, 1, 1, 1, 1, 1, 1}, 2},   // groups
    {{2, 3, 5, 9}, 6, {1, 2, 1, 2, 0, 1, 1, 1}, 3},   // groups
    {{1, 5, 5, 8}, 8, {3, 3, 1, 1, 2, 2, 2, 2}, 8},   // every channel by itself
    {{1, 3, 3, 8}, 16, {3, 3, 1, 1, 1, 1, 1, 1}, 8},  // two outputs for each
};

TEST(conv2d, matches_nested_loops_over_many_shapes) {
    Random random(1);
    for (const Problem &problem : kProblems) {
        for (const Style &style : kStyles) {
            const Conv2d layer = layer_of(problem, random, style);
            EXPECT_EQ(naive(layer), layer.run(ingot_conv2d))
                << "problem " << &problem - kProblems << ", style " << &style - kStyles;
        }
    }
}

constexpr Problem kSmall = {{1, 4, 4, 3}, 5, {3, 3, 1, 1, 1, 1, 1, 1}};
constexpr Style kPlain = kStyles[0];

TEST(conv2d, matches_at_extreme_zero_points_and_shifts) {
    Random random(2);
    for (const int32_t input_zero : {-128, 0, 127}) {
        for (const int32_t output_zero : {-128, 127}) {
            for (const int8_t shift : {-31, -30, -1, 0, 1, 6}) {
                Conv2d layer = layer_of(kSmall, random, kPlain);
                layer.params.input_zero_point = input_zero;
                layer.params.stage.zero_point = output_zero;
                std::ranges::fill(layer.shift, shift);
                EXPECT_EQ(naive(layer), layer.run(ingot_conv2d))
                    << input_zero << ' ' << output_zero << ' ' << int{shift};
            }
        }
    }
}

TEST(conv2d, pads_with_the_zero_point_not_with_zero) {
    Random random(3);
    Conv2d layer = layer_of(kSmall, random, kPlain);
    layer.params.input_zero_point = 100;
    std::ranges::fill(layer.input, int8_t{100});
    const std::vector<int8_t> output = layer.run(ingot_conv2d);
    for (size_t i = 0; i < output.size(); ++i) {
        EXPECT_EQ(layer.finish(static_cast<int32_t>(i % 5), 0), output[i])
            << "an image of nothing is its bias everywhere, at the border too";
    }
}

TEST(conv2d, wraps_when_a_sum_leaves_32_bits) {
    Random random(4);
    Conv2d layer = layer_of({{1, 1, 1, 1}, 1, {1, 1, 1, 1, 0, 0, 1, 1}}, random, kPlain);
    layer.params.input_zero_point = 0;
    layer.params.stage = {0, -128, 127, INGOT_ROUNDING_DOUBLE};
    layer.input[0] = 1;
    layer.weights[0] = 1;
    layer.bias[0] = std::numeric_limits<int32_t>::max();
    layer.shift[0] = 0;
    EXPECT_EQ(-128, layer.run(ingot_conv2d)[0]);
}

TEST(conv2d, refuses_flawed_params) {
    Random random(5);
    const Conv2d layer = layer_of(kSmall, random, kPlain);
    const std::vector<Flaw<Params>> own = {
        {"no groups", [](Params &p) { p.groups = 0; }},
        {"groups do not divide the outputs", [](Params &p) { p.groups = 3; }},
        {"groups do not divide the inputs", [](Params &p) { p.groups = 5; }},
    };
    expect_flaws_refused(ingot_conv2d, layer.params, own);
    expect_flaws_refused(ingot_conv2d, layer.params, window_flaws<Params>());
    expect_flaws_refused(ingot_conv2d, layer.params, weight_flaws<Params>());
}

}  // namespace

BenchCase bench_conv2d() {
    Random random(0);
    const Problem problem = {{1, 32, 32, 16}, 16, {3, 3, 1, 1, 1, 1, 1, 1}};
    return layer_case("ResNet-8, first block: [32][32][16], 3x3",
                      layer_of(problem, random, kStyles[0]), 32 * 32 * 16 * 9 * 16);
}

}  // namespace ingot::test
