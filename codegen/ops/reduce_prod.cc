// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The product of all elements: how many a shape has.

#include <functional>
#include <numeric>

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

// Where the output is one element, every axis that is not reduced has extent 1, so that the operand
// which lists the reduced ones changes nothing.
bool fold(Graph &graph, const Node &node) {
    const Tensor &input = graph.tensors[node.inputs[0]];
    Tensor &output = graph.tensors[node.outputs[0]];
    const auto values = values_of(input);
    if (!values || input.type != output.type || input.type == Type::kFloat32) return false;
    const double product =
        std::accumulate(values->begin(), values->end(), 1.0, std::multiplies<double>());
    return set_values(output, {&product, 1});
}

constexpr Import kImports[] = {{"REDUCE_PROD"}};

}  // namespace

const Operator k_reduce_prod = {.name = "reduce_prod", .imports = kImports, .fold = fold};

}  // namespace ingot::codegen
