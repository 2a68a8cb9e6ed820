// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Depthwise convolution: its weights lie the other way round.

#include "tests/codegen/ops/layers.h"

namespace ingot::test {
namespace {

const LayerTensors kSound = {.input = int8({2, 4, 4, 1}, 0.5f, 3),
                             .weights = weights({1, 3, 3, 3}, {0.25f, 0.5f, 0.125f}, 3),
                             .bias = int32s({10, 20, 30}),
                             .output = int8({2, 4, 4, 3}, 2, -5)};

Graph depthwise(const LayerTensors &tensors) {
    return graph_of(k_depthwise_conv2d, {tensors.input, tensors.weights, tensors.bias},
                    {tensors.output});
}

TEST(depthwise_conv2d, becomes_the_params_of_its_kernel) {
    EXPECT_EQ(
        "input {2, 4, 4, 1}, output {2, 4, 4, 3}, window {height 3, width 3, stride_height 1, "
        "stride_width 1, pad_top 1, pad_left 1, dilation_height 1, dilation_width 1}, "
        "input_zero_point 3, stage {zero_point -5, activation_min -128, activation_max 127, "
        "rounding INGOT_ROUNDING_DOUBLE}, factors {multiplier {1073741824, 1073741824, "
        "1073741824}, shift {3 bytes}, stride 1}, weights {27 bytes}, bias {10, 20, 30}",
        params(lower(depthwise(kSound))));
}

TEST(depthwise_conv2d, checks_its_weights) { expect_faults(depthwise, kSound, kWeightChanges); }

TEST(depthwise_conv2d, checks_that_its_operands_fit_together) {
    expect_faults(
        depthwise, kSound,
        {
            {"channels that do not divide the outputs",
             [](LayerTensors &t) { t.input.shape[3] = 2; }, Code::kModelInconsistent},
            {"outputs that are not the weights'", [](LayerTensors &t) { t.output.shape[3] = 6; },
             Code::kModelInconsistent},
            {"two filters",
             [](LayerTensors &t) {
                 t.weights = weights({2, 3, 3, 3}, {1});
             },
             Code::kModelInconsistent},
            {"another size", [](LayerTensors &t) { t.output.shape[1] = 5; },
             Code::kModelInconsistent},
            {"other batches", [](LayerTensors &t) { t.output.shape[0] = 1; }, Code::kOperatorLimit},
        });
}

TEST(depthwise_conv2d, sums_along_channels_when_it_looks_for_overflow) {
    LayerTensors tensors = {.input = int8({1, 260, 260, 2}, 1, -128),
                            .weights = weights({1, 260, 260, 2}, {1}),
                            .bias = int32s({0, 0}),
                            .output = int8({1, 260, 260, 2})};
    std::ranges::fill(tensors.weights.data, uint8_t{0});
    EXPECT_EQ(std::nullopt, fault_of(depthwise(tensors)));
    for (size_t i = 1; i < tensors.weights.data.size(); i += 2) tensors.weights.data[i] = 127;
    EXPECT_EQ(Code::kOperatorLimit, fault_of(depthwise(tensors))) << "channel 1 alone";
}

TEST(depthwise_conv2d, counts_a_multiply_for_every_tap_of_every_output) {
    const Graph graph = depthwise(kSound);
    EXPECT_EQ(2 * 4 * 4 * 3 * 9, k_depthwise_conv2d.macs({graph, graph.nodes[0]}));
}

TEST(depthwise_conv2d, imports_the_options_of_its_table) {
    EXPECT_EQ(&k_depthwise_conv2d, find_tflite("DEPTHWISE_CONV_2D").op);
    EXPECT_EQ(
        (Values{{"padding", 1},
                {"stride_width", 2},
                {"stride_height", 3},
                {"activation", 1},
                {"dilation_width", 4},
                {"dilation_height", 5}}),
        imported("DEPTHWISE_CONV_2D", {{0, 1}, {1, 2}, {2, 3}, {3, 8}, {4, 1}, {5, 4}, {6, 5}}));
}

}  // namespace
}  // namespace ingot::test
