// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The arithmetic of the MAX7800x accelerators, one loop for each index.
// Sources: ai8x-synthesis, izer/simulate.py and izer/compute.py; its README on bias and shift.

#include "tests/support/cnn_program/reference.h"

#include <algorithm>
#include <cstdlib>

namespace ingot::test {
namespace {

constexpr int64_t kUnit = 128;  // Weights and bias have 7 bits after the point.

int64_t clamp_to_int8(int64_t value) { return std::clamp<int64_t>(value, -128, 127); }

int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

int64_t combine(CnnElementFunction function, int64_t a, int64_t b) {
    switch (function) {
        case CnnElementFunction::kSubtract:
            return a - b;
        case CnnElementFunction::kAdd:
            return a + b;
        case CnnElementFunction::kOr:
            return a | b;
        case CnnElementFunction::kXor:
            return a ^ b;
    }
    std::abort();
}

CnnTensor combine(CnnElementFunction function, const std::vector<CnnTensor> &operands) {
    CnnTensor result(operands[0].shape);
    for (size_t i = 0; i < result.values.size(); ++i) {
        int64_t value = operands[0].values[i];
        for (size_t k = 1; k < operands.size(); ++k) {
            value = combine(function, value, operands[k].values[i]);
        }
        result.values[i] = static_cast<int32_t>(clamp_to_int8(value));
    }
    return result;
}

int64_t average(int64_t sum, int64_t count, bool rounds) {
    if (!rounds) return sum / count;  // Towards zero.
    const int64_t magnitude = (2 * std::abs(sum) + count) / (2 * count);
    return sum < 0 ? -magnitude : magnitude;
}

struct Pool {
    const CnnPooling &pooling;
    bool rounds;

    int32_t window(const CnnTensor &input, int32_t channel, int32_t row, int32_t column) const {
        int64_t sum = 0;
        int64_t maximum = -128;
        for (int32_t r = 0; r < pooling.rows; ++r) {
            for (int32_t c = 0; c < pooling.columns; ++c) {
                const int32_t y = row * pooling.stride + r * pooling.row_dilation;
                const int32_t x = column * pooling.stride + c * pooling.column_dilation;
                const int64_t value = input.at(channel, y * input.shape.columns + x);
                sum += value;
                maximum = std::max(maximum, value);
            }
        }
        if (pooling.kind != CnnPooling::Kind::kAverage) return static_cast<int32_t>(maximum);
        return static_cast<int32_t>(average(sum, pooling.rows * pooling.columns, rounds));
    }

    CnnTensor operator()(const CnnTensor &input, const CnnShape &shape) const {
        CnnTensor result(shape);
        for (int32_t channel = 0; channel < shape.channels; ++channel) {
            for (int32_t pixel = 0; pixel < shape.pixels(); ++pixel) {
                result.at(channel, pixel) =
                    window(input, channel, pixel / shape.columns, pixel % shape.columns);
            }
        }
        return result;
    }
};

// Puts a zero after each pixel, and a row of them after each row.
CnnTensor spread(const CnnTensor &input, const CnnShape &shape) {
    CnnTensor result(shape);
    const int32_t columns = input.shape.columns;
    for (int32_t channel = 0; channel < shape.channels; ++channel) {
        for (int32_t pixel = 0; pixel < input.shape.pixels(); ++pixel) {
            const int32_t target = pixel / columns * 2 * shape.columns + pixel % columns * 2;
            result.at(channel, target) = input.at(channel, pixel);
        }
    }
    return result;
}

struct Convolution {
    const CnnLayerSpec &layer;
    const CnnTensor &input;
    int32_t kernel_rows;
    int32_t kernel_columns;

    int64_t weight(int32_t output, int32_t channel, int32_t tap) const {
        if (layer.is_bypassed) return 1;
        const int32_t channels = layer.is_depthwise ? 1 : input.shape.channels;
        const int32_t kernel = output * channels + (layer.is_depthwise ? 0 : channel);
        return layer.weights[static_cast<size_t>(kernel * kernel_rows * kernel_columns + tap)];
    }

