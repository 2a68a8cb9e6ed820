// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// CONV_2D: two-dimensional convolution, grouped and dilated.

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/weights.h"
#include "codegen/ops/window.h"

namespace ingot::codegen {
namespace {

// weights [output channels][height][width][input channels / groups]
constexpr WeightOperands kOperands = {.channel_axis = 0};

void read(const Options &options, Attributes &attributes) {
    constexpr WindowFields kFields = {.activation = 3, .dilation_width = 4, .dilation_height = 5};
    read_window(options, kFields, attributes);
}

Result<int64_t> groups_of(const Site &site) {
    const int32_t channels = site.input(0).shape[3];
    const Shape &weights = site.input(1).shape;
    const Shape &output = site.output().shape;
    const int32_t groups = channels / weights[3];
    if (channels % weights[3] != 0 || weights[0] % groups != 0 || output[3] != weights[0]) {
        return shapes_differ(site);
    }
    return groups;
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY_DO(require_images(site));
    TRY(const Weights weights, weights_of(site, kOperands));
    TRY(const int64_t groups, groups_of(site));
    TRY(const ingot_window window, window_of(site, {.taps = area_of(site.input(1)),
                                                    .image = area_of(site.input(0)),
                                                    .result = area_of(site.output()),
                                                    .channels = site.input(0).shape[3]}));
    TRY(const ingot_output_stage stage, stage_of(site));
    const ingot_conv2d_params layer = {.input = extents_of(site.input(0)),
                                       .output = extents_of(site.output()),
                                       .window = window,
                                       .groups = static_cast<int32_t>(groups),
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
                                       .add("groups", layer.groups)
                                       .add("input_zero_point", layer.input_zero_point)
                                       .add("stage", stage_params(stage)),
                                   layer, weights);
    lowered.inputs = {site.node.inputs[0]};
    lowered.outputs = site.node.outputs;
    return lowered;
}

int64_t macs(const Site &site) {
    const Shape &weights = site.input(1).shape;
    return element_count(site.output().shape) * weights[1] * weights[2] * weights[3];
}

constexpr Import kImports[] = {{"CONV_2D", read}};

}  // namespace

const Operator k_conv2d = {.name = "conv2d", .imports = kImports, .lower = lower, .macs = macs};

}  // namespace ingot::codegen
