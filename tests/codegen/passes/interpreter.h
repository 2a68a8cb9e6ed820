// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs a graph of int8 the slow and obvious way, from what its nodes are lowered to. Softmax is
// left out: it passes its input on.

#ifndef INGOT_TESTS_INTERPRETER_H
#define INGOT_TESTS_INTERPRETER_H

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "codegen/ops/operators.h"
#include "codegen/passes/kernel_params.h"
#include "ingot/quant.h"

namespace ingot::test {

using namespace ingot::codegen;

using Values = std::vector<int8_t>;

// One node about to run.
struct Call {
    const Site site;
    const Params params;
    const std::vector<Values> &tensors;

    const Values &input(size_t i) const { return tensors[site.node.inputs[i]]; }
    int64_t count() const { return element_count(site.output().shape); }

    int32_t scaled(int64_t value, ingot_factor factor) const {
        return ingot_scale(static_cast<int32_t>(value), factor.multiplier, factor.shift,
                           site.rounding);
    }
    int8_t finished(int64_t scaled) const {
        return static_cast<int8_t>(std::clamp(scaled + integer_at(params, "stage.zero_point"),
                                              integer_at(params, "stage.activation_min"),
                                              integer_at(params, "stage.activation_max")));
    }
};

// ---- Windows -----------------------------------------------------------------------------------

struct Image {
    int64_t height, width, channels;
};

inline Image image_at(const Params &params, std::string_view path) {
    const std::vector<int64_t> shape = integers_at(params, path);
    return {shape[1], shape[2], shape[3]};
}

// Calls function(position in the input or -1 outside it, tap) for every tap of the window that
// makes output pixel (y, x) of image n.
template <class Function>
void for_each_tap(const Params &params, int64_t n, int64_t y, int64_t x, const Function &function) {
    const Image image = image_at(params, "input");
    const ingot_window window = window_at(params, "window");
    for (int64_t tap = 0; tap < window.height * window.width; ++tap) {
        const int64_t row =
            y * window.stride_height - window.pad_top + tap / window.width * window.dilation_height;
        const int64_t column =
            x * window.stride_width - window.pad_left + tap % window.width * window.dilation_width;
        const bool is_inside =
            row >= 0 && row < image.height && column >= 0 && column < image.width;
        const int64_t pixel = (n * image.height + row) * image.width + column;
        function(is_inside ? pixel * image.channels : -1, tap);
    }
}

// Fills an output [n][height][width][channels] from function(n, y, x, channel).
template <class Function>
Values for_each_output(const Call &call, const Function &function) {
    const Image image = image_at(call.params, "output");
    Values output;
    for (int64_t i = 0; i < call.count(); ++i) {
        const int64_t pixel = i / image.channels;
        const int64_t row = pixel / image.width;
        output.push_back(function(row / image.height, row % image.height, pixel % image.width,
                                  i % image.channels));
    }
    return output;
}

// ---- Layers ------------------------------------------------------------------------------------

inline int8_t finish_sum(const Call &call, int64_t sum, int64_t channel) {
    const int64_t i = channel * integer_at(call.params, "factors.stride");
    const int64_t bias = call.site.has_input(2) ? integers(call.site.input(2))[channel] : 0;
    const ingot_factor factor = {
        static_cast<int32_t>(integers_at(call.params, "factors.multiplier")[i]),
        static_cast<int32_t>(integers_at(call.params, "factors.shift")[i])};
    return call.finished(call.scaled(sum + bias, factor));
}

inline Values run_conv2d(const Call &call) {
    const auto weights = int8s(call.site.input(1));
    const int64_t channels = image_at(call.params, "input").channels;
    const int64_t zero_point = integer_at(call.params, "input_zero_point");
    const int64_t taps = call.site.input(1).shape[1] * call.site.input(1).shape[2];
    return for_each_output(call, [&](int64_t n, int64_t y, int64_t x, int64_t o) {
        int64_t sum = 0;
        for_each_tap(call.params, n, y, x, [&](int64_t at, int64_t tap) {
            for (int64_t c = 0; at >= 0 && c < channels; ++c) {
                sum +=
                    weights[(o * taps + tap) * channels + c] * (call.input(0)[at + c] - zero_point);
            }
        });
        return finish_sum(call, sum, o);
    });
}

inline Values run_depthwise_conv2d(const Call &call) {
    const auto weights = int8s(call.site.input(1));
    const int64_t outputs = call.site.output().shape[3];
    const int64_t multiplier = outputs / image_at(call.params, "input").channels;
    const int64_t zero_point = integer_at(call.params, "input_zero_point");
    return for_each_output(call, [&](int64_t n, int64_t y, int64_t x, int64_t o) {
        int64_t sum = 0;
        for_each_tap(call.params, n, y, x, [&](int64_t at, int64_t tap) {
            if (at < 0) return;
            sum += weights[tap * outputs + o] * (call.input(0)[at + o / multiplier] - zero_point);
        });
        return finish_sum(call, sum, o);
    });
}

inline Values run_fully_connected(const Call &call) {
    const auto weights = int8s(call.site.input(1));
    const int64_t inputs = integer_at(call.params, "inputs");
    const int64_t outputs = integer_at(call.params, "outputs");
    const int64_t zero_point = integer_at(call.params, "input_zero_point");
    Values output;
    for (int64_t i = 0; i < call.count(); ++i) {
        int64_t sum = 0;
        for (int64_t k = 0; k < inputs; ++k) {
            sum += weights[i % outputs * inputs + k] *
                   (call.input(0)[i / outputs * inputs + k] - zero_point);
        }
        output.push_back(finish_sum(call, sum, i % outputs));
    }
    return output;
}

// ---- Pools -------------------------------------------------------------------------------------

// Of the values in each window and channel.
inline Values run_pool(const Call &call, int64_t (*function)(const Values &seen)) {
    return for_each_output(call, [&](int64_t n, int64_t y, int64_t x, int64_t channel) {
        Values seen;
        for_each_tap(call.params, n, y, x, [&](int64_t at, int64_t) {
            if (at >= 0) seen.push_back(call.input(0)[at + channel]);
        });
        return static_cast<int8_t>(std::clamp(function(seen),
                                              integer_at(call.params, "activation_min"),
                                              integer_at(call.params, "activation_max")));
    });
}

inline Values run_average_pool(const Call &call) {
    return run_pool(call, [](const Values &seen) {
        int64_t sum = 0;
        for (const int8_t value : seen) sum += value;
        const auto count = static_cast<int64_t>(seen.size());
        return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
    });
}

inline Values run_max_pool(const Call &call) {
    return run_pool(call, [](const Values &seen) { return int64_t{std::ranges::max(seen)}; });
}

// ---- Element by element ------------------------------------------------------------------------

// The second input has the first one's shape, or only its channels.
template <class Function>
Values for_each_pair(const Call &call, const Function &function) {
    Values output;
    for (size_t i = 0; i < call.input(0).size(); ++i) {
        output.push_back(function(call.input(0)[i], call.input(1)[i % call.input(1).size()]));
    }
    return output;
}

inline int32_t addend(const Call &call, size_t i, int8_t value) {
    const int64_t distance = value - integers_at(call.params, "input_zero_point")[i];
    const int64_t wide = distance * (int64_t{1} << integer_at(call.params, "left_shift"));
    return call.scaled(wide, factor_at(call.params, i == 0 ? "input_factor.0" : "input_factor.1"));
}

template <int kSign>
Values run_sum(const Call &call) {
    return for_each_pair(call, [&](int8_t a, int8_t b) {
        const int64_t sum = int64_t{addend(call, 0, a)} + kSign * addend(call, 1, b);
        return call.finished(call.scaled(sum, factor_at(call.params, "output_factor")));
    });
}

inline Values run_mul(const Call &call) {
    const std::vector<int64_t> zero_point = integers_at(call.params, "input_zero_point");
    return for_each_pair(call, [&](int8_t a, int8_t b) {
        const int64_t product = (a - zero_point[0]) * (b - zero_point[1]);
        return call.finished(call.scaled(product, factor_at(call.params, "factor")));
    });
}

inline Values run_minimum(const Call &call) {
    return for_each_pair(call, [](int8_t a, int8_t b) { return std::min(a, b); });
}

inline Values run_maximum(const Call &call) {
    return for_each_pair(call, [](int8_t a, int8_t b) { return std::max(a, b); });
}

inline Values run_requantize(const Call &call) {
    Values output;
    for (const int8_t value : call.input(0)) {
        const int64_t distance = value - integer_at(call.params, "input_zero_point");
        output.push_back(call.finished(call.scaled(distance, factor_at(call.params, "factor"))));
    }
    return output;
}

inline Values run_lut(const Call &call) {
    const std::vector<int64_t> table = integers_at(call.params, "table");
    Values output;
    for (const int8_t value : call.input(0)) {
        output.push_back(static_cast<int8_t>(table[value + 128]));
    }
    return output;
}

// ---- Moves -------------------------------------------------------------------------------------

inline Values run_copy(const Call &call) { return call.input(0); }

// Height and width of [n][height][width][channels]; operand 1 is [4][before, after].
inline Values run_pad(const Call &call) {
    const Shape &input = call.site.input(0).shape, &output = call.site.output().shape;
    const std::vector<int64_t> edges = integers(call.site.input(1));
    const auto value = static_cast<int8_t>(integer_at(call.params, "value"));
    Values result;
    for (int64_t i = 0; i < call.count(); ++i) {
        const int64_t pixel = i / output[3], row = pixel / output[2], n = row / output[1];
        const int64_t y = row % output[1] - edges[2], x = pixel % output[2] - edges[4];
        const bool is_inside = y >= 0 && y < input[1] && x >= 0 && x < input[2];
        const int64_t from = ((n * input[1] + y) * input[2] + x) * input[3] + i % output[3];
        result.push_back(is_inside ? call.input(0)[from] : value);
    }
    return result;
}

// Along the last axis.
inline Values run_concat(const Call &call) {
    const int64_t rows = call.count() / call.site.output().shape.back();
    Values output;
    for (int64_t row = 0; row < rows; ++row) {
        for (size_t i = 0; i < call.site.input_count(); ++i) {
            const auto run = static_cast<int64_t>(call.input(i).size()) / rows;
            const auto from = call.input(i).begin() + row * run;
            output.insert(output.end(), from, from + run);
        }
    }
    return output;
}

// [n][height][width][channels] to one pixel.
inline Values run_mean(const Call &call) {
    const int64_t channels = call.site.input(0).shape.back();
    const auto pixels = static_cast<int64_t>(call.input(0).size()) / channels;
    Values output;
    for (int64_t c = 0; c < channels; ++c) {
        int64_t sum = 0;
        for (int64_t pixel = 0; pixel < pixels; ++pixel) {
            sum +=
                call.input(0)[pixel * channels + c] - integer_at(call.params, "input_zero_point");
        }
        output.push_back(call.finished(call.scaled(sum, factor_at(call.params, "factor"))));
    }
    return output;
}

// ---- Networks ----------------------------------------------------------------------------------

struct RunRow {
    const Operator *op;
    Values (*run)(const Call &call);
};

constexpr RunRow kRuns[] = {
    {&k_add, run_sum<1>},
    {&k_average_pool, run_average_pool},
    {&k_concat, run_concat},
    {&k_conv2d, run_conv2d},
    {&k_depthwise_conv2d, run_depthwise_conv2d},
    {&k_fully_connected, run_fully_connected},
    {&k_lut, run_lut},
    {&k_max_pool, run_max_pool},
    {&k_maximum, run_maximum},
    {&k_mean, run_mean},
    {&k_minimum, run_minimum},
    {&k_mul, run_mul},
    {&k_pad, run_pad},
    {&k_requantize, run_requantize},
    {&k_reshape, run_copy},
    {&k_softmax, run_copy},
    {&k_sub, run_sum<-1>},
};

// The values of every tensor of a network of one input; weights are left empty.
inline std::vector<Values> interpret(const Graph &graph, const Values &input,
                                     ingot_rounding rounding) {
    std::vector<Values> tensors;
    for (const Tensor &tensor : graph.tensors) {
        const bool is_int8 = tensor.type == Type::kInt8;
        const auto values = is_int8 ? int8s(tensor) : std::span<const int8_t>();
        tensors.emplace_back(values.begin(), values.end());
    }
    tensors[graph.inputs[0]] = input;
    for (const Node &node : graph.nodes) {
        const Site site{graph, node, rounding};
        auto lowered = node.op->lower(site);
        if (!lowered) throw std::runtime_error(to_string(lowered.error()));
        const auto *row = std::ranges::find(kRuns, node.op, &RunRow::op);
        INGOT_CHECK(row != std::end(kRuns));
        tensors[node.outputs[0]] = row->run({site, lowered->params, tensors});
    }
    return tensors;
}

// The network's outputs, one after the other.
inline Values outputs_of(const Graph &graph, const Values &input, ingot_rounding rounding) {
    const std::vector<Values> tensors = interpret(graph, input, rounding);
    Values outputs;
    for (const TensorId id : graph.outputs) {
        outputs.insert(outputs.end(), tensors[id].begin(), tensors[id].end());
    }
    return outputs;
}

}  // namespace ingot::test

#endif
