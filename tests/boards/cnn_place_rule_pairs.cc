// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Of rules on where things lie and in which order layers run: what just passes, and what just
// fails.

#include "tests/boards/cnn_rule_pairs.h"

namespace ingot::test {
namespace {

using enum CnnOperation;
using Network = CnnNetwork;
using Layer = CnnLayer;

// FIFOs bring the input.
Layer &fifo(Network &net, int64_t channels, uint64_t processors, bool is_planar) {
    Layer &layer = alone(net, channels, 8);
    net.uses_fifo = true;
    layer.processors = processors;
    layer.is_planar = is_planar;
    return layer;
}

// A second layer that takes the outputs of the first and of the third.
void join(Network &net, int64_t operands, int64_t channels, uint64_t processors) {
    Layer &other = net.layers[1];
    other = net.layers[0];
    other.inputs = {kCnnInput};
    other.next = 2;
    other.output_offset = 0x2000;
    other.output_channels = channels;
    other.output_processors = processors;
    Layer &taker = net.layers[2];
    taker.inputs = {1, 0};
    if (operands > 1) {
        add(taker, operands);
        net.layers[0].write_gap = other.write_gap = 1;
        net.layers[0].output_offset = 0x2004;
    }
}

// Layers of one word of kernels after the other.
void repeat(Network &net, size_t count) {
    Layer conv = alone(net);
    conv.kernel = {1, 1};
    conv.pad = {0, 0};
    net.layers.assign(count, conv);
    for (size_t i = 0; i < count; ++i) {
        net.layers[i].inputs = {static_cast<int64_t>(i) - 1};
        net.layers[i].next = i + 1 < count ? static_cast<int64_t>(i) + 1 : kCnnStop;
        net.layers[i].input_offset = i % 2 == 0 ? 0 : 0x1000;
        net.layers[i].output_offset = i % 2 == 0 ? 0x1000 : 0;
    }
}

// Each with a bias, in a quadrant's memory of their own as long as there are some.
void bias(Network &net, size_t count, int64_t biases) {
    repeat(net, count);
    for (Layer &layer : net.layers) {
        sized(layer, 4, 4);
        layer.input_channels = layer.output_channels = biases;
        layer.processors = layer.output_processors = first(64);
        layer.input_offset = 0x2000;
        layer.weight_bits = 1;
        layer.bias = CnnBias::kPresent;
    }
}

// From 64 to 64 channels, several times: 64 words of kernels for each.
void fill_kernels(Network &net, size_t count, int64_t last_outputs) {
    repeat(net, count);
    for (Layer &layer : net.layers) {
        layer.kernel = {3, 3};
        layer.pad = {1, 1};
        layer.input_channels = layer.output_channels = 64;
        layer.processors = layer.output_processors = first(64);
    }
    net.layers.back().output_channels = last_outputs;
    net.layers.back().output_processors = first(last_outputs);
}

const RulePair kPairs[] = {
    {Code::kCnnProcessors, k0, [](Network &net) { alone(net).processors = 0xFF; },
     [](Network &net) { alone(net).processors = 0x7F; }},
    {Code::kCnnProcessors, k0,
     [](Network &net) { sized(alone(net, 100, 8), 4, 4).processors = first(52); },
     [](Network &net) { sized(alone(net, 100, 8), 4, 4).processors = first(50); }},
    {Code::kCnnOutputProcessors, k0, [](Network &net) { alone(net).output_processors = 0xFF; },
     [](Network &net) { alone(net).output_processors = 0x1FF; }},
    {Code::kCnnPlanarProcessors, k0,
     [](Network &net) {
         alone(net, 2, 8).is_planar = true;
         net.layers[0].processors = 0x11;
     },
     [](Network &net) {
         alone(net, 2, 8).is_planar = true;
         net.layers[0].processors = 0x3;
     }},
    {Code::kCnnPlanarFirst, k0,
     [](Network &net) {
         alone(net, 2, 8).is_planar = true;
         net.layers[0].processors = 0x11;
     },
     [](Network &net) {
         net.layers[0].output_channels = net.layers[1].input_channels = 2;
         net.layers[0].output_processors = net.layers[1].processors = 0x11;
         net.layers[1].output_channels = net.layers[2].input_channels = 2;
         net.layers[1].output_processors = net.layers[2].processors = 0x3;
         net.layers[1].is_planar = true;
     }},
    {Code::kCnnPassThroughProcessors, k0,
     [](Network &net) { pass(net, 8).output_processors = 0xFF0; },
     [](Network &net) { pass(net, 8).output_processors = 0xFF00000; }},
    {Code::kCnnDepthwiseProcessors, k2,
     [](Network &net) { depthwise(net).output_processors = 0xFF0; },
     [](Network &net) { depthwise(net).output_processors = 0x1FE; }},
    {Code::kCnnReadGap, k2, [](Network &net) { alone(net).read_gap = 1; },
     [](Network &net) { sized(alone(net, 65, 8), 4, 4).read_gap = 1; }},
    {Code::kCnnReadGap, k0, [](Network &net) { alone(net).read_gap = 0; },
     [](Network &net) { alone(net).read_gap = 1; }},
    {Code::kCnnWriteGap, k0, [](Network &net) { sized(alone(net), 4, 4).write_gap = 15; },
     [](Network &net) { sized(alone(net), 4, 4).write_gap = 16; }},
    {Code::kCnnWriteGap, k0, [](Network &net) { sized(alone(net, 8, 128), 4, 4).write_gap = 7; },
     [](Network &net) { sized(alone(net, 8, 128), 4, 4).write_gap = 8; }},
    {Code::kCnnDataOffset, k0, [](Network &net) { alone(net).output_offset = 0x1004; },
     [](Network &net) { alone(net).output_offset = 0x1002; }},
    {Code::kCnnInputMemory, k0,
     [](Network &net) {
         sized(alone(net), 4, 4).input_offset = 0x8000 - 64;
         net.layers[0].output_offset = 0;
     },
     [](Network &net) {
         sized(alone(net), 4, 4).input_offset = 0x8000 - 60;
         net.layers[0].output_offset = 0;
     }},
    {Code::kCnnOutputMemory, k2,
     [](Network &net) { sized(alone(net), 4, 4).output_offset = 0x14000 - 64; },
     [](Network &net) { sized(alone(net), 4, 4).output_offset = 0x14000 - 60; }},
    {Code::kCnnOutputMemory, k0,
     [](Network &net) {
         sized(alone(net), 4, 4).output_width = 32;
         net.layers[0].output_offset = 0x8000 - 256;
     },
     [](Network &net) {
         sized(alone(net), 4, 4).output_width = 32;
         net.layers[0].output_offset = 0x8000 - 252;
     }},
    // The output of row y goes to where row y - 17 was, of 3x3 windows that reach to row y + 1...
    {Code::kCnnDataOverlap, k0,
     [](Network &net) {
         alone(net).input_offset = 0x1000;
         net.layers[0].output_offset = 0x1000 - 4 * 16;
     },
     // ...and to where row y + 2 still is.
     [](Network &net) {
         alone(net).input_offset = 0x1000;
         net.layers[0].output_offset = 0x1000 + 4 * 32;
     }},
    {Code::kCnnDataLost, k0,
     [](Network &net) {
         net.layers[2].inputs = {0};
         net.layers[2].input_offset = 0x1000;
         net.layers[1].output_offset = 0x1000 + 4 * 16 * 16;
     },
     [](Network &net) {
         net.layers[2].inputs = {0};
         net.layers[2].input_offset = 0x1000;
         net.layers[1].output_offset = 0x1000 + 4 * 16 * 16 - 4;
     }},
    {Code::kCnnKernelStart, k0, [](Network &net) { alone(net).kernel_start = 4; },
     [](Network &net) { alone(net).kernel_start = 6; }},
    {Code::kCnnKernelMemory, k0, [](Network &net) { fill_kernels(net, 12, 64); },
     [](Network &net) { fill_kernels(net, 13, 1); }},
    {Code::kCnnKernelMemory, k2,
     [](Network &net) {
         alone(net, 1, 8).processors = 0x1;
         net.layers[0].kernel_start = 5120 - 8;
     },
     [](Network &net) {
         alone(net, 1, 8).processors = 0x2;
         net.layers[0].kernel_start = 5120 - 8;
     }},
    {Code::kCnnDepthwiseKernels, k2,
     [](Network &net) { sized(depthwise(net, 128), 8, 8).kernel_start = 1020; },
     [](Network &net) { sized(depthwise(net, 640), 4, 4).kernel_start = 1020; }},
    {Code::kCnnBiasMemory, k0, [](Network &net) { bias(net, 4, 512); },
     [](Network &net) { bias(net, 5, 512); }},
    {Code::kCnnBiasQuadrant, k0, [](Network &net) { alone(net).bias_quadrants = {0}; },
     [](Network &net) { alone(net).bias_quadrants = {1}; }},
    {Code::kCnnBiasQuadrant, k2, [](Network &net) { depthwise(net).bias_quadrants = {}; },
     [](Network &net) { depthwise(net).bias_quadrants = {0}; }},

    {Code::kCnnLayerCount, k0, [](Network &net) { repeat(net, 32); },
     [](Network &net) { repeat(net, 33); }},
    {Code::kCnnLayerCount, k2, [](Network &net) { repeat(net, 128); },
     [](Network &net) {  // Average pooling behind an element-wise layer takes one more.
         repeat(net, 128);
         sized(add(net.layers[3], 2), 4, 4);
         pool(net.layers[4], 1).pool_kind = CnnPool::kAverage;
     }},
    {Code::kCnnLayerOrder, k0, [](Network &net) { net.layers[0].next = 1; },
     [](Network &net) { net.layers[0].next = 2; }},
    {Code::kCnnLayerLoop, k2, [](Network &net) { net.layers[2].next = kCnnStop; },
     [](Network &net) { net.layers[2].next = 1; }},
    {Code::kCnnQuadrant0, k0, [](Network &net) { alone(net).processors = first(8) << 16; },
     [](Network &net) {
         alone(net).processors = first(8) << 16;
         net.layers[0].output_processors = first(8) << 32;
     }},
    {Code::kCnnSnoop, k0, [](Network &net) { net.snoops = false; },
     [](Network &net) { net.snoops = true; }},
    {Code::kCnnStreamingLayers, k0, [](Network &net) { stream(net, 8, 10); },
     [](Network &net) { stream(net, 9, 10); }},
    {Code::kCnnStreamingOrder, k0, [](Network &net) { stream(net, 2); },
     [](Network &net) {
         stream(net, 2);
         net.layers[0].streams = false;
     }},
    {Code::kCnnStreamingNext, k2, [](Network &net) { stream(net, 1); },
     [](Network &net) {
         stream(net, 1);
         net.layers[0].next = 2;
     }},
    {Code::kCnnStreamingLastPadding, k0, [](Network &net) { stream(net, 2); },
     [](Network &net) {
         stream(net, 2);
         net.layers[1].pad = {0, 0};
     }},
    {Code::kCnnStreamingPassThrough, k2, [](Network &net) { stream(net, 2); },
     [](Network &net) {
         stream(net, 3);
         net.layers[1].operation = kPassThrough;
         net.layers[1].kernel = {1, 1};
         net.layers[1].pad = {0, 0};
     }},
    {Code::kCnnStreamingOneByOne, k0,
     [](Network &net) {
         stream(net, 2);
         net.layers[1].kernel = {1, 1};
         net.layers[1].pad = {0, 0};
     },
     [](Network &net) {
         stream(net, 2);
         net.layers[1].kernel = {1, 1};
     }},
    {Code::kCnnStreamingBias, k0,
     [](Network &net) {
         stream(net, 2);
         net.layers[2].bias = CnnBias::kPresent;
     },
     [](Network &net) {
         stream(net, 2);
         net.layers[1].bias = CnnBias::kPresent;
     }},
    {Code::kCnnFifoChannels, k0, [](Network &net) { fifo(net, 16, 0x000f000f000f000f, false); },
     [](Network &net) { fifo(net, 17, 0x000f000f000f001f, false); }},
    {Code::kCnnFifoChannels, k0, [](Network &net) { fifo(net, 4, 0x0001000100010001, true); },
     [](Network &net) { fifo(net, 5, 0x0001000100010011, true); }},
    {Code::kCnnFifoProcessors, k0, [](Network &net) { fifo(net, 4, 0xF, false); },
     [](Network &net) { fifo(net, 4, 0x1E, false); }},
    {Code::kCnnElementWiseInputs, k2, [](Network &net) { join(net, 2, 8, 0xFF); },
     [](Network &net) { join(net, 2, 12, 0xFFF); }},
    {Code::kCnnElementWiseInputs, k2, [](Network &net) { join(net, 2, 8, 0xFF); },
     [](Network &net) { join(net, 2, 8, 0xFF0); }},
    {Code::kCnnConcatenation, k0, [](Network &net) { join(net, 1, 8, 0xFF00); },
     [](Network &net) { join(net, 1, 6, 0x3F00); }},
};

}  // namespace

std::span<const RulePair> place_rule_pairs() { return kPairs; }

}  // namespace ingot::test
