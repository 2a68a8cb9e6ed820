// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// TRANSPOSE_CONV: every input pixel spreads over a window of the output.

#include <algorithm>

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/weights.h"
#include "codegen/ops/window.h"

namespace ingot::codegen {
namespace {

// Inputs: output shape, weights [output channels][height][width][input channels], input, bias.
constexpr size_t kInput = 2;
constexpr WeightOperands kOperands = {.input = kInput, .weights = 1, .bias = 3, .channel_axis = 0};

void read(const Options &options, Attributes &attributes) {
    read_window(options, {.activation = 3}, attributes);
}

Result<void> require_fit(const Site &site) {
    const Shape &weights = site.input(1).shape;
    const Shape &output = site.output().shape;
    if (weights[3] != site.input(kInput).shape[3] || weights[0] != output[3]) {
        return shapes_differ(site, kOperands);
    }
    // The output's shape is said twice; an operand that disagrees with the tensor is an error.
    TRY(const std::vector<int64_t> told, require_constant_integers(site, 0));
    if (!std::ranges::equal(told, output)) return shapes_differ(site, kOperands);
    return {};
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8_input(site, kInput));
    TRY_DO(require_int8_output(site));
    TRY_DO(require_images(site, kInput));
    TRY(const Weights weights, weights_of(site, kOperands));
    TRY_DO(require_fit(site));
    // The forward convolution that would map the output onto the input.
    TRY(const ingot_window window, window_of(site, {.taps = area_of(site.input(1)),
                                                    .image = area_of(site.output()),
                                                    .result = area_of(site.input(kInput)),
                                                    .channels = site.output().shape[3]}));
    TRY(const ingot_output_stage stage, stage_of(site));
    const ingot_transpose_conv2d_params layer = {
        .input = extents_of(site.input(kInput)),
        .output = extents_of(site.output()),
        .window = window,
        .input_zero_point = zero_point_of(site.input(kInput)),
        .stage = stage,
        .factors = {},
        .weights = nullptr,
        .bias = nullptr};
    Lowered lowered = with_weights(site,
                                   Params()
                                       .add("input", shape_of(site.input(kInput)))
                                       .add("output", shape_of(site.output()))
                                       .add("window", window_params(window))
                                       .add("input_zero_point", layer.input_zero_point)
                                       .add("stage", stage_params(stage)),
                                   layer, weights);
    lowered.inputs = {site.node.inputs[kInput]};
    lowered.outputs = site.node.outputs;
    return lowered;
}

// Of the definition, where each input pixel meets every weight.
int64_t macs(const Site &site) {
    const Shape &weights = site.input(1).shape;
    return element_count(site.input(kInput).shape) * weights[0] * weights[1] * weights[2];
}

constexpr Import kImports[] = {{"TRANSPOSE_CONV", read}};

}  // namespace

const Operator k_transpose_conv2d = {
    .name = "transpose_conv2d", .imports = kImports, .lower = lower, .macs = macs};

}  // namespace ingot::codegen
