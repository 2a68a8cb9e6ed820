// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// conv2d for Armv7E-M against the portable kernel.

#include <map>

#include "kernels/arch/armv7em/conv2d.pack.h"
#include "tests/kernels/arch/armv7em/variant.h"

namespace ingot::test {
namespace {

using Params = ingot_conv2d_params;
using Conv2d = Quantised<Params>;

struct Problem {
    ingot_shape input;
    int32_t outputs;
    ingot_window window;  // height, width, strides, pads, dilations
    int32_t groups = 1;
};

Conv2d layer_of(const Problem &problem, Random &random, const Style &style) {
    Params params = {};
    params.input = problem.input;
    params.output = output_of(problem.input, problem.window, problem.outputs);
    params.window = problem.window;
    params.groups = problem.groups;
    const int64_t depth = problem.input.channels / problem.groups;
    return Conv2d(params,
                  {.input = elements(problem.input),
                   .weights = problem.outputs * taps(problem.window) * depth,
                   .output = elements(params.output),
                   .channels = problem.outputs},
                  random, style);
}

Form expect_same(const Conv2d &layer) {
    return expect_same(layer, ingot_conv2d, ingot_conv2d_armv7em);
}

// Steps of four channels, pairs of pixels, quads of a window's row, pieces of 36 pairs, the 508
// elements of one sum: each met, missed by one, and exceeded by one.
constexpr Problem kProblems[] = {
    {{1, 1, 1, 1}, 1, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 4, 4, 8}, 4, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 8}, 5, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{2, 3, 3, 7}, 6, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 5, 5, 9}, 7, {1, 1, 2, 2, 0, 0, 1, 1}},
    {{1, 2, 3, 71}, 3, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 2, 3, 72}, 3, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 2, 3, 73}, 3, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 143}, 9, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 144}, 9, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 145}, 9, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 507}, 10, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 508}, 11, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 509}, 5, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 2, 2, 1017}, 7, {1, 1, 1, 1, 0, 0, 1, 1}},
    {{1, 12, 12, 3}, 8, {3, 3, 2, 2, 1, 1, 1, 1}},
    {{1, 9, 9, 16}, 8, {3, 3, 1, 1, 1, 1, 1, 1}},
    {{1, 4, 4, 64}, 6, {3, 3, 1, 1, 1, 1, 1, 1}},
    {{1, 49, 10, 1}, 8, {10, 4, 2, 2, 4, 1, 1, 1}},
    {{1, 3, 3, 4}, 3, {5, 5, 1, 1, 2, 2, 1, 1}},     // larger than the image
    {{1, 2, 2, 2}, 2, {1, 1, 1, 1, 2, 2, 1, 1}},     // windows wholly in the padding
    {{1, 9, 8, 5}, 4, {3, 3, 1, 1, 2, 2, 2, 2}},     // dilated
    {{1, 9, 9, 4}, 3, {2, 3, 2, 1, 1, 3, 4, 3}},     // dilated, strided, uneven
    {{1, 4, 4, 6}, 4, {3, 3, 1, 1, 1, 1, 1, 1}, 2},  // groups
};

TEST(conv2d_armv7em, is_the_portable_kernel_to_the_bit_at_its_boundaries) {
    Random random(1);
    for (const Problem &problem : kProblems) {
        for (const Style &style : kStyles) {
            SCOPED_TRACE(testing::Message()
                         << "problem " << &problem - kProblems << ", style " << &style - kStyles);
            expect_same(layer_of(problem, random, style));
        }
    }
}

// Without scratch, pixels are made two at a time while the last 8 bytes of the output for each pair
// lie idle, then one at a time while the last 4 do, then on the stack, in pieces of 36 pairs.
TEST(conv2d_armv7em, needs_no_scratch_however_long_its_windows_and_its_output_are) {
    Random random(8);
    for (const int32_t pairs : {2, 34, 36, 38, 72, 74, 144, 252, 254, 256, 288}) {
        for (const int32_t outputs : {1, 3, 4, 6, 16}) {
            for (const int64_t tail : {4 * pairs, 8 * pairs}) {
                for (int64_t pixels = tail / outputs - 2; pixels <= tail / outputs + 3; ++pixels) {
                    if (pixels < 1) continue;
                    const Problem problem = {{1, 1, static_cast<int32_t>(pixels), 2 * pairs},
                                             outputs,
                                             {1, 1, 1, 1, 0, 0, 1, 1}};
                    expect_same(layer_of(problem, random, kStyles[pixels % 2 * 2]));
                    ASSERT_FALSE(HasFailure()) << pairs << " to " << outputs << " x " << pixels;
                }
            }
        }
    }
}

TEST(conv2d_armv7em, takes_windows_over_borders_in_pieces_of_quads_and_of_what_is_left_over) {
    Random random(9);
    for (int32_t channels = 1; channels <= 40; ++channels) {
        for (const int32_t dilation : {1, 2}) {
            const Problem problem = {
                {2, 4, 3, channels}, 5, {3, 3, 1, 1, dilation, dilation, dilation, dilation}};
            for (const Style &style : kStyles) expect_same(layer_of(problem, random, style));
            ASSERT_FALSE(HasFailure()) << channels << " channels";
        }
    }
}

