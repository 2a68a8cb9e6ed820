// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Questions about a graph that every pass asks.

#include "codegen/graph/graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/result.h"

namespace ingot::codegen {
namespace {

struct TypeRow {
    std::string_view name;
    int64_t bytes;
};

constexpr TypeRow kTypes[] = {
    {"bool", 1},  {"int4", 0},   {"int8", 1},    {"uint8", 1},   {"int16", 2},  {"int32", 4},
    {"int64", 8}, {"uint32", 4}, {"float16", 2}, {"float32", 4}, {"string", 0}, {"other", 0},
};

template <class T>
std::vector<int64_t> widened(const std::vector<uint8_t> &data) {
    std::vector<T> values(data.size() / sizeof(T));
    std::memcpy(values.data(), data.data(), values.size() * sizeof(T));
    return {values.begin(), values.end()};
}

}  // namespace

std::string_view name(Type type) { return kTypes[static_cast<size_t>(type)].name; }
int64_t element_bytes(Type type) { return kTypes[static_cast<size_t>(type)].bytes; }

int64_t element_count(const Shape &shape) {
    int64_t count = 1;
    for (const int32_t extent : shape) count *= extent;
    return count;
}

std::string to_string(const Shape &shape) {
    std::string text;
    for (const int32_t extent : shape) text += fmt::format("[{}]", extent);
    return text.empty() ? "scalar" : text;
}

std::vector<int> producers(const Graph &graph) {
    std::vector<int> producer(graph.tensors.size(), -1);
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        for (const TensorId id : graph.nodes[i].outputs) producer[id] = static_cast<int>(i);
    }
    return producer;
}

std::vector<std::vector<int>> consumers(const Graph &graph) {
    std::vector<std::vector<int>> readers(graph.tensors.size());
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        for (const TensorId id : graph.nodes[i].inputs) {
            if (id != kNoTensor) readers[id].push_back(static_cast<int>(i));
        }
    }
    return readers;
}

bool is_graph_output(const Graph &graph, TensorId id) {
    return std::ranges::find(graph.outputs, id) != graph.outputs.end();
}

std::vector<int64_t> integers(const Tensor &tensor) {
    if (tensor.type == Type::kInt32) return widened<int32_t>(tensor.data);
    INGOT_CHECK(tensor.type == Type::kInt64);
    return widened<int64_t>(tensor.data);
}

std::span<const int8_t> int8s(const Tensor &tensor) {
    INGOT_CHECK(tensor.type == Type::kInt8);
    return {reinterpret_cast<const int8_t *>(tensor.data.data()), tensor.data.size()};
}

}  // namespace ingot::codegen
