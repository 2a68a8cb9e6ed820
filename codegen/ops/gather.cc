// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Slices of a tensor by their indices along one axis.

#include <optional>

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

// Positions of what the indices select along an axis; nothing if one is outside.
std::optional<std::vector<int64_t>> select(const Shape &shape, size_t axis,
                                           const std::vector<double> &indices) {
    const int64_t outer = element_count(Shape(shape.begin(), shape.begin() + axis));
    const int64_t inner = element_count(Shape(shape.begin() + axis + 1, shape.end()));
    std::vector<int64_t> positions;
    for (int64_t row = 0; row < outer; ++row) {
        for (const double index : indices) {
            if (index < 0 || index >= shape[axis]) return {};
            const int64_t first = (row * shape[axis] + static_cast<int64_t>(index)) * inner;
            for (int64_t i = 0; i < inner; ++i) positions.push_back(first + i);
        }
    }
    return positions;
}

// Operands: the tensor, and the indices, integers of any shape.
bool fold(Graph &graph, const Node &node) {
    if (node.inputs.size() != 2 || node.inputs[1] == kNoTensor) return false;
    const Tensor &input = graph.tensors[node.inputs[0]];
    const Tensor &indices = graph.tensors[node.inputs[1]];
    Tensor &output = graph.tensors[node.outputs[0]];
    if (!has_value(input) || input.type != output.type) return false;
    if (indices.type != Type::kInt32 && indices.type != Type::kInt64) return false;
    const auto values = values_of(indices);

    const auto rank = static_cast<int64_t>(input.shape.size());
    int64_t axis = node.attributes.integer("axis");
    if (axis < 0) axis += rank;
    if (!values || axis < 0 || axis >= rank || node.attributes.integer("batch_dims") != 0) {
        return false;
    }
    const auto positions = select(input.shape, axis, *values);
    if (!positions || std::ssize(*positions) != element_count(output.shape)) return false;
    output.data = elements_at(input, *positions);
    return true;
}

void read(const Options &options, Attributes &attributes) {
    attributes.set("axis", options.int32(0));
    attributes.set("batch_dims", options.int32(1));
}

constexpr Import kImports[] = {{"GATHER", read}};

}  // namespace

const Operator k_gather = {.name = "gather", .imports = kImports, .fold = fold};

}  // namespace ingot::codegen
