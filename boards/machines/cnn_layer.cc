// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What follows from a layer's description.

#include "boards/machines/cnn_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace ingot {
namespace {

int64_t round_up(int64_t value, int64_t to) { return (value + to - 1) / to * to; }

int64_t divide_up(int64_t value, int64_t by) { return (value + by - 1) / by; }

// Places of a window along one dimension; the accelerator drops what does not fill one.
int64_t places(int64_t size, int64_t window, int64_t stride, int64_t dilation) {
    const int64_t room = size + stride - window - dilation + 1;
    return room < 0 ? 0 : room / stride;
}

int64_t convolved(int64_t size, int64_t kernel, int64_t pad, int64_t stride, int64_t dilation) {
    return (size - dilation * (kernel - 1) - 1 + 2 * pad) / stride + 1;
}

int64_t transposed(int64_t size, int64_t kernel, int64_t pad, int64_t output_pad) {
    constexpr int64_t kStride = 2;
    return (size - 1) * kStride - 2 * pad + kernel - 1 + output_pad + 1;
}

// Along the columns, data of one dimension have neither a pad nor a kernel.
bool is_column(const CnnLayer &layer) {
    return layer.operation == CnnOperation::kConv1d ||
           (!convolves(layer) && layer.input.width == 1);
}

}  // namespace

bool convolves(const CnnLayer &layer) { return layer.operation != CnnOperation::kPassThrough; }

int64_t processor_count(uint64_t map) { return std::popcount(map); }

int64_t first_processor(uint64_t map) { return map == 0 ? 0 : std::countr_zero(map); }

int64_t last_processor(uint64_t map) { return map == 0 ? 0 : 63 - std::countl_zero(map); }

uint32_t instances_of(uint64_t map) {
    uint32_t instances = 0;
    for (int64_t i = 0; i < kCnnProcessors / kCnnProcessorsPerInstance; ++i) {
        if (map >> (i * kCnnProcessorsPerInstance) & 0xF) instances |= uint32_t{1} << i;
    }
    return instances;
}

uint32_t quadrants_of(uint64_t map) {
    uint32_t quadrants = 0;
    for (int64_t q = 0; q < kCnnQuadrants; ++q) {
        if (map >> (q * kCnnProcessorsPerQuadrant) & 0xFFFF) quadrants |= uint32_t{1} << q;
    }
    return quadrants;
}

int64_t passes(int64_t channels) { return std::max<int64_t>(1, divide_up(channels, 64)); }

int64_t processors_per_pass(int64_t channels) {
    const int64_t each = divide_up(channels, passes(channels));
    if (channels <= kCnnProcessors) return each;
    return std::min(round_up(each, kCnnProcessorsPerInstance), kCnnProcessors);
}

CnnExtent pooled(const CnnLayer &layer) {
    const int64_t height = places(layer.input.height, layer.pool.height, layer.pool_stride.height,
                                  layer.pool_dilation.height);
    if (is_column(layer)) return {height, 1};
    return {height, places(layer.input.width, layer.pool.width, layer.pool_stride.width,
                           layer.pool_dilation.width)};
}

CnnExtent output(const CnnLayer &layer) {
    const CnnExtent in = pooled(layer);
    const auto &[kernel, stride, dilation, pad] =
        std::tie(layer.kernel, layer.stride, layer.dilation, layer.pad);
    if (layer.flattens) return {1, 1};
    if (layer.operation == CnnOperation::kTransposedConv2d) {
        return {transposed(in.height, kernel.height, pad.height, layer.output_pad.height),
                transposed(in.width, kernel.width, pad.width, layer.output_pad.width)};
    }
    const int64_t height =
        convolved(in.height, kernel.height, pad.height, stride.height, dilation.height);
    if (is_column(layer)) return {height, 1};
    return {height, convolved(in.width, kernel.width, pad.width, stride.width, dilation.width)};
}

int64_t macs(const CnnLayer &layer) {
    if (!convolves(layer)) return 0;
    const int64_t values = layer.flattens ? pooled(layer).area() : output(layer).area();
    return values * layer.kernel.area() * layer.input_channels / layer.groups *
           layer.output_channels;
}

int64_t weight_bytes(const CnnLayer &layer) {
    if (!convolves(layer) || layer.weights_of >= 0) return 0;
    const int64_t inputs = layer.input_channels / layer.groups;
    const int64_t values = layer.flattens ? pooled(layer).area() : 1;
    return divide_up(
        values * inputs * layer.output_channels * layer.kernel.area() * layer.weight_bits, 8);
}

std::vector<int64_t> execution_order(const CnnNetwork &network) {
    const auto count = static_cast<int64_t>(network.layers.size());
    std::vector<bool> ran(network.layers.size());
    std::vector<int64_t> order;
    for (int64_t at = 0; at >= 0 && at < count && !ran[at]; at = network.layers[at].next) {
        ran[at] = true;
        order.push_back(at);
    }
    return order;
}

