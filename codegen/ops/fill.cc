// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One value everywhere.

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

// Operands: the shape, which the output's own shape tells as well, and the value.
bool fold(Graph &graph, const Node &node) {
    if (node.inputs.size() != 2 || node.inputs[1] == kNoTensor) return false;
    const Tensor &value = graph.tensors[node.inputs[1]];
    Tensor &output = graph.tensors[node.outputs[0]];
    const bool is_scalar = has_value(value) && element_count(value.shape) == 1;
    if (!is_scalar || value.type != output.type) return false;
    output.data = elements_at(value, std::vector<int64_t>(element_count(output.shape), 0));
    return true;
}

constexpr Import kImports[] = {{"FILL"}};

}  // namespace

const Operator k_fill = {.name = "fill", .imports = kImports, .fold = fold};

}  // namespace ingot::codegen
