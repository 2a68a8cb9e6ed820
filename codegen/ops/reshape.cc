// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The same bytes under another shape.

#include <fmt/format.h>

#include "codegen/ops/fold.h"
#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

// The output's shape says it all; the operand or attribute that asks for it is not read.
Result<void> require_same_bytes(const Site &site) {
    TRY_DO(require_move(site));
    const Shape &from = site.input(0).shape, &to = site.output().shape;
    if (element_count(from) == element_count(to)) return {};
    return site.fail(Code::kModelInconsistent,
                     fmt::format("{} has {} elements, {} has {}", to_string(from),
                                 element_count(from), to_string(to), element_count(to)));
}

// A view needs no step; this says whether it is one.
Result<Lowered> lower(const Site &site) {
    TRY_DO(require_same_bytes(site));
    return Lowered{};
}

bool fold(Graph &graph, const Node &node) {
    const Tensor &input = graph.tensors[node.inputs[0]];
    if (!has_value(input) || !require_same_bytes({graph, node})) return false;
    graph.tensors[node.outputs[0]].data = input.data;
    return true;
}

constexpr Import kImports[] = {{"RESHAPE"}, {"SQUEEZE"}, {"EXPAND_DIMS"}};

}  // namespace

const Operator k_reshape = {
    .name = "reshape", .imports = kImports, .lower = lower, .fold = fold, .is_view = true};

}  // namespace ingot::codegen
