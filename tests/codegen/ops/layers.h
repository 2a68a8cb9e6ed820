// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the tests of layers with weights share.

#ifndef INGOT_TESTS_CODEGEN_OPS_LAYERS_H
#define INGOT_TESTS_CODEGEN_OPS_LAYERS_H

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {

// Elements 1, 2, 3, ... with scales along an axis.
inline Tensor weights(const Shape &shape, const std::vector<float> &scales, int axis = 0) {
    Tensor made = counting(Type::kInt8, shape);
    for (uint8_t &value : made.data) value = static_cast<uint8_t>(1 + value % 100);
    made.quantization = {
        .scale = scales, .zero_point = std::vector<int64_t>(scales.size()), .axis = axis};
    return made;
}

// The tensors of a layer; a node reads them in the order that `graph` gives.
struct LayerTensors {
    Tensor input, weights, bias, output;
};

// One thing changed in a layer that is sound without it.
struct Change {
    std::string what;
    void (*make)(LayerTensors &tensors);
    std::optional<Code> fault;
};

using GraphOf = Graph (*)(const LayerTensors &tensors);

inline void expect_faults(GraphOf graph, const LayerTensors &sound,
                          const std::vector<Change> &changes) {
    EXPECT_EQ(std::nullopt, fault_of(graph(sound))) << params(lower(graph(sound)));
    for (const Change &change : changes) {
        SCOPED_TRACE(change.what);
        LayerTensors changed = sound;
        change.make(changed);
        EXPECT_EQ(change.fault, fault_of(graph(changed)));
    }
}

// What every layer with weights checks about them. The sound layer has three output channels and
// one scale for each.
inline const std::vector<Change> kWeightChanges = {
    {"int64 bias", [](LayerTensors &t) { t.bias.type = Type::kInt64; }, Code::kTypeNotExecutable},
    {"bias computed", [](LayerTensors &t) { t.bias.data.clear(); }, Code::kNotConstant},
    {"bias too short",
     [](LayerTensors &t) {
         t.bias = int32s({1, 2});
     },
     Code::kModelInconsistent},
    {"bias with an axis out of range",
     [](LayerTensors &t) {
         t.bias.quantization = {{1, 1, 1}, {0, 0, 0}, 3};
     },
     std::nullopt},
    {"int4 weights", [](LayerTensors &t) { t.weights.type = Type::kInt4; },
     Code::kTypeNotExecutable},
    {"weights computed", [](LayerTensors &t) { t.weights.data.clear(); }, Code::kNotConstant},
    {"weights cut short", [](LayerTensors &t) { t.weights.data.pop_back(); },
     Code::kModelInconsistent},
    {"weights of another rank",
     [](LayerTensors &t) { t.weights.shape.insert(t.weights.shape.begin(), 1); },
     Code::kOperatorLimit},
    {"no scale", [](LayerTensors &t) { t.weights.quantization = {}; }, Code::kQuantizationWrong},
    {"two scales for three channels",
     [](LayerTensors &t) { t.weights.quantization.scale.pop_back(); }, Code::kQuantizationWrong},
    {"scales along another axis", [](LayerTensors &t) { t.weights.quantization.axis += 1; },
     Code::kQuantizationWrong},
    {"negative scale", [](LayerTensors &t) { t.weights.quantization.scale[1] = -1; },
     Code::kQuantizationWrong},
    {"scale 0, as a dead channel may have",
     [](LayerTensors &t) { t.weights.quantization.scale[1] = 0; }, std::nullopt},
    {"infinite scale",
     [](LayerTensors &t) {
         t.weights.quantization.scale[1] = std::numeric_limits<float>::infinity();
     },
     Code::kQuantizationWrong},
    {"a zero point of one channel",
     [](LayerTensors &t) { t.weights.quantization.zero_point[2] = 1; }, Code::kQuantizationWrong},
    {"input of another type", [](LayerTensors &t) { t.input.type = Type::kUint8; },
     Code::kTypeNotExecutable},
    {"output without a scale", [](LayerTensors &t) { t.output.quantization = {}; },
     Code::kQuantizationWrong},
};

}  // namespace ingot::test

#endif
