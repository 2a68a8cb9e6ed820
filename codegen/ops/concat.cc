// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors joined along one axis.

#include "codegen/ops/join.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

Result<Lowered> lower(const Site &site) {
    TRY(const Join join, concat_join(site));
    TRY(const Params params, join_params(site, join));
    return Lowered{.params = params, .inputs = join.parts, .outputs = {join.whole}};
}

bool fold(Graph &graph, const Node &node) {
    const auto join = concat_join({graph, node});
    return join && fold_whole(graph, *join);
}

void read(const Options &options, Attributes &attributes) {
    attributes.set("axis", options.int32(0));
    attributes.set("activation", options.int8(1));
}

constexpr Import kImports[] = {{"CONCATENATION", read}};

}  // namespace

const Operator k_concat = {.name = "concat", .imports = kImports, .lower = lower, .fold = fold};

}  // namespace ingot::codegen