std::string operation_text(const CnnLayer &layer) {
    constexpr std::string_view kOperations[] = {"conv2d", "conv1d", "transposed", "linear", "pass"};
    constexpr std::string_view kElementWise[] = {"", "add", "sub", "or", "xor"};
    constexpr std::string_view kPools[] = {"", "max pool", "average pool"};
    std::vector<std::string> words;
    std::string pool(kPools[static_cast<size_t>(layer.pool_kind)]);
    std::string element_wise(kElementWise[static_cast<size_t>(layer.element_wise)]);
    if (layer.operands > 2) element_wise += fmt::format(" {}", layer.operands);
    if (!layer.pools_first) std::swap(pool, element_wise);
    std::string text = pool;
    const std::string operation =
        convolves(layer) ? std::string(kOperations[static_cast<size_t>(layer.operation)]) : "";
    for (const std::string &part : {element_wise, operation}) {
        if (!part.empty()) text += text.empty() ? part : " + " + part;
    }
    return text.empty() ? "pass" : text;
}

std::string layer_text(const CnnNetwork &network, int64_t index) {
    const std::string &name = network.layers[index].name;
    return name.empty() ? fmt::format("layer {}", index)
                        : fmt::format("layer {} ({})", index, name);
}

namespace {

// A 1x1 convolution in a streaming layer or behind one.
bool streams_one_by_one(const CnnNetwork &network, const CnnLayer &layer) {
    if (layer.operation != CnnOperation::kConv2d || layer.kernel != CnnExtent{1, 1}) return false;
    if (layer.streams) return true;
    const int64_t from = layer.inputs.empty() ? kCnnInput : layer.inputs[0];
    return from >= 0 && network.layers[from].streams;
}

// The kernel of a dilated one-dimensional convolution, stretched or laid over rows.
void dilate(CnnShape &shape, const CnnLayer &layer) {
    constexpr int64_t kTapsMax = 9;
    const int64_t dilation = layer.dilation.height;
    const int64_t reach = (layer.kernel.height - 1) * dilation;
    if (reach < kTapsMax) {
        shape.kernel = {reach + 1, 1};
        return;
    }
    shape.is_one_dimensional = false;
    shape.pooled = {divide_up(layer.input.height, dilation), dilation};
    shape.output = shape.pooled;
    shape.pad = {1, 1};
    shape.kernel = {3, 3};
    if (layer.kernel.height == 3) shape.ignored_words = dilation * passes(layer.output_channels);
}

}  // namespace

CnnShape hardware_shape(const CnnNetwork &network, int64_t index) {
    const CnnLayer &layer = network.layers[index];
    CnnShape shape{.is_one_dimensional = layer.operation == CnnOperation::kConv1d,
                   .kernel = layer.kernel,
                   .pad = layer.pad,
                   .pooled = pooled(layer),
                   .output = output(layer)};
    if (layer.operation == CnnOperation::kTransposedConv2d) {
        // A pad counts from the full overlap inwards, and zeros stand behind each row and column.
        shape.pad = {layer.kernel.height - 1 - layer.pad.height,
                     layer.kernel.width - 1 - layer.pad.width};
        shape.pooled = {2 * shape.pooled.height, 2 * shape.pooled.width};
    }
    if (streams_one_by_one(network, layer)) {
        shape.kernel = {3, 3};
        shape.pad = {1, 1};
    }
    if (layer.operation == CnnOperation::kConv1d && layer.dilation.height > 1) {
        dilate(shape, layer);
    }
    return shape;
}

CnnKernels kernels_of(const CnnNetwork &network, int64_t index) {
    const CnnLayer &layer = network.layers[index];
    if (!convolves(layer) || layer.bypasses_kernel || layer.weight_bits < 1) return {};
    const int64_t first = first_processor(layer.output_processors);
    const int64_t gap = first % kCnnProcessorsPerInstance;
    const int64_t output_passes = passes(layer.output_channels);
    const int64_t input_passes = passes(layer.input_channels);
    const int64_t span =
        1 + last_processor(layer.output_processors) - first + (output_passes > 1 ? gap : 0);

    int64_t count =
        layer.groups > 1 ? input_passes * (1 + gap) : (span + gap) * output_passes * input_passes;
    int64_t per_pass = count / input_passes;
    if (layer.flattens) {
        const int64_t unused =
            output_passes * processor_count(layer.output_processors) - layer.output_channels;
        per_pass -= unused;
        count = per_pass * input_passes * pooled(layer).area();
    }
    // Kernels of less than 8 bits fill whole bytes together.
    const int64_t taps = hardware_shape(network, index).kernel.area();
    const int64_t share = 8 / layer.weight_bits;
    const int64_t filling = count % share * taps * (share - 1);
    return {.words = divide_up(count * taps * layer.weight_bits + filling, 72),
            .per_pass = per_pass};
}

}  // namespace ingot
