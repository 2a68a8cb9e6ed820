// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of networks. Options are given by field id; the TFLite schema names them. An operator
// that is not listed turns one image into another of its shape.

#include "tests/support/operator_networks.h"

#include <algorithm>

#include "codegen/ops/operators.h"

namespace ingot::test {
namespace {

using codegen::Shape;
using codegen::Type;

TfliteTensor int8s(Shape shape) { return {.shape = std::move(shape), .scale = {0.5f}}; }

// -8, -7, ... 8, and again.
TfliteTensor weights(Shape shape) {
    std::vector<int8_t> values(static_cast<size_t>(codegen::element_count(shape)));
    for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<int8_t>(i % 17) - 8;
    return {.shape = std::move(shape), .scale = {0.25f}, .data = bytes_of(values)};
}

TfliteTensor bias(int32_t channels) {
    return {.type = Type::kInt32,
            .shape = {channels},
            .scale = {0.125f},
            .data = bytes_of(std::vector<int32_t>(static_cast<size_t>(channels), 100))};
}

TfliteTensor int32s(Shape shape, const std::vector<int32_t> &values = {}) {
    return {.type = Type::kInt32, .shape = std::move(shape), .data = bytes_of(values)};
}

TfliteTensor with_scale(TfliteTensor tensor, float scale, int64_t zero_point) {
    tensor.scale = {scale};
    tensor.zero_point = {zero_point};
    return tensor;
}

const TfliteTensor kImage = int8s({1, 4, 4, 2});
const TfliteTensor kSmaller = int8s({1, 2, 2, 2});
const TfliteTensor kLarger = int8s({1, 8, 8, 2});
const TfliteTensor kProbabilities = with_scale(int8s({1, 10}), 1.0f / 256, -128);
const TfliteTensor kReal = {.type = Type::kFloat32, .shape = {1, 4, 4, 2}};
const TfliteTensor kFour = int32s({4}, {1, 2, 3, 4});

// Compute something of real numbers.
std::vector<OperatorNetwork> computing() {
    const auto window = [](int stride) {  // Of a pool: padding, strides, size.
        return std::vector<TfliteOption>{int8_option(0, 1), int32_option(1, stride),
                                         int32_option(2, stride), int32_option(3, 2),
                                         int32_option(4, 2)};
    };
    return {
        {"ADD", {kImage, kImage}, {kImage}, {int8_option(0, 1)}},
        {"ARG_MAX", {kImage, int32s({}, {3})}, {int32s({1, 4, 4})}, {int8_option(0, 2)}},
        {"AVERAGE_POOL_2D", {kImage}, {kSmaller}, window(2)},
        {"CONV_2D",
         {kImage, weights({3, 3, 3, 2}), bias(3)},
         {int8s({1, 4, 4, 3})},
         {int32_option(1, 1), int32_option(2, 1), int8_option(3, 1)}},
        {"DEPTHWISE_CONV_2D",
         {kImage, weights({1, 3, 3, 2}), bias(2)},
         {kSmaller},
         {int32_option(1, 2), int32_option(2, 2), int32_option(3, 1), int8_option(4, 3)}},
        {"DEQUANTIZE", {kImage}, {kReal}},
        {"FULLY_CONNECTED", {int8s({1, 32}), weights({10, 32}), bias(10)}, {int8s({1, 10})}},
        {"LEAKY_RELU", {kImage}, {kImage}, {float32_option(0, 0.1f)}},
        {"LOGISTIC", {int8s({1, 10})}, {kProbabilities}},
        {"MAXIMUM", {kImage, with_scale(weights({1, 1, 1, 2}), 0.5f, 0)}, {kImage}},
        {"MAX_POOL_2D", {kImage}, {int8s({1, 3, 3, 2})}, window(1)},
        {"MEAN", {kImage, int32s({2}, {1, 2})}, {int8s({1, 1, 1, 2})}, {int8_option(0, 1)}},
        {"MINIMUM", {kImage, kImage}, {kImage}},
        {"MUL", {kImage, weights({2})}, {kImage}},
        {"QUANTIZE", {kReal}, {kImage}},
        {"RESIZE_BILINEAR", {kImage, int32s({2}, {8, 8})}, {kLarger}, {int8_option(3, 1)}},
        {"SOFTMAX", {int8s({1, 10})}, {kProbabilities}, {float32_option(0, 1)}},
        {"SUB", {kImage, kImage}, {kImage}},
        {"TANH", {kImage}, {with_scale(kImage, 1.0f / 128, 0)}},
        {"TRANSPOSE_CONV",
         {int32s({4}, {1, 8, 8, 2}), weights({2, 3, 3, 2}), kImage},
         {kLarger},
         {int32_option(1, 2), int32_option(2, 2)}},
    };
}

// Move bytes, or only say that they have another shape.
std::vector<OperatorNetwork> moving() {
    return {
        {"CONCATENATION", {kImage, kImage}, {int8s({1, 4, 4, 4})}, {int32_option(0, -1)}},
        {"DEPTH_TO_SPACE", {int8s({1, 2, 2, 8})}, {kImage}, {int32_option(0, 2)}},
        {"EXPAND_DIMS", {kImage, int32s({}, {0})}, {int8s({1, 1, 4, 4, 2})}},
        {"MIRROR_PAD", {kImage, int32s({4, 2}, {0, 0, 1, 1, 2, 0, 0, 0})}, {int8s({1, 6, 6, 2})}},
        {"PACK",
         {kImage, kImage},
         {int8s({1, 2, 4, 4, 2})},
         {int32_option(0, 2), int32_option(1, 1)}},
        {"PAD", {kImage, int32s({4, 2}, {0, 0, 2, 2, 2, 2, 0, 0})}, {kLarger}},
        {"PADV2",
         {kImage, int32s({4, 2}, {0, 0, 2, 2, 2, 2, 0, 0}), with_scale(weights({1}), 0.5f, 0)},
         {kLarger}},
        {"RESHAPE", {kImage, int32s({2}, {1, 32})}, {int8s({1, 32})}},
        {"RESIZE_NEAREST_NEIGHBOR", {kImage, int32s({2}, {8, 8})}, {kLarger}},
        {"SLICE", {kImage, int32s({4}, {0, 1, 2, 0}), int32s({4}, {1, 2, 2, -1})}, {kSmaller}},
        {"SPLIT",
         {int32s({}, {3}), kImage},
         {int8s({1, 4, 4, 1}), int8s({1, 4, 4, 1})},
         {int32_option(0, 2)}},
        {"SPLIT_V",
         {kImage, int32s({2}, {1, 3}), int32s({}, {1})},
         {int8s({1, 1, 4, 2}), int8s({1, 3, 4, 2})},
         {int32_option(0, 2)}},
        {"SQUEEZE", {kImage}, {int8s({4, 4, 2})}},
        {"STRIDED_SLICE",
         {kImage, int32s({4}, {0, 3, 0, 0}), int32s({4}, {1, 0, 4, 2}), int32s({4}, {1, -2, 2, 1})},
         {kSmaller},
         {int32_option(0, 1), int32_option(1, 8)}},
        {"TRANSPOSE", {kImage, int32s({4}, {0, 2, 1, 3})}, {kImage}},
        {"UNPACK", {int8s({2, 4})}, {int8s({4}), int8s({4})}, {int32_option(0, 2)}},
    };
}

// Compute shapes and indices, before any code is written.
std::vector<OperatorNetwork> folded() {
    return {
        {"CAST", {kFour}, {{.type = Type::kInt64, .shape = {4}}}},
        {"FILL", {int32s({2}, {2, 3}), int32s({}, {7})}, {int32s({2, 3})}},
        {"FLOOR_DIV", {kFour, kFour}, {int32s({4})}},
        {"FLOOR_MOD", {kFour, kFour}, {int32s({4})}},
        {"GATHER", {kFour, int32s({2}, {3, 0})}, {int32s({2})}},
        {"RANGE", {int32s({}, {0}), int32s({}, {9}), int32s({}, {3})}, {int32s({3})}},
        {"REDUCE_PROD", {kFour, int32s({1}, {0})}, {int32s({1})}, {int8_option(0, 1)}},
        {"SHAPE", {kImage}, {int32s({4})}, {int8_option(0, 2)}},
    };
}

}  // namespace

std::vector<OperatorNetwork> operator_networks() {
    std::vector<OperatorNetwork> networks;
    for (const auto &group : {computing(), moving(), folded()}) {
        networks.insert(networks.end(), group.begin(), group.end());
    }
    for (const codegen::Operator *op : codegen::operators()) {
        for (const codegen::Import &import : op->imports) {
            const std::string op_name(import.tflite);
            const bool is_listed =
                std::ranges::find(networks, op_name, &OperatorNetwork::op) != networks.end();
            const bool is_guess = op != &codegen::k_lut;  // A function of one image is no guess.
            if (!is_listed) networks.push_back({op_name, {kImage}, {kImage}, {}, is_guess});
        }
    }
    return networks;
}

TfliteBuilder model_of(const OperatorNetwork &network) {
    TfliteBuilder model;
    std::vector<int32_t> operands, results;
    for (const TfliteTensor &tensor : network.operands) {
        operands.push_back(tensor.data.empty() ? model.input(tensor) : model.tensor(tensor));
    }
    for (const TfliteTensor &tensor : network.results) results.push_back(model.output(tensor));
    if (model.inputs.empty()) model.input({.name = "unused", .shape = {1}, .scale = {1}});
    model.op(network.op, operands, results, network.options);
    return model;
}

}  // namespace ingot::test
