// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Graphs of one node, for tests of operators that move bytes or are folded.

#ifndef INGOT_TESTS_CODEGEN_OPS_MOVES_H
#define INGOT_TESTS_CODEGEN_OPS_MOVES_H

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <random>

#include "codegen/graph/graph.h"
#include "codegen/ops/operators.h"

namespace ingot::test {

using namespace ingot::codegen;
using Bytes = std::vector<uint8_t>;
using Integers = std::vector<int64_t>;
using Values = std::map<std::string, int64_t>;

// ---- Tensors -----------------------------------------------------------------------------------

inline Tensor tensor(Type type, const Shape &shape) {
    return {.name = "t", .type = type, .shape = shape, .quantization = {}, .data = {}};
}

inline Tensor int8(const Shape &shape, float scale = 0.5f, int64_t zero_point = -3) {
    Tensor made = tensor(Type::kInt8, shape);
    made.quantization = {.scale = {scale}, .zero_point = {zero_point}};
    return made;
}

// A constant of the C++ type's elements.
template <class T>
Tensor constant(Type type, const Shape &shape, const std::vector<T> &values) {
    Tensor made = tensor(type, shape);
    const auto *first = reinterpret_cast<const uint8_t *>(values.data());
    made.data.assign(first, first + values.size() * sizeof(T));
    return made;
}

inline Tensor int32s(const std::vector<int32_t> &values) {
    return constant(Type::kInt32, {static_cast<int32_t>(values.size())}, values);
}

inline Tensor int32_scalar(int32_t value) { return constant<int32_t>(Type::kInt32, {}, {value}); }

// Elements 0, 1, 2, ... of a type of whole bytes.
inline Tensor counting(Type type, const Shape &shape) {
    Tensor made = tensor(type, shape);
    for (int64_t i = 0; i < element_count(shape); ++i) {
        for (int64_t k = 0; k < element_bytes(type); ++k) {
            made.data.push_back(static_cast<uint8_t>(i >> 8 * k));
        }
    }
    return made;
}

template <class T>
std::vector<T> elements(const Tensor &tensor) {
    std::vector<T> values(tensor.data.size() / sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
    return values;
}

// ---- Nodes -------------------------------------------------------------------------------------

using Settings = std::vector<std::pair<std::string_view, int64_t>>;

// The tensors are numbered as they are listed, inputs first.
inline Graph graph_of(const Operator &op, const std::vector<Tensor> &inputs,
                      const std::vector<Tensor> &outputs, const Settings &settings = {}) {
    Graph graph;
    Node node = {.op = &op, .name = "node", .inputs = {}, .outputs = {}, .attributes = {}};
    for (const Tensor &input : inputs) {
        node.inputs.push_back(static_cast<TensorId>(graph.tensors.size()));
        graph.tensors.push_back(input);
    }
    for (const Tensor &output : outputs) {
        node.outputs.push_back(static_cast<TensorId>(graph.tensors.size()));
        graph.tensors.push_back(output);
    }
    for (const auto &[name, value] : settings) node.attributes.set(name, value);
    graph.nodes.push_back(node);
    return graph;
}

inline Result<Lowered> lower(const Graph &graph) {
    const Node &node = graph.nodes[0];
    return node.op->lower({graph, node});
}

// The code of the diagnostic that lowering gives; nothing when there is none.
inline std::optional<Code> fault_of(const Graph &graph) {
    const auto lowered = lower(graph);
    return lowered ? std::nullopt : std::optional(lowered.error().code);
}

// Output `i` after folding; without data when it cannot be folded.
inline Tensor folded(Graph graph, size_t i = 0) {
    const Node &node = graph.nodes[0];
    if (!node.op->fold(graph, node)) return {};
    return graph.tensors[node.outputs[i]];
}

// ---- Import ------------------------------------------------------------------------------------

// Options whose integer fields have these values and whose others are absent.
class IntegerOptions : public Options {
public:
    explicit IntegerOptions(std::map<int, int64_t> fields) : fields_(std::move(fields)) {}
    int64_t int8(int field, int64_t otherwise) const override { return value(field, otherwise); }
    int64_t int32(int field, int64_t otherwise) const override { return value(field, otherwise); }
    double float32(int, double otherwise) const override { return otherwise; }
    std::vector<int64_t> int32s(int) const override { return {}; }

private:
    int64_t value(int field, int64_t otherwise) const {
        return fields_.contains(field) ? fields_.at(field) : otherwise;
    }
    std::map<int, int64_t> fields_;
};

// What a TFLite operator's options become, by name. Requires that it is known, and has options.
inline Values imported(std::string_view tflite_name, const std::map<int, int64_t> &fields = {}) {
    Attributes attributes;
    find_tflite(tflite_name).import->read(IntegerOptions(fields), attributes);
    Values values;
    for (const auto &[name, value] : attributes.all()) values[name] = std::get<int64_t>(value);
    return values;
}

// ---- Params ------------------------------------------------------------------------------------

// A field, or one of a nested struct: "input.extent". Requires that it is there.
inline const Value &value_of(const std::vector<Field> &fields, std::string_view path) {
    const size_t dot = path.find('.');
    const auto found = std::ranges::find(fields, path.substr(0, dot), &Field::name);
    INGOT_CHECK(found != fields.end());
    if (dot == path.npos) return found->value;
    return value_of(std::get<std::vector<Field>>(found->value), path.substr(dot + 1));
}

inline int64_t integer(const Result<Lowered> &lowered, std::string_view path) {
    return std::get<int64_t>(value_of(lowered->params.fields(), path));
}

inline Integers integers(const Result<Lowered> &lowered, std::string_view path) {
    return std::get<Integers>(value_of(lowered->params.fields(), path));
}

// The elements that ingot_slice_params select, by coordinates.
inline Bytes along_walk(const Result<Lowered> &lowered, const Bytes &input) {
    const Integers extent = integers(lowered, "input.extent");
    const Integers stride = integers(lowered, "input.stride");
    const int64_t bytes = integer(lowered, "element_bytes");
    const int64_t count =
        std::accumulate(extent.begin(), extent.end(), int64_t{1}, std::multiplies());
    Bytes output;
    for (int64_t i = 0; i < count; ++i) {
        int64_t at = integer(lowered, "offset"), rest = i;
        for (size_t d = extent.size(); d-- > 0; rest /= extent[d])
            at += rest % extent[d] * stride[d];
        for (int64_t k = 0; k < bytes; ++k) output.push_back(input.at(at * bytes + k));
    }
    return output;
}

}  // namespace ingot::test

#endif
