// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A network as codegen sees it: tensors, and nodes in an executable order.

#ifndef INGOT_CODEGEN_GRAPH_H
#define INGOT_CODEGEN_GRAPH_H

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codegen/graph/attributes.h"

namespace ingot::codegen {

struct Operator;

enum class Type {
    kBool,
    kInt4,
    kInt8,
    kUint8,
    kInt16,
    kInt32,
    kInt64,
    kUint32,
    kFloat16,
    kFloat32,
    kString,
    kOther
};

std::string_view name(Type type);  // "int8"
int64_t element_bytes(Type type);  // 0 where elements have no fixed size.

// real = scale x (value - zero_point). One entry, or one per channel along `axis`.
struct Quantization {
    std::vector<float> scale;  // Empty: not quantised.
    std::vector<int64_t> zero_point;
    int axis = 0;

    bool empty() const { return scale.empty(); }
    bool per_channel() const { return scale.size() > 1; }
    bool operator==(const Quantization &) const = default;
};

using Shape = std::vector<int32_t>;  // Row-major extents, each at least 1; empty for a scalar.

int64_t element_count(const Shape &shape);
std::string to_string(const Shape &shape);  // "[32][32][3]"

struct Tensor {
    std::string name;
    Type type = Type::kOther;
    Shape shape;
    Quantization quantization;
    std::vector<uint8_t> data;  // Little-endian constant; empty when computed at run time.
    int source_index = -1;      // Index in the source model; -1 for a tensor of our own making.

    bool is_constant() const { return !data.empty(); }
    int64_t bytes() const { return element_count(shape) * element_bytes(type); }
};

using TensorId = int32_t;
constexpr TensorId kNoTensor = -1;  // An optional operand that is absent.

struct Node {
    const Operator *op = nullptr;
    std::string name;  // Unique; shown in diagnostics, reports and generated code.
    std::vector<TensorId> inputs;
    std::vector<TensorId> outputs;
    Attributes attributes = {};
    int source_index = -1;  // Index of the operator in the source model.
};

struct Graph {
    std::string name;         // A C identifier, from the file's name.
    std::string source_hash;  // SHA-256 of the file, hexadecimal.
    std::vector<Tensor> tensors;
    std::vector<Node> nodes;  // Every node stands after the nodes that feed it.
    std::vector<TensorId> inputs;
    std::vector<TensorId> outputs;
};

// Index of the node that writes each tensor; -1 for inputs and constants.
std::vector<int> producers(const Graph &graph);

// Indices of the nodes that read each tensor, in order, once per reading operand.
std::vector<std::vector<int>> consumers(const Graph &graph);

bool is_graph_output(const Graph &graph, TensorId id);

// The elements of an int32 or int64 constant.
std::vector<int64_t> integers(const Tensor &tensor);

// The bytes of an int8 constant as values.
std::span<const int8_t> int8s(const Tensor &tensor);

}  // namespace ingot::codegen

#endif
