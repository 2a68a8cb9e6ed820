// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor taken apart along an axis that the parts lose; becomes a split and views.

#include "codegen/ops/join.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

// legalise() rewrites every unpack that is right; one that is still there says what is wrong.
Result<Lowered> lower(const Site &site) {
    TRY_DO(unpack_join(site));
    return site.fail(Code::kInternal, "unpack was not rewritten");
}

bool fold(Graph &graph, const Node &node) {
    const auto join = unpack_join({graph, node});
    return join && fold_parts(graph, *join);
}

void read(const Options &options, Attributes &attributes) {
    attributes.set("axis", options.int32(1));
}

constexpr Import kImports[] = {{"UNPACK", read}};

}  // namespace

const Operator k_unpack = {.name = "unpack", .imports = kImports, .lower = lower, .fold = fold};

}  // namespace ingot::codegen
