// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Convolution: windows, groups, factors, and operands that do not fit.

#include "tests/codegen/ops/layers.h"

namespace ingot::test {
namespace {

const LayerTensors kSound = {.input = int8({1, 5, 6, 4}, 0.5f, 3),
                             .weights = weights({3, 3, 2, 4}, {0.25f, 0.5f, 1}),
                             .bias = int32s({10, 20, 30}),
                             .output = int8({1, 5, 6, 3}, 2, -5)};

constexpr int64_t kSame = 0, kValid = 1;

Graph conv(const LayerTensors &tensors, const Settings &settings) {
    return graph_of(k_conv2d, {tensors.input, tensors.weights, tensors.bias}, {tensors.output},
                    settings);
}
Graph conv(const LayerTensors &tensors) { return conv(tensors, {}); }

TEST(conv2d, becomes_the_params_of_its_kernel) {
    EXPECT_EQ(
        "input {1, 5, 6, 4}, output {1, 5, 6, 3}, window {height 3, width 2, stride_height 1, "
        "stride_width 1, pad_top 1, pad_left 0, dilation_height 1, dilation_width 1}, groups 1, "
        "input_zero_point 3, stage {zero_point -5, activation_min -128, activation_max 127, "
        "rounding INGOT_ROUNDING_DOUBLE}, factors {multiplier {1073741824, 1073741824, "
        "1073741824}, shift {3 bytes}, stride 1}, weights {72 bytes}, bias {10, 20, 30}",
        params(lower(conv(kSound))));
}

TEST(conv2d, reads_its_input_through_io_and_nothing_else) {
    const auto call = lower(conv(kSound));
    EXPECT_EQ(std::vector<TensorId>{0}, call->inputs);
    EXPECT_EQ(std::vector<TensorId>{3}, call->outputs);
    EXPECT_EQ(0, call->scratch_bytes);
}

TEST(conv2d, multiplies_and_divides_scales_in_double) {
    LayerTensors tensors = kSound;
    tensors.input.quantization.scale = {0.1f};
    tensors.weights.quantization.scale = {0.003f, 0.0077f, 0.0001f};
    tensors.output.quantization.scale = {0.07f};
    const auto call = lower(conv(tensors));
    const auto factor = [](float weights) {
        const double real = double{0.1f} * double{weights} / double{0.07f};
        int exponent = 0;
        return static_cast<int32_t>(std::llround(std::ldexp(std::frexp(real, &exponent), 31)));
    };
    const std::vector<int32_t> expected = {factor(0.003f), factor(0.0077f), factor(0.0001f)};
    EXPECT_EQ(fmt::format("{{{}}}", fmt::join(expected, ", ")),
              text_of(value_of(call->params.fields(), "factors.multiplier")));
}

TEST(conv2d, stores_one_factor_when_all_channels_share_it) {
    LayerTensors tensors = kSound;
    for (const std::vector<float> &scales : {std::vector<float>{0.25f}, {0.25f, 0.25f, 0.25f}}) {
        tensors.weights = weights({3, 3, 2, 4}, scales);
        EXPECT_EQ("{multiplier {1073741824}, shift {1 bytes}, stride 0}",
                  field(lower(conv(tensors)), "factors"));
    }
}

TEST(conv2d, has_no_bias_when_the_model_has_none) {
    const Graph two = graph_of(k_conv2d, {kSound.input, kSound.weights}, {kSound.output});
    EXPECT_EQ("NULL", field(lower(two), "bias"));
    Graph absent = conv(kSound);
    absent.nodes[0].inputs[2] = kNoTensor;
    EXPECT_EQ("NULL", field(lower(absent), "bias"));
}

TEST(conv2d, finds_groups_in_the_shapes) {
    LayerTensors tensors = kSound;
    tensors.input.shape = {1, 5, 6, 12};
    EXPECT_EQ("3", field(lower(conv(tensors)), "groups"));
}

// ---- Windows -----------------------------------------------------------------------------------

struct WindowRow {
    Settings settings;
    int32_t height, width;  // Of the output.
    std::string window;     // Empty: it makes another number of outputs.
};

const WindowRow kWindows[] = {
    {{{"padding", kValid}}, 3, 5, "pad 0 0, stride 1 1, dilation 1 1"},
    {{{"padding", kSame}, {"stride_height", 2}, {"stride_width", 2}},
     3,
     3,
     "pad 1 0, stride 2 2, dilation 1 1"},
    {{{"padding", kSame}, {"stride_height", 4}, {"stride_width", 9}},
     2,
     1,
     "pad 1 0, stride 4 9, dilation 1 1"},
    {{{"padding", kSame}, {"dilation_height", 3}, {"dilation_width", 4}},
     5,
     6,
     "pad 3 2, stride 1 1, dilation 3 4"},
    {{{"padding", kValid}, {"dilation_height", 2}, {"dilation_width", 5}},
     1,
     1,
     "pad 0 0, stride 1 1, dilation 2 5"},
    {{{"padding", kValid}, {"stride_height", 2}, {"stride_width", 3}},
     2,
     2,
     "pad 0 0, stride 2 3, dilation 1 1"},
    {{{"padding", kValid}, {"pad_top", 1}, {"pad_left", 2}},
     5,
     8,
     "pad 1 2, stride 1 1, dilation 1 1"},
    {{{"padding", kValid}}, 4, 5, ""},
    {{{"padding", kSame}}, 5, 7, ""},
    {{{"padding", kValid}, {"dilation_height", 3}}, 1, 5, ""},  // larger than the image
};

std::string window_text(const Result<Lowered> &call) {
    if (!call) return "";
    const auto at = [&](const char *name) { return integer(call, fmt::format("window.{}", name)); };
    return fmt::format("pad {} {}, stride {} {}, dilation {} {}", at("pad_top"), at("pad_left"),
                       at("stride_height"), at("stride_width"), at("dilation_height"),
                       at("dilation_width"));
}

TEST(conv2d, works_out_padding_and_checks_the_output_against_it) {
    for (const WindowRow &row : kWindows) {
        LayerTensors tensors = kSound;
        tensors.output.shape = {1, row.height, row.width, 3};
        const auto call = lower(conv(tensors, row.settings));
        EXPECT_EQ(row.window, window_text(call)) << "row " << &row - kWindows;
        if (call) continue;
        EXPECT_EQ(Code::kModelInconsistent, call.error().code);
    }
}

TEST(conv2d, refuses_windows_that_no_kernel_could_follow) {
    const Settings kFlawed[] = {
        {{"padding", 2}},
        {{"stride_height", 0}},
        {{"stride_width", -1}},
        {{"dilation_height", 0}},
        {{"dilation_width", int64_t{1} << 40}},
        {{"dilation_height", 1 << 20}, {"dilation_width", 1 << 20}},  // beyond 32-bit offsets
        {{"pad_top", -1}, {"pad_left", 0}},
        {{"pad_top", 0}, {"pad_left", 1 << 30}},
    };
    for (const Settings &settings : kFlawed) {
        EXPECT_EQ(Code::kOperatorLimit, fault_of(conv(kSound, settings)))
            << "row " << &settings - kFlawed;
    }
}

TEST(conv2d, refuses_an_output_far_beyond_told_padding) {
    LayerTensors tensors = kSound;
    tensors.output.shape = {1, 50, 6, 3};
    EXPECT_EQ(Code::kOperatorLimit, fault_of(conv(tensors, {{"pad_top", 1}, {"pad_left", 0}})));
}

TEST(conv2d, drops_the_dilation_of_a_single_tap) {
    LayerTensors tensors = kSound;
    tensors.weights = weights({3, 1, 1, 4}, {1});
    EXPECT_EQ("pad 0 0, stride 1 1, dilation 1 1",
              window_text(lower(conv(tensors, {{"dilation_height", 7}, {"dilation_width", 7}}))));
}

// ---- Operands ----------------------------------------------------------------------------------

TEST(conv2d, checks_its_weights) { expect_faults(conv, kSound, kWeightChanges); }

TEST(conv2d, checks_that_its_operands_fit_together) {
    expect_faults(
        conv, kSound,
        {
            {"channels that the filter does not divide",
             [](LayerTensors &t) { t.input.shape[3] = 6; }, Code::kModelInconsistent},
            {"fewer channels than the filter", [](LayerTensors &t) { t.input.shape[3] = 2; },
             Code::kModelInconsistent},
            {"groups that do not divide the outputs", [](LayerTensors &t) { t.input.shape[3] = 8; },
             Code::kModelInconsistent},
            {"outputs that are not the filters", [](LayerTensors &t) { t.output.shape[3] = 4; },
             Code::kModelInconsistent},
            {"other batches", [](LayerTensors &t) { t.output.shape[0] = 2; }, Code::kOperatorLimit},
            {"an input of rank 3",
             [](LayerTensors &t) {
                 t.input.shape = {5, 6, 4};
             },
             Code::kOperatorLimit},
            {"an output of rank 5",
             [](LayerTensors &t) {
                 t.output.shape = {1, 1, 5, 6, 3};
             },
             Code::kOperatorLimit},
        });
}

TEST(conv2d, refuses_sums_that_can_leave_32_bits) {
    LayerTensors tensors = {.input = int8({1, 1, 1, 66000}, 1, -128),
                            .weights = weights({1, 1, 1, 66000}, {1}),
                            .bias = int32s({0}),
                            .output = int8({1, 1, 1, 1})};
    std::ranges::fill(tensors.weights.data, uint8_t{127});
    EXPECT_EQ(std::nullopt, fault_of(conv(tensors))) << "66000 x 127 x 255 is just below 2^31";
    std::ranges::fill(tensors.weights.data, uint8_t{128});
    EXPECT_EQ(Code::kOperatorLimit, fault_of(conv(tensors)));
}

TEST(conv2d, counts_a_multiply_for_every_tap_of_every_output) {
    const Graph graph = conv(kSound);
    EXPECT_EQ(5 * 6 * 3 * 3 * 2 * 4, k_conv2d.macs({graph, graph.nodes[0]}));
}

TEST(conv2d, imports_the_options_of_its_table) {
    EXPECT_EQ(&k_conv2d, find_tflite("CONV_2D").op);
    EXPECT_EQ((Values{{"padding", 1},
                      {"stride_width", 2},
                      {"stride_height", 3},
                      {"activation", 1},
                      {"dilation_width", 4},
                      {"dilation_height", 5}}),
              imported("CONV_2D", {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {4, 4}, {5, 5}}));
    const Values defaults = imported("CONV_2D");
    EXPECT_EQ(1, defaults.at("dilation_width"));
    EXPECT_EQ(1, defaults.at("dilation_height"));
}

}  // namespace
}  // namespace ingot::test
