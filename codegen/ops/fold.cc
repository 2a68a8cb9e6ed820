// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Constants as doubles: exact for every integer a shape can hold, and rounding once to a float32
// gives what float32 arithmetic gives.

#include "codegen/ops/fold.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

#include "codegen/ops/walk.h"

namespace ingot::codegen {
namespace {

constexpr double kExactMax = 9007199254740992.0;  // 2^53

double half_to_double(uint16_t half) {
    const int exponent = half >> 10 & 31;
    const double mantissa = half & 1023;
    const double sign = half >> 15 ? -1 : 1;
    if (exponent == 31) return sign * (mantissa == 0 ? INFINITY : NAN);
    if (exponent == 0) return sign * std::ldexp(mantissa, -24);
    return sign * std::ldexp(mantissa + 1024, exponent - 25);
}

template <class T>
std::vector<double> read(const std::vector<uint8_t> &data) {
    std::vector<T> elements(data.size() / sizeof(T));
    std::memcpy(elements.data(), data.data(), elements.size() * sizeof(T));
    return {elements.begin(), elements.end()};
}

std::vector<double> read_halves(const std::vector<uint8_t> &data) {
    std::vector<double> values = read<uint16_t>(data);
    for (double &value : values) value = half_to_double(static_cast<uint16_t>(value));
    return values;
}

std::vector<double> read_bools(const std::vector<uint8_t> &data) {
    std::vector<double> values = read<uint8_t>(data);
    for (double &value : values) value = value != 0;
    return values;
}

template <class T>
bool fits(double value) {
    using Limits = std::numeric_limits<T>;
    if (std::is_floating_point_v<T>) return true;
    return value >= std::max(-kExactMax, static_cast<double>(Limits::min())) &&
           value <= std::min(kExactMax, static_cast<double>(Limits::max()));
}

template <class T>
bool write(std::span<const double> values, std::vector<uint8_t> &data) {
    std::vector<T> elements;
    for (const double value : values) {
        const double whole = std::is_floating_point_v<T> ? value : std::trunc(value);
        if (!fits<T>(whole)) return false;
        elements.push_back(static_cast<T>(whole));
    }
    data.resize(elements.size() * sizeof(T));
    std::memcpy(data.data(), elements.data(), data.size());
    return true;
}

bool write_bools(std::span<const double> values, std::vector<uint8_t> &data) {
    data.clear();
    for (const double value : values) data.push_back(value != 0);
    return true;
}

struct Codec {
    Type type;
    std::vector<double> (*read)(const std::vector<uint8_t> &data);
    bool (*write)(std::span<const double> values, std::vector<uint8_t> &data);  // Or null.
};

constexpr Codec kCodecs[] = {
    {Type::kBool, read_bools, write_bools},           {Type::kInt8, read<int8_t>, write<int8_t>},
    {Type::kUint8, read<uint8_t>, write<uint8_t>},    {Type::kInt16, read<int16_t>, write<int16_t>},
    {Type::kInt32, read<int32_t>, write<int32_t>},    {Type::kInt64, read<int64_t>, write<int64_t>},
    {Type::kUint32, read<uint32_t>, write<uint32_t>}, {Type::kFloat16, read_halves, nullptr},
    {Type::kFloat32, read<float>, write<float>},
};

const Codec *codec_of(Type type) {
    const auto *found = std::ranges::find(kCodecs, type, &Codec::type);
    return found == std::end(kCodecs) ? nullptr : found;
}

// A tensor's values, repeated as often as a wider shape asks; nothing if it does not fit into it.
std::optional<std::vector<double>> broadcast(const Tensor &tensor, const Shape &to) {
    const auto values = values_of(tensor);
    if (!values || tensor.shape.size() > to.size()) return {};
    Walk walk = {.loops = dense_loops(tensor.shape)};
    walk.loops.insert(walk.loops.begin(), to.size() - tensor.shape.size(), Loop{1, 0});
    for (size_t d = 0; d < to.size(); ++d) {
        if (walk.loops[d].extent == 1) walk.loops[d] = {to[d], 0};
        if (walk.loops[d].extent != to[d]) return {};
    }
    std::vector<double> repeated;
    for (const int64_t position : positions_of(walk)) repeated.push_back((*values)[position]);
    return repeated;
}

bool is_arithmetic(const Tensor &tensor) {
    return tensor.quantization.empty() &&
           (tensor.type == Type::kInt32 || tensor.type == Type::kInt64 ||
            tensor.type == Type::kFloat32);
}

// The quotient of two floats may round up to an integer where that of two doubles does not.
bool is_integer(const Graph &graph, const Node &node) {
    return graph.tensors[node.outputs[0]].type != Type::kFloat32;
}

template <class Function>
bool fold_binary(Graph &graph, const Node &node, const Function &function) {
    if (node.inputs.size() != 2 || node.attributes.integer("activation") != 0) return false;
    if (std::ranges::find(node.inputs, kNoTensor) != node.inputs.end()) return false;
    const Tensor &first = graph.tensors[node.inputs[0]];
    const Tensor &second = graph.tensors[node.inputs[1]];
    Tensor &output = graph.tensors[node.outputs[0]];
    if (!is_arithmetic(output) || first.type != output.type || second.type != output.type) {
        return false;
    }
    const auto a = broadcast(first, output.shape), b = broadcast(second, output.shape);
    if (!a || !b) return false;
    std::vector<double> results(a->size());
    std::ranges::transform(*a, *b, results.begin(), function);
    return set_values(output, results);
}

}  // namespace

bool has_value(const Tensor &tensor) {
    return tensor.is_constant() && static_cast<int64_t>(tensor.data.size()) == tensor.bytes();
}

std::vector<uint8_t> elements_at(const Tensor &tensor, std::span<const int64_t> positions) {
    const int64_t bytes = element_bytes(tensor.type);
    std::vector<uint8_t> elements;
    elements.reserve(positions.size() * bytes);
    for (const int64_t position : positions) {
        const auto first = tensor.data.begin() + position * bytes;
        elements.insert(elements.end(), first, first + bytes);
    }
    return elements;
}

std::optional<std::vector<double>> values_of(const Tensor &tensor) {
    const Codec *codec = codec_of(tensor.type);
    if (!codec || !has_value(tensor)) return {};
    std::vector<double> values = codec->read(tensor.data);
    const auto is_exact = [](double value) { return std::abs(value) < kExactMax; };
    if (tensor.type == Type::kInt64 && !std::ranges::all_of(values, is_exact)) return {};
    return values;
}

bool set_values(Tensor &tensor, std::span<const double> values) {
    const Codec *codec = codec_of(tensor.type);
    if (!codec || !codec->write) return false;
    if (static_cast<int64_t>(values.size()) != element_count(tensor.shape)) return false;
    return codec->write(values, tensor.data);
}

bool fold_add(Graph &graph, const Node &node) { return fold_binary(graph, node, std::plus()); }
bool fold_sub(Graph &graph, const Node &node) { return fold_binary(graph, node, std::minus()); }
bool fold_mul(Graph &graph, const Node &node) {
    return fold_binary(graph, node, std::multiplies());
}

bool fold_minimum(Graph &graph, const Node &node) {
    return fold_binary(graph, node, [](double a, double b) { return std::min(a, b); });
}

bool fold_maximum(Graph &graph, const Node &node) {
    return fold_binary(graph, node, [](double a, double b) { return std::max(a, b); });
}

bool fold_floor_div(Graph &graph, const Node &node) {
    const auto function = [](double a, double b) { return std::floor(a / b); };
    return is_integer(graph, node) && fold_binary(graph, node, function);
}

bool fold_floor_mod(Graph &graph, const Node &node) {
    const auto function = [](double a, double b) { return a - std::floor(a / b) * b; };
    return is_integer(graph, node) && fold_binary(graph, node, function);
}

bool fold_dequantize(Graph &graph, const Node &node) {
    const Tensor &input = graph.tensors[node.inputs[0]];
    Tensor &output = graph.tensors[node.outputs[0]];
    auto values = values_of(input);
    if (!values || output.type != Type::kFloat32) return false;
    const auto &[scale, zero_point, axis] = input.quantization;
    if (scale.empty()) return input.type == Type::kFloat16 && set_values(output, *values);
    if (zero_point.size() != scale.size()) return false;

    const int64_t inner = scale.size() == 1 ? 1 : dense_loops(input.shape)[axis].stride;
    for (size_t i = 0; i < values->size(); ++i) {
        const size_t channel = i / inner % scale.size();
        (*values)[i] = scale[channel] * ((*values)[i] - static_cast<double>(zero_point[channel]));
    }
    return set_values(output, *values);
}

}  // namespace ingot::codegen