Problem any_problem(Random &random) {
    Problem problem = {
        .input = {random.in(1, 2), random.in(1, 9), random.in(1, 9), random.in(1, 20)},
        .outputs = random.in(1, 13),
        .window = {random.in(1, 4), random.in(1, 4), random.in(1, 3), random.in(1, 3),
                   random.in(0, 3), random.in(0, 3), random.in(1, 2), random.in(1, 2)},
        .groups = random.in(0, 9) == 0 ? 2 : 1};
    problem.input.channels =
        (problem.input.channels + problem.groups - 1) / problem.groups * problem.groups;
    problem.outputs *= problem.groups;
    return problem;
}

TEST(conv2d_armv7em, is_the_portable_kernel_to_the_bit_for_any_params) {
    Random random(2);
    std::map<Form, int> seen;
    for (int i = 0; i < 4000; ++i) {
        const Problem problem = any_problem(random);
        const ingot_shape output = output_of(problem.input, problem.window, 1);
        if (output.height < 1 || output.width < 1) continue;
        Conv2d layer = layer_of(problem, random, kStyles[random.in(0, 3)]);
        make_unusual(layer, random);
        ++seen[expect_same(layer)];
        ASSERT_FALSE(HasFailure()) << "case " << i;
    }
    EXPECT_GT(seen[kPlain], 200);
    EXPECT_GT(seen[kExact], 200);
    EXPECT_GT(seen[kFast], 200);
}

constexpr Problem kSmall = {{1, 4, 4, 16}, 5, {3, 3, 1, 1, 1, 1, 1, 1}};

TEST(conv2d_armv7em, finishes_channels_without_weights_fast_whatever_their_bias_and_shift) {
    Random random(7);
    for (const int32_t bias : {INT32_MIN, -(1 << 30), 0, 1 << 30, INT32_MAX}) {
        for (const int8_t shift : {-31, -17, 0, 30}) {
            Conv2d layer = layer_of(kSmall, random, kStyles[0]);
            std::fill_n(layer.weights.begin(), 9 * 16, int8_t{0});
            layer.bias[0] = bias;
            layer.shift[0] = shift;
            EXPECT_EQ(kFast, expect_same(layer)) << bias << " << " << int{shift};
        }
    }
}

TEST(conv2d_armv7em, refuses_weights_that_are_not_packed) {
    Random random(3);
    const Conv2d layer = layer_of(kSmall, random, kStyles[0]);
    expect_refused(ingot_conv2d_armv7em, &layer.params);
}

TEST(conv2d_armv7em, refuses_params_that_the_portable_kernel_refuses) {
    Random random(5);
    const Conv2d layer = layer_of(kSmall, random, kStyles[0]);
    const std::vector<uint32_t> weights = packed(layer.params);
    const Params params = packed_params(layer.params, weights);
    expect_flaws_refused(ingot_conv2d_armv7em, params, window_flaws<Params>());
    expect_flaws_refused<Params>(ingot_conv2d_armv7em, params,
                                 {{"no weights", [](Params &p) { p.weights = nullptr; }},
                                  {"groups", [](Params &p) { p.groups = 5; }},
                                  {"input zero point", [](Params &p) { p.input_zero_point = 128; }},
                                  {"clamp", [](Params &p) { p.stage.activation_max = -129; }}});
}

TEST(conv2d_armv7em, may_write_over_its_input_as_far_as_its_lag_says) {
    Random random(6);
    constexpr ingot_window kPointwise = {1, 1, 1, 1, 0, 0, 1, 1};
    constexpr ingot_window kWide = {3, 3, 1, 1, 1, 1, 1, 1};
    for (const ingot_window &window : {kPointwise, kWide}) {
        for (const int32_t outputs : {3, 8, 13}) {
            const Conv2d layer = layer_of({{1, 3, 5, 8}, outputs, window}, random, kStyles[0]);
            Form form = kPlain;
            const std::vector<uint32_t> weights = packed(layer.params, &form);
            const Params params = packed_params(layer.params, weights);
            const int64_t lag = armv7em::overlap_lag_bytes(params, form);
            std::vector<int8_t> arena(lag + std::max(layer.sizes.input, layer.sizes.output));
            std::vector<uint32_t> scratch(armv7em::scratch_bytes(params) / 4);
            std::ranges::copy(layer.input, arena.begin() + lag);
            const ingot_io io = {{arena.data() + lag}, {arena.data()}, scratch.data()};
            ASSERT_EQ(INGOT_OK, ingot_conv2d_armv7em(&params, &io));
            arena.resize(layer.sizes.output);
            EXPECT_EQ(layer.run(ingot_conv2d), arena) << outputs;
        }
    }
}

TEST(conv2d_armv7em, packs_into_no_more_than_the_weights_and_their_constants_take) {
    Params params = {};
    params.input = {1, 8, 8, 64};
    params.output = {1, 8, 8, 64};
    params.window = {3, 3, 1, 1, 1, 1, 1, 1};
    params.groups = 1;
    EXPECT_EQ(4 + 64 * 576 + 12 * 64, armv7em::weights_bytes(params));
    EXPECT_EQ(2 * 2 * 576, armv7em::scratch_bytes(params));
}

}  // namespace
}  // namespace ingot::test
