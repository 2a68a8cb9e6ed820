// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Three layouts of weights, one list.

#include "codegen/passes/layer.h"

#include "codegen/ops/operators.h"
#include "codegen/passes/kernel_params.h"

namespace ingot::codegen {
namespace {

// Weights that are a plain matrix: without groups and without a zero point.
bool has_plain_weights(const Site &site, const Params &params) {
    if (site.node.op == &k_conv2d) return integer_at(params, "groups") == 1;
    if (site.node.op == &k_depthwise_conv2d) return true;
    return integer_at(params, "weights_zero_point") == 0 &&
           integer_at(params, "inputs") % channel_count(site.input(0)) == 0 &&
           integer_at(params, "outputs") == channel_count(site.output());
}

std::vector<Weight> weights_of(const Site &site) {
    const auto values = int8s(site.input(1));
    const auto count = static_cast<int>(values.size());
    const int inputs = channel_count(site.input(0)), outputs = channel_count(site.output());
    const bool is_depthwise = site.node.op == &k_depthwise_conv2d;
    std::vector<Weight> weights;
    for (int i = 0; i < count; ++i) {
        // Depthwise: [window][inputs][outputs / inputs]. Others: [outputs][window][inputs]; to a
        // fully connected layer the whole image is one window.
        const int output = is_depthwise ? i % outputs : i / (count / outputs);
        const int input = is_depthwise ? output / (outputs / inputs) : i % inputs;
        weights.push_back({.input = input, .output = output, .value = values[i]});
    }
    return weights;
}

std::vector<ingot_factor> factors_of(const Params &params, size_t outputs) {
    const std::vector<int64_t> multiplier = integers_at(params, "factors.multiplier");
    const std::vector<int64_t> shift = integers_at(params, "factors.shift");
    const int64_t stride = integer_at(params, "factors.stride");
    std::vector<ingot_factor> factors;
    for (size_t o = 0; o < outputs; ++o) {
        factors.push_back({.multiplier = static_cast<int32_t>(multiplier[o * stride]),
                           .shift = static_cast<int32_t>(shift[o * stride])});
    }
    return factors;
}

// Some window begins before the image's first row or column, or ends behind its last.
bool hangs_over(const Params &params) {
    const std::vector<int64_t> input = integers_at(params, "input");  // [n][height][width][c]
    const std::vector<int64_t> output = integers_at(params, "output");
    const ingot_window window = window_at(params, "window");
    const int64_t last_row = (output[1] - 1) * window.stride_height - window.pad_top +
                             (window.height - 1) * window.dilation_height;
    const int64_t last_column = (output[2] - 1) * window.stride_width - window.pad_left +
                                (window.width - 1) * window.dilation_width;
    return window.pad_top > 0 || window.pad_left > 0 || last_row >= input[1] ||
           last_column >= input[2];
}

}  // namespace

std::optional<Layer> layer_of(const Site &site, const Params &params) {
    if (!has_plain_weights(site, params)) return std::nullopt;
    const size_t outputs = channel_count(site.output());
    return Layer{
        .weights = weights_of(site),
        .bias = site.has_input(2) ? integers(site.input(2)) : std::vector<int64_t>(outputs),
        .factors = factors_of(params, outputs),
        .input_zero_point = integer_at(params, "input_zero_point"),
        .is_padded = site.node.op != &k_fully_connected && hangs_over(params)};
}

std::vector<Interval> sum_ranges(const Layer &layer, const Channels &inputs) {
    std::vector<Interval> sums;
    for (const int64_t bias : layer.bias) sums.push_back(just(bias));
    for (const Weight &weight : layer.weights) {
        Interval input = inputs[weight.input].range - just(layer.input_zero_point);
        if (layer.is_padded) input = hull(input, just(0));
        sums[weight.output] = sums[weight.output] + just(weight.value) * input;
    }
    return sums;
}

Layer shrunk(const Layer &layer, const Channels &inputs, const Channels &outputs) {
    Layer result = layer;
    const std::vector<Interval> sums = sum_ranges(layer, inputs);
    for (size_t o = 0; o < outputs.size(); ++o) {
        if (!outputs[o].is_live()) result.bias[o] = sums[o].low;
    }
    for (Weight &weight : result.weights) {
        const Channel &input = inputs[weight.input];
        if (!outputs[weight.output].is_live()) {
            weight.value = 0;
        } else if (input.is_removed) {
            const int64_t distance = input.range.low - layer.input_zero_point;
            result.bias[weight.output] += weight.value * distance;
        }
    }
    std::erase_if(result.weights, [&](const Weight &weight) {
        return inputs[weight.input].is_removed || outputs[weight.output].is_removed;
    });
    result.bias = kept(result.bias, outputs);
    result.factors = kept(result.factors, outputs);
    return result;
}

}  // namespace ingot::codegen
