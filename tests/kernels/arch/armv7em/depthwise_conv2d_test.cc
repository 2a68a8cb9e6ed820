// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// depthwise_conv2d for Armv7E-M against the portable kernel.

#include <map>

#include "kernels/arch/armv7em/depthwise_conv2d.pack.h"
#include "tests/kernels/arch/armv7em/variant.h"

namespace ingot::test {
namespace {

using Params = ingot_depthwise_conv2d_params;
using Depthwise = Quantised<Params>;

struct Problem {
    ingot_shape input;
    int32_t multiplier;
    ingot_window window;  // height, width, strides, pads, dilations
};

Depthwise layer_of(const Problem &problem, Random &random, const Style &style) {
    const int32_t outputs = problem.input.channels * problem.multiplier;
    Params params = {};
    params.input = problem.input;
    params.output = output_of(problem.input, problem.window, outputs);
    params.window = problem.window;
    return Depthwise(params,
                     {.input = elements(problem.input),
                      .weights = outputs * taps(problem.window),
                      .output = elements(params.output),
                      .channels = outputs},
                     random, style);
}

Form expect_same(const Depthwise &layer) {
    return expect_same(layer, ingot_depthwise_conv2d, ingot_depthwise_conv2d_armv7em);
}

constexpr Problem kProblems[] = {
    {{1, 5, 5, 4}, 1, {3, 3, 1, 1, 1, 1, 1, 1}}, {{1, 5, 5, 3}, 1, {3, 3, 1, 1, 1, 1, 1, 1}},
    {{1, 5, 5, 5}, 1, {3, 3, 1, 1, 1, 1, 1, 1}}, {{2, 6, 7, 7}, 1, {3, 3, 2, 2, 1, 1, 1, 1}},
    {{1, 6, 7, 8}, 1, {3, 3, 2, 2, 0, 0, 1, 1}}, {{1, 7, 6, 9}, 1, {3, 3, 1, 1, 0, 0, 1, 1}},
    {{1, 2, 2, 8}, 1, {3, 3, 1, 1, 1, 1, 1, 1}},  // larger than the image
    {{1, 3, 3, 8}, 1, {3, 3, 1, 1, 1, 1, 1, 1}}, {{1, 9, 9, 6}, 1, {5, 5, 1, 1, 2, 2, 1, 1}},
    {{1, 9, 9, 6}, 1, {3, 3, 1, 1, 2, 2, 2, 2}},  // dilated
    {{1, 9, 9, 8}, 1, {3, 3, 1, 1, 4, 4, 1, 1}},  // windows wholly in the padding
    {{1, 4, 4, 3}, 2, {3, 3, 1, 1, 1, 1, 1, 1}},  // a multiplier
    {{1, 4, 4, 1}, 8, {3, 3, 1, 1, 1, 1, 1, 1}},
};

TEST(depthwise_conv2d_armv7em, is_the_portable_kernel_to_the_bit_at_its_boundaries) {
    Random random(1);
    for (const Problem &problem : kProblems) {
        for (const Style &style : kStyles) {
            SCOPED_TRACE(testing::Message()
                         << "problem " << &problem - kProblems << ", style " << &style - kStyles);
            expect_same(layer_of(problem, random, style));
        }
    }
}

TEST(depthwise_conv2d_armv7em, is_the_portable_kernel_to_the_bit_for_any_params) {
    Random random(2);
    std::map<Form, int> seen;
    for (int i = 0; i < 4000; ++i) {
        const bool is_3x3 = random.in(0, 1) == 0;
        const Problem problem = {
            .input = {random.in(1, 2), random.in(1, 9), random.in(1, 9), random.in(1, 20)},
            .multiplier = random.in(0, 7) == 0 ? 2 : 1,
            .window = {is_3x3 ? 3 : random.in(1, 5), is_3x3 ? 3 : random.in(1, 5), random.in(1, 3),
                       random.in(1, 3), random.in(0, 3), random.in(0, 3), random.in(1, 2),
                       random.in(1, 2)}};
        const ingot_shape output = output_of(problem.input, problem.window, 1);
        if (output.height < 1 || output.width < 1) continue;
        Depthwise layer = layer_of(problem, random, kStyles[random.in(0, 3)]);
        make_unusual(layer, random);
        ++seen[expect_same(layer)];
        ASSERT_FALSE(HasFailure()) << "case " << i;
    }
    EXPECT_GT(seen[kPlain], 200);
    EXPECT_GT(seen[kExact], 200);
    EXPECT_GT(seen[kFast], 200);
}

constexpr Problem kSmall = {{1, 4, 4, 8}, 1, {3, 3, 1, 1, 1, 1, 1, 1}};

TEST(depthwise_conv2d_armv7em,
     finishes_channels_without_weights_fast_whatever_their_bias_and_shift) {
    Random random(7);
    for (const int32_t bias : {INT32_MIN, -(1 << 30), 0, 1 << 30, INT32_MAX}) {
        for (const int8_t shift : {-31, -17, 0, 30}) {
            Depthwise layer = layer_of(kSmall, random, kStyles[0]);
            for (size_t i = 0; i < layer.weights.size(); i += 8) layer.weights[i] = 0;
            layer.bias[0] = bias;
            layer.shift[0] = shift;
            EXPECT_EQ(kFast, expect_same(layer)) << bias << " << " << int{shift};
        }
    }
}

TEST(depthwise_conv2d_armv7em, refuses_weights_that_are_not_packed) {
    Random random(3);
    const Depthwise layer = layer_of(kSmall, random, kStyles[0]);
    expect_refused(ingot_depthwise_conv2d_armv7em, &layer.params);
}

TEST(depthwise_conv2d_armv7em, refuses_params_that_the_portable_kernel_refuses) {
    Random random(4);
    const Depthwise layer = layer_of(kSmall, random, kStyles[0]);
    const std::vector<uint32_t> weights = packed(layer.params);
    const Params params = packed_params(layer.params, weights);
    expect_flaws_refused(ingot_depthwise_conv2d_armv7em, params, window_flaws<Params>());
    expect_flaws_refused<Params>(
        ingot_depthwise_conv2d_armv7em, params,
        {{"no weights", [](Params &p) { p.weights = nullptr; }},
         {"channels", [](Params &p) { p.output.channels = 12; }},
         {"input zero point", [](Params &p) { p.input_zero_point = -129; }},
         {"clamp", [](Params &p) { p.stage.activation_min = 128; }}});
}

}  // namespace
}  // namespace ingot::test
