// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// DEPTHWISE_CONV_2D: convolution of each channel by itself.

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/weights.h"
#include "codegen/ops/window.h"

namespace ingot::codegen {
namespace {

// weights [1][height][width][output channels]
constexpr WeightOperands kOperands = {.channel_axis = 3};

// Field 3, depth_multiplier, says again what the shapes say.
void read(const Options &options, Attributes &attributes) {
    constexpr WindowFields kFields = {.activation = 4, .dilation_width = 5, .dilation_height = 6};
    read_window(options, kFields, attributes);
}

Result<void> require_fit(const Site &site) {
    const int32_t channels = site.input(0).shape[3];
    const Shape &weights = site.input(1).shape;
    if (weights[0] == 1 && weights[3] % channels == 0 && site.output().shape[3] == weights[3]) {
        return {};
    }
    return shapes_differ(site);
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY_DO(require_images(site));
    TRY(const Weights weights, weights_of(site, kOperands));
    TRY_DO(require_fit(site));
    TRY(const ingot_window window, window_of(site, {.taps = area_of(site.input(1)),
                                                    .image = area_of(site.input(0)),
                                                    .result = area_of(site.output()),
                                                    .channels = site.input(0).shape[3]}));
    TRY(const ingot_output_stage stage, stage_of(site));
    const ingot_depthwise_conv2d_params layer = {.input = extents_of(site.input(0)),
                                                 .output = extents_of(site.output()),
                                                 .window = window,
                                                 .input_zero_point = zero_point_of(site.input(0)),
                                                 .stage = stage,
                                                 .factors = {},
                                                 .weights = nullptr,
                                                 .bias = nullptr};
    Lowered lowered = with_weights(site,
                                   Params()
                                       .add("input", shape_of(site.input(0)))
                                       .add("output", shape_of(site.output()))
                                       .add("window", window_params(window))
                                       .add("input_zero_point", layer.input_zero_point)
                                       .add("stage", stage_params(stage)),
                                   layer, weights);
    lowered.inputs = {site.node.inputs[0]};
    lowered.outputs = site.node.outputs;
    return lowered;
}

int64_t macs(const Site &site) {
    const Shape &weights = site.input(1).shape;
    return element_count(site.output().shape) * weights[1] * weights[2];
}

constexpr Import kImports[] = {{"DEPTHWISE_CONV_2D", read}};

}  // namespace

const Operator k_depthwise_conv2d = {
    .name = "depthwise_conv2d", .imports = kImports, .lower = lower, .macs = macs};

}  // namespace ingot::codegen
