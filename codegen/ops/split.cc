// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor cut into several along one axis.

#include "codegen/ops/join.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

Result<Lowered> lower(const Site &site) {
    TRY(const Join join, split_join(site));
    TRY(const Params params, join_params(site, join));
    return Lowered{.params = params, .inputs = {join.whole}, .outputs = join.parts};
}

bool fold(Graph &graph, const Node &node) {
    const auto join = split_join({graph, node});
    return join && fold_parts(graph, *join);
}

// Which operand is which. SPLIT makes equal parts; SPLIT_V is told their sizes.
void read_split(const Options &, Attributes &attributes) {
    attributes.set("axis_input", int64_t{0});
    attributes.set("input", int64_t{1});
}

void read_split_v(const Options &, Attributes &attributes) {
    attributes.set("input", int64_t{0});
    attributes.set("sizes_input", int64_t{1});
    attributes.set("axis_input", int64_t{2});
}

constexpr Import kImports[] = {{"SPLIT", read_split}, {"SPLIT_V", read_split_v}};

}  // namespace

const Operator k_split = {.name = "split", .imports = kImports, .lower = lower, .fold = fold};

}  // namespace ingot::codegen
