// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Three networks of our own, with weights drawn by chance.

#include <iterator>

#include "tests/support/cnn_program/network.h"
#include "tests/support/cnn_program/project.h"

namespace ingot::test {
namespace {

using Kind = CnnPooling::Kind;

CnnProject classifier() {
    CnnNetwork net(CnnProgramSpec::Part::kMax78000, 1);
    CnnLayerSpec layer = net.first({3, 16, 16}, 0x111);
    layer.is_planar = true;
    net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 16, {cnn_run(0, 16), 0x800})));

    layer = net.after(0);
    layer.pooling = {.kind = Kind::kMaximum, .rows = 2, .columns = 2, .stride = 2};
    layer.weight_bits = 4;
    net.add(cnn_biased(
        cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 24, {cnn_run(16, 24), 0}))));

    layer = net.after(1);
    layer.is_wide = true;
    net.add(cnn_biased(cnn_convolution(layer, CnnKernel::kFlatten, 10, {cnn_run(0, 10), 0x1000})));
    return {.name = "classifier", .spec = net.spec(), .outputs = {2}, .classifies = true};
}

// Layer 1's output and what layer 3 makes of it lie side by side, as operands of layer 4.
CnnProject residual() {
    CnnNetwork net(CnnProgramSpec::Part::kMax78000, 2);
    net.spec().reads_fifo = true;
    CnnLayerSpec layer = net.first({3, 24, 24}, 0x7);
    layer.is_streaming = true;
    net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 8, {cnn_run(16, 8), 0x400})));

    layer = net.after(0);
    layer.is_streaming = true;
    layer.pooling = {.kind = Kind::kMaximum, .rows = 2, .columns = 2, .stride = 2};
    net.add(cnn_convolution(layer, CnnKernel::k3x3, 16, {cnn_run(32, 16), 0x800}));

    layer = net.after(1);
    layer.outputs = layer.input.channels;
    layer.write = {cnn_run(32, 16), 0x1000, 1};
    net.add(layer);

    layer = net.after(1);
    net.add(cnn_biased(cnn_convolution(layer, CnnKernel::k3x3, 16, {cnn_run(32, 16), 0x1001, 1})));

    layer = net.after(2);
    layer.sources = {2, 3};
    layer.read.gap = 0;
    layer.pooling = {.kind = Kind::kAverage, .rows = 2, .columns = 2, .stride = 2};
    net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k1x1, 20, {cnn_run(0, 20), 0x1800})));

    net.add(cnn_convolution(net.after(4), CnnKernel::k3x3, 6, {cnn_run(0, 6), 0}));
    net.add(cnn_convolution(net.after(4), CnnKernel::k1x1, 9, {cnn_run(48, 9), 0}));
    return {.name = "residual", .spec = net.spec(), .outputs = {5, 6}};
}

CnnProject depthwise() {
    CnnNetwork net(CnnProgramSpec::Part::kMax78002, 3);
    CnnLayerSpec layer = net.first({4, 20, 20}, 0xf);
    net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 24, {cnn_run(0, 24), 0x1000})));

    layer = net.after(0);
    layer.is_depthwise = true;  // In place.
    net.add(cnn_biased(
        cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 24, {cnn_run(0, 24), 0x2000}))));

    layer = net.after(1);
    layer.pooling = {.kind = Kind::kMaximum,
                     .rows = 3,
                     .columns = 3,
                     .stride = 2,
                     .row_dilation = 2,
                     .column_dilation = 2};
    net.add(cnn_biased(cnn_convolution(layer, CnnKernel::k1x1, 40, {cnn_run(0, 40), 0x3000})));

    layer = net.after(2);
    layer.is_depthwise = true;  // To other processors.
    net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 40, {cnn_run(24, 40), 0x100})));

    layer = net.after(3);
    layer.pooling = {.kind = Kind::kAverage, .rows = 2, .columns = 2, .stride = 3};
    net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 12, {cnn_run(0, 12), 0x1000})));

    layer = net.after(4);
    layer.is_wide = true;
    net.add(cnn_biased(cnn_convolution(layer, CnnKernel::kFlatten, 5, {cnn_run(0, 5), 0x2000})));

    constexpr int32_t kSlots[] = {5, 2, 9, 3, 4, 1};
    for (size_t i = 0; i < std::size(kSlots); ++i) net.spec().layers[i].slot = kSlots[i];
    return {.name = "depthwise", .spec = net.spec(), .outputs = {5}, .classifies = true};
}

}  // namespace

CnnProject sample_spec(SampleProject which) {
    switch (which) {
        case SampleProject::kClassifier:
            return classifier();
        case SampleProject::kResidual:
            return residual();
        case SampleProject::kDepthwise:
            return depthwise();
    }
    return {};
}

}  // namespace ingot::test
