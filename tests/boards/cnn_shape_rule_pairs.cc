// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Of rules on what a layer computes: what just passes, and what just fails.

#include "tests/boards/cnn_rule_pairs.h"

namespace ingot::test {
namespace {

using enum CnnOperation;
using Network = CnnNetwork;
using Layer = CnnLayer;

Layer &conv1d(Network &net, int64_t taps, int64_t dilation, int64_t in = 8) {
    Layer &layer = alone(net, in, 8);
    layer.operation = kConv1d;
    layer.kernel = {taps, 1};
    layer.dilation = {dilation, 1};
    layer.pad = {0, 0};
    layer.input = net.input = {512, 1};
    layer.output_offset = 0x4000;
    return layer;
}

// Three taps that run as rows of a 3x3 kernel.
Layer &far_apart(Network &net) {
    Layer &layer = conv1d(net, 3, 5);
    layer.input_offset = 0x4000;
    return layer;
}

Layer &transposed(Network &net) {
    Layer &layer = alone(net);
    layer.operation = kTransposedConv2d;
    layer.stride = {2, 2};
    layer.output_pad = {1, 1};
    return layer;
}

Layer &flat(Network &net, int64_t channels, int64_t height, int64_t width) {
    Layer &layer = alone(net, channels, 8);
    layer.operation = kLinear;
    layer.flattens = true;
    layer.kernel = {1, 1};
    layer.pad = {0, 0};
    layer.input = net.input = {height, width};
    layer.output_offset = 0x7000;
    return layer;
}

const RulePair kPairs[] = {
    {Code::kCnnConv2dKernel, k0,
     [](Network &net) {
         alone(net).kernel = {3, 3};
     },
     [](Network &net) {
         alone(net).kernel = {5, 5};
     }},
    {Code::kCnnConv1dKernel, k0, [](Network &net) { conv1d(net, 9, 1); },
     [](Network &net) { conv1d(net, 10, 1); }},
    {Code::kCnnTransposedKernel, k0, [](Network &net) { transposed(net); },
     [](Network &net) {
         transposed(net).kernel = {5, 5};
     }},
    {Code::kCnnConvStride, k0,
     [](Network &net) {
         alone(net).stride = {1, 1};
     },
     [](Network &net) {
         alone(net).stride = {2, 2};
     }},
    {Code::kCnnTransposedStride, k0,
     [](Network &net) {
         transposed(net).stride = {2, 2};
     },
     [](Network &net) {
         transposed(net).stride = {1, 1};
     }},
    {Code::kCnnConv2dDilation, k2,
     [](Network &net) {
         alone(net).dilation = {1, 1};
     },
     [](Network &net) {
         alone(net).dilation = {2, 2};
     }},
    {Code::kCnnConv1dDilation, k0, [](Network &net) { conv1d(net, 5, 2); },
     [](Network &net) { conv1d(net, 5, 3); }},
    // At 1023, nothing would be left of the 1023 rows that there may be.
    {Code::kCnnConv1dDilation, k0,
     [](Network &net) {
         conv1d(net, 2, 1022).input = {1023, 1};
     },
     [](Network &net) {
         conv1d(net, 2, 1024).input = {1023, 1};
     }},
    {Code::kCnnConv1dDilation, k2, [](Network &net) { conv1d(net, 2, 1); },
     [](Network &net) { conv1d(net, 1, 2); }},
    {Code::kCnnConv1dDilationForm, k0,
     [](Network &net) {
         conv1d(net, 3, 4).pad = {1, 0};
     },
     [](Network &net) {
         conv1d(net, 3, 5).pad = {1, 0};
     }},
    {Code::kCnnConv1dDilationForm, k0, [](Network &net) { far_apart(net).output_offset = 20; },
     [](Network &net) { far_apart(net).output_offset = 16; }},
    {Code::kCnnPadding, k0,
     [](Network &net) {
         alone(net).pad = {2, 2};
     },
     [](Network &net) {
         alone(net).pad = {3, 3};
     }},
    {Code::kCnnPaddingBelowKernel, k0,
     [](Network &net) {
         conv1d(net, 2, 1).pad = {1, 0};
     },
     [](Network &net) {
         conv1d(net, 2, 1).pad = {2, 0};
     }},
    {Code::kCnnConv1dPaddingPasses, k2,
     [](Network &net) {
         conv1d(net, 3, 1, 64).pad = {1, 0};
     },
     [](Network &net) {
         conv1d(net, 3, 1, 65).pad = {1, 0};
     }},
    {Code::kCnnConv1dPaddingPasses, k2,
     [](Network &net) {
         conv1d(net, 3, 1, 65).pad = {0, 0};
     },
     [](Network &net) {
         conv1d(net, 3, 1, 128).pad = {2, 0};
     }},
    {Code::kCnnOutputPadding, k0,
     [](Network &net) {
         transposed(net).output_pad = {1, 1};
     },
     [](Network &net) {
         transposed(net).output_pad = {0, 0};
     }},
    {Code::kCnnOutputPadding, k0,
     [](Network &net) {
         alone(net).output_pad = {0, 0};
     },
     [](Network &net) {
         alone(net).output_pad = {1, 1};
     }},
    {Code::kCnnGroups, k0, [](Network &net) { alone(net).groups = 1; },
     [](Network &net) { depthwise(net); }},
    {Code::kCnnGroups, k2, [](Network &net) { depthwise(net); },
     [](Network &net) { depthwise(net).groups = 4; }},
    {Code::kCnnWeightBits, k0, [](Network &net) { alone(net).weight_bits = 4; },
     [](Network &net) { alone(net).weight_bits = 3; }},
    {Code::kCnnWeightBits, k0, [](Network &net) { alone(net).weight_bits = 1; },
     [](Network &net) {
         alone(net).weight_bits = 1;
         net.layers[0].binary_weights = true;
     }},
    {Code::kCnnOutputShift, k0, [](Network &net) { alone(net).output_shift = 15; },
     [](Network &net) { alone(net).output_shift = 16; }},
    {Code::kCnnOutputShift, k0,
     [](Network &net) {
         alone(net).weight_bits = 4;
         net.layers[0].output_shift = 11;
     },
     [](Network &net) {
         alone(net).weight_bits = 4;
         net.layers[0].output_shift = 12;
     }},
    {Code::kCnnOutputWidth, k0, [](Network &net) { alone(net).output_width = 32; },
     [](Network &net) {
         alone(net).output_width = 32;
         net.layers[0].activation = CnnActivation::kRelu;
     }},
    {Code::kCnnPoolSize, k0, [](Network &net) { pool(alone(net), 16); },
     [](Network &net) { sized(pool(alone(net), 17), 32, 32); }},
    {Code::kCnnPoolStride, k0, [](Network &net) { pool(alone(net), 2, 16); },
     [](Network &net) { pool(alone(net), 2, 17); }},
    {Code::kCnnPoolStride, k0, [](Network &net) { pool(alone(net), 2, 2); },
     [](Network &net) { pool(alone(net), 2, 2).pool_stride.width = 1; }},
    {Code::kCnnPoolDilation, k0,
     [](Network &net) {
         pool(alone(net), 2).pool_dilation = {1, 1};
     },
     [](Network &net) {
         pool(alone(net), 2).pool_dilation = {2, 1};
     }},
    {Code::kCnnPoolDilation, k2,
     [](Network &net) {
         sized(pool(alone(net), 2), 32, 32).pool_dilation = {16, 16};
     },
     [](Network &net) {
         sized(pool(alone(net), 2), 32, 32).pool_dilation = {17, 1};
     }},
    {Code::kCnnPassThroughPool, k0, [](Network &net) { pool(pass(net, 64), 2, 2); },
     [](Network &net) { pool(pass(net, 68), 2, 2); }},
    {Code::kCnnPassThroughPool, k0, [](Network &net) { pool(pass(net, 128), 16, 1); },
     [](Network &net) { pool(pass(net, 128), 15, 1); }},
    {Code::kCnnOperands, k0, [](Network &net) { sized(add(pass(net, 8), 16), 8, 8); },
     [](Network &net) { sized(add(pass(net, 8), 17), 8, 8); }},
    {Code::kCnnOperands, k0, [](Network &net) { sized(add(pass(net, 8), 2), 8, 8); },
     [](Network &net) { sized(add(pass(net, 8), 1), 8, 8); }},
    {Code::kCnnConv1dElementWise, k0, [](Network &net) { conv1d(net, 3, 1).operands = 1; },
     [](Network &net) { add(conv1d(net, 3, 1), 2); }},
    {Code::kCnnElementWisePasses, k0, [](Network &net) { sized(add(alone(net, 128, 8), 2), 8, 8); },
     [](Network &net) { sized(add(alone(net, 132, 8), 2), 8, 8); }},
    {Code::kCnnElementWisePasses, k0, [](Network &net) { sized(add(alone(net, 64, 8), 3), 8, 8); },
     [](Network &net) { sized(add(alone(net, 68, 8), 3), 8, 8); }},
    {Code::kCnnElementWiseBias, k2,
     [](Network &net) { sized(add(alone(net, 64, 8), 2), 8, 8).bias = CnnBias::kPresent; },
     [](Network &net) { sized(add(alone(net, 65, 8), 2), 8, 8).bias = CnnBias::kPresent; }},
    {Code::kCnnPoolLastOperands, k0,
     [](Network &net) { sized(pool(add(alone(net), 2), 2, 2), 8, 8).pools_first = false; },
     [](Network &net) { sized(pool(add(alone(net), 3), 2, 2), 8, 8).pools_first = false; }},
    {Code::kCnnPoolLastForm, k0,
     [](Network &net) { sized(pool(add(alone(net), 2), 2, 2), 8, 8).pools_first = false; },
     [](Network &net) { sized(add(alone(net), 2), 8, 8).pools_first = false; }},
    {Code::kCnnInputChannels, k0, [](Network &net) { sized(alone(net, 1024, 8), 4, 4); },
     [](Network &net) { sized(alone(net, 1025, 8), 4, 4); }},
    {Code::kCnnInputChannels, k2, [](Network &net) { sized(alone(net, 1024, 8), 4, 4); },
     [](Network &net) { sized(alone(net, 1025, 8), 4, 4); }},
    {Code::kCnnOutputChannels, k2, [](Network &net) { sized(alone(net, 8, 1024), 4, 4); },
     [](Network &net) { sized(alone(net, 8, 1025), 4, 4); }},
    {Code::kCnnBiasOutputs, k0,
     [](Network &net) { sized(alone(net, 8, 512), 4, 4).bias = CnnBias::kPresent; },
     [](Network &net) { sized(alone(net, 8, 513), 4, 4).bias = CnnBias::kPresent; }},
    {Code::kCnnRowsColumns, k0, [](Network &net) { sized(alone(net), 1023, 3); },
     [](Network &net) { sized(alone(net), 1024, 3); }},
    {Code::kCnnRowsColumns, k2, [](Network &net) { sized(alone(net), 3, 2047); },
     [](Network &net) { sized(alone(net), 3, 2048); }},
    {Code::kCnnEmptyData, k0,
     [](Network &net) {
         sized(alone(net), 3, 3).pad = {0, 0};
     },
     [](Network &net) {
         sized(alone(net), 3, 2).pad = {0, 0};
     }},
    {Code::kCnnFrameSize, k2,
     [](Network &net) {
         stream(net, 1, 1);
         pool(sized(alone(net, 64, 8), 2047, 1024), 16, 16).streams = true;
     },
     [](Network &net) {
         stream(net, 1, 1);
         pool(sized(alone(net, 128, 8), 1024, 1024), 16, 16).streams = true;
     }},
    {Code::kCnnPlanarPixels, k0,
     [](Network &net) {
         Layer &layer = pool(sized(alone(net, 1, 8), 256, 128), 16, 16);
         layer.is_planar = true;
         layer.output_offset = 0;
         layer.output_processors = first(8) << 8;
     },
     [](Network &net) {
         Layer &layer = pool(sized(alone(net, 1, 8), 257, 128), 16, 16);
         layer.is_planar = true;
     }},
    {Code::kCnnChannelPixels, k0,
     [](Network &net) {
         Layer &layer = pool(sized(alone(net), 128, 64), 16, 16);
         layer.output_processors = first(8) << 8;
     },
     [](Network &net) { pool(sized(alone(net), 128, 65), 16, 16); }},
    {Code::kCnnChannelPixels, k2,
     [](Network &net) {
         Layer &layer = pool(sized(alone(net), 160, 128), 16, 16);
         layer.output_processors = first(8) << 8;
     },
     [](Network &net) { pool(sized(alone(net), 161, 128), 16, 16); }},
    {Code::kCnnFlattenSize, k0, [](Network &net) { flat(net, 64, 16, 16); },
     [](Network &net) { flat(net, 64, 257, 1); }},
    {Code::kCnnFlattenSize, k0, [](Network &net) { flat(net, 1024, 4, 4); },
     [](Network &net) { flat(net, 1024, 4, 5); }},
    {Code::kCnnFlattenForm, k0, [](Network &net) { flat(net, 8, 4, 4); },
     [](Network &net) { pool(flat(net, 8, 4, 4), 2, 2); }},
    {Code::kCnnPassThroughForm, k0,
     [](Network &net) { pass(net, 8).activation = CnnActivation::kNone; },
     [](Network &net) { pass(net, 8).activation = CnnActivation::kRelu; }},
    {Code::kCnnPassThroughForm, k0, [](Network &net) { pass(net, 8).output_width = 8; },
     [](Network &net) { pass(net, 8).output_width = 32; }},
    {Code::kCnnX4, k0, [](Network &net) { alone(net).uses_x4 = false; },
     [](Network &net) { alone(net).uses_x4 = true; }},
    {Code::kCnnReadAhead, k0, [](Network &net) { alone(net).reads_ahead = false; },
     [](Network &net) { alone(net).reads_ahead = true; }},
    {Code::kCnnKernelBypass, k0, [](Network &net) { alone(net).bypasses_kernel = false; },
     [](Network &net) { alone(net).bypasses_kernel = true; }},
};

}  // namespace

std::span<const RulePair> shape_rule_pairs() { return kPairs; }

}  // namespace ingot::test
