// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The legal network, and changes that tests of several rules use.

#include "tests/boards/cnn_rule_pairs.h"

#include "boards/board.h"

namespace ingot::test {

const CnnArray &array(Part part) {
    static const Board max78000 = find_board("max78000", INGOT_BOARDS).value();
    static const Board max78002 = find_board("max78002", INGOT_BOARDS).value();
    return *(part == k0 ? max78000 : max78002).cnn_array;
}

CnnNetwork legal_network() {
    CnnLayer conv{.input_channels = 8,
                  .input = {16, 16},
                  .output_channels = 8,
                  .processors = 0xFF,
                  .output_processors = 0xFF,
                  .output_offset = 0x1000,
                  .inputs = {kCnnInput},
                  .next = 1};
    CnnLayer pass = conv;
    pass.operation = CnnOperation::kPassThrough;
    pass.kernel = {1, 1};
    pass.pad = {0, 0};
    pass.input_offset = 0x1000;
    pass.output_offset = 0x2000;
    pass.inputs = {0};
    pass.next = 2;
    CnnLayer last = conv;
    last.input_offset = 0x2000;
    last.output_offset = 0x3000;
    last.inputs = {1};
    last.next = kCnnStop;
    return {.name = "net", .layers = {conv, pass, last}, .input_channels = 8, .input = {16, 16}};
}

CnnLayer &alone(CnnNetwork &net, int64_t in, int64_t out) {
    net.layers.resize(1);
    CnnLayer &layer = net.layers[0];
    layer.next = kCnnStop;
    layer.input_channels = net.input_channels = in;
    layer.output_channels = out;
    layer.processors = first(processors_per_pass(in));
    layer.output_processors = first(processors_per_pass(out));
    return layer;
}

CnnLayer &pass(CnnNetwork &net, int64_t channels) {
    CnnLayer &layer = alone(net, channels, channels);
    layer.operation = CnnOperation::kPassThrough;
    layer.kernel = {1, 1};
    layer.pad = {0, 0};
    return layer;
}

CnnLayer &depthwise(CnnNetwork &net, int64_t channels) {
    CnnLayer &layer = alone(net, channels, channels);
    layer.groups = channels;
    return layer;
}

CnnLayer &add(CnnLayer &layer, int64_t operands) {
    layer.element_wise = CnnElementWise::kAdd;
    layer.operands = operands;
    return layer;
}

CnnLayer &pool(CnnLayer &layer, int64_t size, int64_t stride) {
    layer.pool_kind = CnnPool::kMax;
    layer.pool = {size, size};
    layer.pool_stride = {stride, stride};
    return layer;
}

CnnLayer &sized(CnnLayer &layer, int64_t height, int64_t width) {
    layer.input = {height, width};
    layer.output_offset = 0x4000;
    layer.output_processors <<= processor_count(layer.output_processors) <= 8 ? 8 : 0;
    return layer;
}

void stream(CnnNetwork &net, size_t count, size_t layers) {
    const CnnLayer conv = net.layers[0];
    net.layers.assign(layers, conv);
    for (size_t i = 0; i < layers; ++i) {
        CnnLayer &layer = net.layers[i];
        layer.input = net.input = {8, 8};
        layer.inputs = {static_cast<int64_t>(i) - 1};
        layer.next = i + 1 < layers ? static_cast<int64_t>(i) + 1 : kCnnStop;
        layer.streams = i < count;
        layer.input_offset = i % 2 == 0 ? 0 : 0x1000;
        layer.output_offset = i % 2 == 0 ? 0x1000 : 0;
    }
}

}  // namespace ingot::test
