// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Numbers from a start up to a limit, evenly spaced.

#include <cmath>

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

// Operands: start, limit, step. Integers only: in float32 the steps would add up their rounding.
bool fold(Graph &graph, const Node &node) {
    Tensor &output = graph.tensors[node.outputs[0]];
    if (node.inputs.size() != 3 || output.type == Type::kFloat32) return false;
    double operands[3];
    for (size_t i = 0; i < 3; ++i) {
        if (node.inputs[i] == kNoTensor) return false;
        const auto value = values_of(graph.tensors[node.inputs[i]]);
        if (!value || value->size() != 1) return false;
        operands[i] = value->front();
    }
    const auto [start, limit, step] = operands;
    const int64_t count = element_count(output.shape);
    if (std::ceil((limit - start) / step) != static_cast<double>(count)) return false;
    std::vector<double> values;
    for (int64_t i = 0; i < count; ++i) values.push_back(start + static_cast<double>(i) * step);
    return set_values(output, values);
}

constexpr Import kImports[] = {{"RANGE"}};

}  // namespace

const Operator k_range = {.name = "range", .imports = kImports, .fold = fold};

}  // namespace ingot::codegen
