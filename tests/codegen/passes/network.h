// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Small int8 networks for tests of passes, written node by node.

#ifndef INGOT_TESTS_NETWORK_H
#define INGOT_TESTS_NETWORK_H

#include <cstring>
#include <string>
#include <vector>

#include "codegen/graph/graph.h"
#include "codegen/ops/operators.h"

namespace ingot::test {

using namespace ingot::codegen;

constexpr int64_t kSame = 0, kValid = 1;             // Attribute "padding".
constexpr int64_t kNone = 0, kRelu = 1, kRelu6 = 3;  // Attribute "activation".

struct Real {
    float scale = 1;
    int64_t zero_point = 0;

    operator Quantization() const { return {.scale = {scale}, .zero_point = {zero_point}}; }
};

// A layer with weights. With scales of 1, sums come out as they are.
struct LayerSpec {
    std::vector<int8_t> weights;     // In the order of the operator's TFLite tensor.
    std::vector<int32_t> bias = {};  // Empty: none.
    int64_t window = 1, stride = 1;  // Height and width.
    int64_t padding = kValid;
    int64_t activation = kNone;
    Real real = {};                            // Of the output.
    std::vector<float> weight_scale = {1.0f};  // One, or one per output.
};

class Network {
public:
    Graph graph;

    TensorId input(Shape shape, Real real = {}) {
        const TensorId id = tensor("input", Type::kInt8, std::move(shape), real);
        graph.inputs.push_back(id);
        return id;
    }

    TensorId constant(Shape shape, const std::vector<int8_t> &values, Real real = {}) {
        return filled(tensor("constant", Type::kInt8, std::move(shape), real), values);
    }

    TensorId constant_int32(const std::vector<int32_t> &values) {
        const auto count = static_cast<int32_t>(values.size());
        return filled(tensor("constant", Type::kInt32, {count}, {}), values);
    }

    TensorId node(const Operator &op, std::vector<TensorId> inputs, Shape shape, Real real = {},
                  Attributes attributes = {}) {
        const std::string name = std::string(op.name) + std::to_string(graph.nodes.size());
        const TensorId output = tensor(name, Type::kInt8, std::move(shape), real);
        graph.nodes.push_back({&op, name, std::move(inputs), {output}, std::move(attributes)});
        return output;
    }

    TensorId conv2d(TensorId input, const LayerSpec &spec) {
        const int32_t channels = shape(input)[3];
        const auto window = static_cast<int32_t>(spec.window);
        const auto outputs =
            static_cast<int32_t>(spec.weights.size()) / (window * window * channels);
        return windowed(k_conv2d, input, spec, {outputs, window, window, channels}, 0);
    }

    TensorId depthwise_conv2d(TensorId input, const LayerSpec &spec) {
        const auto window = static_cast<int32_t>(spec.window);
        const auto outputs = static_cast<int32_t>(spec.weights.size()) / (window * window);
        return windowed(k_depthwise_conv2d, input, spec, {1, window, window, outputs}, 3);
    }

    TensorId fully_connected(TensorId input, const LayerSpec &spec) {
        const auto inputs = static_cast<int32_t>(element_count(shape(input)));
        const auto outputs = static_cast<int32_t>(spec.weights.size()) / inputs;
        return layer(k_fully_connected, input, spec, weights(spec, {outputs, inputs}, 0),
                     {1, outputs});
    }

    void output(TensorId id) { graph.outputs.push_back(id); }

    const Shape &shape(TensorId id) const { return graph.tensors[id].shape; }

private:
    TensorId tensor(std::string name, Type type, Shape shape, const Quantization &quantization) {
        const auto id = static_cast<TensorId>(graph.tensors.size());
        graph.tensors.push_back({.name = std::move(name),
                                 .type = type,
                                 .shape = std::move(shape),
                                 .quantization = quantization,
                                 .data = {},
                                 .source_index = id});
        return id;
    }

    template <class T>
    TensorId filled(TensorId id, const std::vector<T> &values) {
        std::vector<uint8_t> &data = graph.tensors[id].data;
        data.resize(values.size() * sizeof(T));
        std::memcpy(data.data(), values.data(), data.size());
        return id;
    }

    TensorId weights(const LayerSpec &spec, Shape shape, int axis) {
        const Quantization quantization = {
            .scale = spec.weight_scale,
            .zero_point = std::vector<int64_t>(spec.weight_scale.size()),
            .axis = axis};
        return filled(tensor("weights", Type::kInt8, std::move(shape), quantization), spec.weights);
    }

    TensorId layer(const Operator &op, TensorId input, const LayerSpec &spec, TensorId weights,
                   Shape shape) {
        const TensorId bias = spec.bias.empty() ? kNoTensor : constant_int32(spec.bias);
        Attributes attributes;
        attributes.set("padding", spec.padding);
        attributes.set("activation", spec.activation);
        attributes.set("stride_height", spec.stride);
        attributes.set("stride_width", spec.stride);
        return node(op, {input, weights, bias}, std::move(shape), spec.real, attributes);
    }

    TensorId windowed(const Operator &op, TensorId input, const LayerSpec &spec,
                      const Shape &weight_shape, int axis) {
        const int32_t outputs = weight_shape[axis];
        const auto landings = [&](int32_t extent) {
            const int64_t room = spec.padding == kSame ? extent - 1 : extent - spec.window;
            return static_cast<int32_t>(room / spec.stride + 1);
        };
        const Shape &image = shape(input);
        const Shape result = {image[0], landings(image[1]), landings(image[2]), outputs};
        return layer(op, input, spec, weights(spec, weight_shape, axis), result);
    }
};

}  // namespace ingot::test

#endif
