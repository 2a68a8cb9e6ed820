// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Shapes of an accelerator program's layers, and its description for people.

#include "tests/support/cnn_program/spec.h"

#include <fmt/format.h>

namespace ingot::test {
namespace {

std::string describe(const CnnShape &shape) {
    return fmt::format("{}x{}x{}", shape.channels, shape.rows, shape.columns);
}

std::string describe(const CnnPlace &place) {
    return fmt::format("processors {:016x} word {} gap {}", place.processors, place.word,
                       place.gap);
}

std::string describe(const CnnPooling &pool) {
    constexpr const char *kKinds[] = {"none", "maximum", "average"};
    return fmt::format("{} {}x{} stride {} dilation {}x{}", kKinds[static_cast<int>(pool.kind)],
                       pool.rows, pool.columns, pool.stride, pool.row_dilation,
                       pool.column_dilation);
}

std::string describe(const CnnLayerSpec &layer) {
    constexpr const char *kFunctions[] = {"subtract", "add", "or", "xor"};
    constexpr const char *kKernels[] = {"none", "1x1", "3x3", "1d", "flatten"};
    constexpr const char *kActivations[] = {"none", "relu", "abs"};
    std::string sources;
    for (const int32_t source : layer.sources) sources += fmt::format(" {}", source);
    std::string text = fmt::format("slot {}: from{} {}, {}", layer.slot, sources,
                                   describe(layer.input), describe(layer.read));
    if (layer.is_planar) text += ", planar";
    if (layer.operands() > 1) {
        text += fmt::format(", {}{}", kFunctions[static_cast<int>(layer.function)],
                            layer.pools_first ? " after pooling" : " before pooling");
    }
    text += fmt::format("\n    pooling {}; kernel {} taps {} pad {}x{}", describe(layer.pooling),
                        kKernels[static_cast<int>(layer.kernel)], layer.taps, layer.row_pad,
                        layer.column_pad);
    if (layer.is_transposed) text += " transposed";
    if (layer.is_depthwise) text += " depthwise";
    if (layer.is_bypassed) text += " bypassed";
    if (layer.is_streaming) text += " streaming";
    text += fmt::format(
        " bits {} at {}; bias {} of quadrant {} at {}; shift {} activation {}{}", layer.weight_bits,
        layer.kernel_word, layer.bias.size(), layer.bias_quadrant, layer.bias_start, layer.shift,
        kActivations[static_cast<int>(layer.activation)], layer.is_wide ? " wide" : "");
    return text +
           fmt::format("\n    to {}, {}\n", describe(output_shape(layer)), describe(layer.write));
}

}  // namespace

CnnShape pooled_shape(const CnnLayerSpec &layer) {
    const CnnPooling &pool = layer.pooling;
    return {.channels = layer.input.channels,
            .rows = (layer.input.rows - pool.row_extent()) / pool.stride + 1,
            .columns = (layer.input.columns - pool.column_extent()) / pool.stride + 1};
}

CnnShape spread_shape(const CnnLayerSpec &layer) {
    CnnShape shape = pooled_shape(layer);
    if (layer.is_transposed) {
        shape.rows *= 2;
        shape.columns *= 2;
    }
    return shape;
}

int32_t kernel_rows(const CnnLayerSpec &layer) {
    if (layer.kernel == CnnKernel::k1d) return layer.taps;
    return layer.kernel == CnnKernel::k3x3 ? 3 : 1;
}

int32_t kernel_columns(const CnnLayerSpec &layer) {
    return layer.kernel == CnnKernel::k3x3 ? 3 : 1;
}

int32_t weights_per_kernel(const CnnLayerSpec &layer) {
    if (layer.kernel == CnnKernel::kFlatten) return pooled_shape(layer).pixels();
    return kernel_rows(layer) * kernel_columns(layer);
}

CnnShape output_shape(const CnnLayerSpec &layer) {
    if (layer.kernel == CnnKernel::kNone) return pooled_shape(layer);
    if (layer.kernel == CnnKernel::kFlatten) return {layer.outputs, 1, 1};
    const CnnShape spread = spread_shape(layer);
    return {.channels = layer.outputs,
            .rows = spread.rows + 2 * layer.row_pad - kernel_rows(layer) + 1,
            .columns = spread.columns + 2 * layer.column_pad - kernel_columns(layer) + 1};
}

std::string describe(const CnnProgramSpec &program) {
    std::string text = fmt::format(
        "{}{}{}{}{}\n", program.is_small() ? "MAX78000" : "MAX78002",
        program.rounds_average ? ", averages round" : "", program.is_binary ? ", binary" : "",
        program.loads_packed ? "" : ", kernels of 4 words", program.reads_fifo ? ", FIFO" : "");
    for (size_t i = 0; i < program.layers.size(); ++i) {
        text += fmt::format("  {} in {}", i, describe(program.layers[i]));
    }
    return text;
}

}  // namespace ingot::test
