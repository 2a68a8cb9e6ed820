// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors of one shape stacked along a new axis; becomes views and a concat.

#include "codegen/ops/join.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

// legalise() rewrites every pack that is right; one that is still there says what is wrong.
Result<Lowered> lower(const Site &site) {
    TRY_DO(pack_join(site));
    return site.fail(Code::kInternal, "pack was not rewritten");
}

bool fold(Graph &graph, const Node &node) {
    const auto join = pack_join({graph, node});
    return join && fold_whole(graph, *join);
}

void read(const Options &options, Attributes &attributes) {
    attributes.set("axis", options.int32(1));
}

constexpr Import kImports[] = {{"PACK", read}};

}  // namespace

const Operator k_pack = {.name = "pack", .imports = kImports, .lower = lower, .fold = fold};

}  // namespace ingot::codegen
