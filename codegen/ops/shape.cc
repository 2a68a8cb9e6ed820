// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The extents of a tensor, known before it is computed.

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

bool fold(Graph &graph, const Node &node) {
    const Shape &shape = graph.tensors[node.inputs[0]].shape;
    return set_values(graph.tensors[node.outputs[0]],
                      std::vector<double>(shape.begin(), shape.end()));
}

constexpr Import kImports[] = {{"SHAPE"}};

}  // namespace

const Operator k_shape = {.name = "shape", .imports = kImports, .fold = fold};

}  // namespace ingot::codegen
