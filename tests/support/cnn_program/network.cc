// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Layers of accelerator programs, with numbers drawn by chance.

#include "tests/support/cnn_program/network.h"

#include <bit>
#include <utility>

#include "tests/support/cnn_program/kernels.h"
#include "tests/support/cnn_program/place.h"

namespace ingot::test {
namespace {

int32_t terms_of(const CnnLayerSpec &layer) {
    return (layer.is_depthwise ? 1 : layer.input.channels) * weights_per_kernel(layer);
}

int32_t rounded_up(int32_t value) { return (value + kLanes - 1) / kLanes * kLanes; }

}  // namespace

int32_t CnnNetwork::draw(int32_t low, int32_t high) {
    return low + static_cast<int32_t>(engine_() % static_cast<uint32_t>(high - low + 1));
}

CnnLayerSpec CnnNetwork::first(const CnnShape &shape, uint64_t processors) {
    CnnTensor tensor(shape);
    for (int32_t &value : tensor.values) value = draw(-128, 127);
    spec_.inputs.push_back(std::move(tensor));
    CnnLayerSpec layer;
    layer.sources = {~static_cast<int32_t>(spec_.inputs.size() - 1)};
    layer.input = shape;
    layer.read.processors = processors;
    return layer;
}

CnnLayerSpec CnnNetwork::after(size_t source) const {
    const CnnLayerSpec &before = spec_.layers[source];
    CnnLayerSpec layer;
    layer.sources = {static_cast<int32_t>(source)};
    layer.input = output_shape(before);
    layer.read = before.write;
    return layer;
}

size_t CnnNetwork::add(CnnLayerSpec layer) {
    layer.slot = static_cast<int32_t>(spec_.layers.size());
    if (layer.convolves()) draw(layer);
    spec_.layers.push_back(std::move(layer));
    return spec_.layers.size() - 1;
}

void CnnNetwork::draw(CnnLayerSpec &layer) {
    const int32_t terms = terms_of(layer);
    const int32_t least = -(1 << (layer.weight_bits - 1));
    layer.weights.resize(static_cast<size_t>(layer.outputs * terms));
    for (int8_t &weight : layer.weights) weight = static_cast<int8_t>(draw(least, -least - 1));
    for (int8_t &bias : layer.bias) bias = static_cast<int8_t>(draw(-64, 63));
    // Sums of numbers drawn by chance grow with the root of how many they are, and a maximum is
    // larger than others.
    const int32_t root = std::bit_width(static_cast<uint32_t>(terms)) / 2;
    const int32_t larger = layer.pooling.kind == CnnPooling::Kind::kMaximum ? 1 : 0;
    if (!layer.is_wide) layer.shift = 8 - layer.weight_bits + 1 - root - larger;
    layer.kernel_word = next_kernel_;
    next_kernel_ += rounded_up(kernel_words(layer));
    layer.bias_start = next_bias_;
    next_bias_ += rounded_up(bias_bytes(layer));
}

uint64_t cnn_run(int32_t first, int32_t count) {
    if (count == 0) return 0;  // Wherever it begins.
    return (count == kQuadrants * kProcessors ? ~uint64_t{0} : (uint64_t{1} << count) - 1) << first;
}

CnnLayerSpec cnn_convolution(CnnLayerSpec layer, CnnKernel kernel, int32_t outputs,
                             const CnnPlace &write) {
    layer.kernel = kernel;
    layer.outputs = outputs;
    layer.write = write;
    if (kernel == CnnKernel::k3x3) layer.row_pad = layer.column_pad = 1;
    return layer;
}

CnnLayerSpec cnn_biased(CnnLayerSpec layer) {
    layer.bias.resize(static_cast<size_t>(layer.outputs));
    return layer;
}

CnnLayerSpec cnn_rectified(CnnLayerSpec layer) {
    layer.activation = CnnActivation::kRelu;
    return layer;
}

int64_t cnn_macs(const CnnProgramSpec &program) {
    int64_t macs = 0;
    for (const CnnLayerSpec &layer : program.layers) {
        if (!layer.convolves()) continue;
        macs += int64_t{layer.outputs} * output_shape(layer).pixels() * terms_of(layer);
    }
    return macs;
}

}  // namespace ingot::test
