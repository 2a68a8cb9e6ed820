// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Transposed convolution: the window is that of the way back.

#include "tests/codegen/ops/layers.h"

namespace ingot::test {
namespace {

const LayerTensors kSound = {.input = int8({1, 4, 3, 2}, 0.5f, 3),
                             .weights = weights({3, 4, 3, 2}, {0.25f, 0.5f, 0.125f}),
                             .bias = int32s({10, 20, 30}),
                             .output = int8({1, 8, 6, 3}, 2, -5)};

Graph graph_with(const Tensor &shape, const LayerTensors &tensors, const Settings &settings) {
    return graph_of(k_transpose_conv2d, {shape, tensors.weights, tensors.input, tensors.bias},
                    {tensors.output}, settings);
}

Graph transposed(const LayerTensors &tensors) {
    return graph_with(int32s(tensors.output.shape), tensors,
                      {{"stride_height", 2}, {"stride_width", 2}});
}

TEST(transpose_conv2d, becomes_the_params_of_its_kernel) {
    EXPECT_EQ(
        "input {1, 4, 3, 2}, output {1, 8, 6, 3}, window {height 4, width 3, stride_height 2, "
        "stride_width 2, pad_top 1, pad_left 0, dilation_height 1, dilation_width 1}, "
        "input_zero_point 3, stage {zero_point -5, activation_min -128, activation_max 127, "
        "rounding INGOT_ROUNDING_DOUBLE}, factors {multiplier {1073741824, 1073741824, "
        "1073741824}, shift {3 bytes}, stride 1}, weights {72 bytes}, bias {10, 20, 30}",
        params(lower(transposed(kSound))));
    EXPECT_EQ(std::vector<TensorId>{2}, lower(transposed(kSound))->inputs);
}

TEST(transpose_conv2d, does_without_a_bias) {
    const Graph graph =
        graph_of(k_transpose_conv2d, {int32s({1, 8, 6, 3}), kSound.weights, kSound.input},
                 {kSound.output}, {{"stride_height", 2}, {"stride_width", 2}});
    EXPECT_EQ("NULL", field(lower(graph), "bias"));
}

TEST(transpose_conv2d, checks_its_weights) { expect_faults(transposed, kSound, kWeightChanges); }

TEST(transpose_conv2d, checks_that_its_operands_fit_together) {
    expect_faults(
        transposed, kSound,
        {
            {"channels that are not the weights'", [](LayerTensors &t) { t.input.shape[3] = 3; },
             Code::kModelInconsistent},
            {"outputs that are not the weights'", [](LayerTensors &t) { t.output.shape[3] = 4; },
             Code::kModelInconsistent},
            {"an output one row short", [](LayerTensors &t) { t.output.shape[1] = 7; },
             std::nullopt},
            {"an output two rows short", [](LayerTensors &t) { t.output.shape[1] = 6; },
             Code::kModelInconsistent},
            {"other batches", [](LayerTensors &t) { t.input.shape[0] = 2; }, Code::kOperatorLimit},
        });
}

TEST(transpose_conv2d, wants_the_shape_operand_constant_and_true) {
    const Settings settings = {{"stride_height", 2}, {"stride_width", 2}};
    EXPECT_EQ(Code::kModelInconsistent,
              fault_of(graph_with(int32s({1, 8, 6, 4}), kSound, settings)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(graph_with(int32s({8, 6}), kSound, settings)));
    EXPECT_EQ(Code::kNotConstant,
              fault_of(graph_with(tensor(Type::kInt32, {4}), kSound, settings)));
}

TEST(transpose_conv2d, counts_a_multiply_for_every_weight_of_every_input) {
    const Graph graph = transposed(kSound);
    EXPECT_EQ(4 * 3 * 2 * (3 * 4 * 3), k_transpose_conv2d.macs({graph, graph.nodes[0]}));
}

TEST(transpose_conv2d, imports_the_options_of_its_table) {
    EXPECT_EQ(&k_transpose_conv2d, find_tflite("TRANSPOSE_CONV").op);
    EXPECT_EQ(
        (Values{{"padding", 1}, {"stride_width", 2}, {"stride_height", 3}, {"activation", 1}}),
        imported("TRANSPOSE_CONV", {{0, 1}, {1, 2}, {2, 3}, {3, 1}}));
}

}  // namespace
}  // namespace ingot::test
