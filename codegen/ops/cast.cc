// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The same numbers in another type.

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

bool fold(Graph &graph, const Node &node) {
    const auto values = values_of(graph.tensors[node.inputs[0]]);
    return values && set_values(graph.tensors[node.outputs[0]], *values);
}

constexpr Import kImports[] = {{"CAST"}};

}  // namespace

const Operator k_cast = {.name = "cast", .imports = kImports, .fold = fold};

}  // namespace ingot::codegen