    int64_t sum_of(int32_t output, int32_t channel, int32_t row, int32_t column) const {
        int64_t sum = 0;
        for (int32_t r = 0; r < kernel_rows; ++r) {
            for (int32_t c = 0; c < kernel_columns; ++c) {
                const int32_t y = row + r - layer.row_pad;
                const int32_t x = column + c - layer.column_pad;
                if (y < 0 || x < 0 || y >= input.shape.rows || x >= input.shape.columns) continue;
                sum += weight(output, channel, r * kernel_columns + c) *
                       input.at(channel, y * input.shape.columns + x);
            }
        }
        return sum;
    }

    int64_t sum_of(int32_t output, int32_t row, int32_t column) const {
        if (layer.is_depthwise) return sum_of(output, output, row, column);
        int64_t sum = 0;
        for (int32_t channel = 0; channel < input.shape.channels; ++channel) {
            sum += sum_of(output, channel, row, column);
        }
        return sum;
    }

    int32_t finish(int64_t sum, int32_t output) const {
        if (!layer.bias.empty()) sum += layer.bias[static_cast<size_t>(output)] * kUnit;
        if (layer.is_wide) return static_cast<int32_t>(sum);
        const int64_t numerator = layer.shift > 0 ? sum * (int64_t{1} << layer.shift) : sum;
        const int64_t denominator = layer.shift < 0 ? kUnit << -layer.shift : kUnit;
        const int64_t value =
            clamp_to_int8(floor_divide(2 * numerator + denominator, 2 * denominator));
        if (layer.activation == CnnActivation::kRelu)
            return static_cast<int32_t>(std::max<int64_t>(value, 0));
        if (layer.activation == CnnActivation::kAbsolute) {
            return static_cast<int32_t>(std::min<int64_t>(std::abs(value), 127));
        }
        return static_cast<int32_t>(value);
    }

    CnnTensor operator()(const CnnShape &shape) const {
        CnnTensor result(shape);
        for (int32_t output = 0; output < shape.channels; ++output) {
            for (int32_t pixel = 0; pixel < shape.pixels(); ++pixel) {
                const int32_t row = pixel / shape.columns;
                result.at(output, pixel) =
                    finish(sum_of(output, row, pixel % shape.columns), output);
            }
        }
        return result;
    }
};

CnnTensor convolve(const CnnLayerSpec &layer, const CnnTensor &input) {
    // A fully connected layer is a convolution with a kernel as large as the image.
    const bool is_flat = layer.kernel == CnnKernel::kFlatten;
    const Convolution convolution{
        .layer = layer,
        .input = input,
        .kernel_rows = is_flat ? input.shape.rows : kernel_rows(layer),
        .kernel_columns = is_flat ? input.shape.columns : kernel_columns(layer)};
    return convolution(output_shape(layer));
}

CnnTensor compute(const CnnLayerSpec &layer, std::vector<CnnTensor> operands, bool rounds) {
    const Pool pool{layer.pooling, rounds};
    const CnnShape pooled = pooled_shape(layer);
    const bool combines = operands.size() > 1;
    if (combines && !layer.pools_first) operands = {combine(layer.function, operands)};
    for (CnnTensor &operand : operands) operand = pool(operand, pooled);
    CnnTensor result =
        combines && layer.pools_first ? combine(layer.function, operands) : operands[0];
    if (layer.is_transposed) result = spread(result, spread_shape(layer));
    return layer.convolves() ? convolve(layer, result) : result;
}

}  // namespace

std::vector<CnnTensor> compute(const CnnProgramSpec &program) {
    std::vector<CnnTensor> results;
    for (const CnnLayerSpec &layer : program.layers) {
        std::vector<CnnTensor> operands;
        for (const int32_t source : layer.sources) {
            operands.push_back(source < 0 ? program.inputs[static_cast<size_t>(~source)]
                                          : results[static_cast<size_t>(source)]);
        }
        results.push_back(compute(layer, operands, program.rounds_average));
    }
    return results;
}

}  // namespace ingot::test
