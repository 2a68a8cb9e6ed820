// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Convolutions, depthwise convolutions and fully connected layers as one thing: a list of weights,
// each of which ties one input channel to one output channel.

#ifndef INGOT_CODEGEN_LAYER_H
#define INGOT_CODEGEN_LAYER_H

#include <optional>
#include <vector>

#include "codegen/ops/operator.h"
#include "codegen/passes/channels.h"

namespace ingot::codegen {

struct Weight {
    int input, output;  // Channels.
    int8_t value;

    bool operator==(const Weight &) const = default;
};

// An output is its bias plus, for each of its weights, value x (x - input_zero_point), times its
// factor. x is a value of the input channel or, where windows hang over the image, the zero point.
struct Layer {
    std::vector<Weight> weights;        // In the order of the tensor.
    std::vector<int64_t> bias;          // Zeros where the node has none.
    std::vector<ingot_factor> factors;  // Per output, like bias.
    int64_t input_zero_point = 0;
    bool is_padded = false;  // Some window does hang over.
};

// The layer that a conv2d, depthwise_conv2d or fully_connected was lowered to. Nothing for weights
// in groups, with a zero point, or of another type than int8.
std::optional<Layer> layer_of(const Site &site, const Params &params);

// What the sums of each output can come to.
std::vector<Interval> sum_ranges(const Layer &layer, const Channels &inputs);

// The same layer without removed channels. What removed inputs gave to the outputs that stay is in
// the bias. Outputs that stay but are not live keep to their range without reading any input.
Layer shrunk(const Layer &layer, const Channels &inputs, const Channels &outputs);

}  // namespace ingot::codegen

#endif
