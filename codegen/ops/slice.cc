// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A box cut out of a tensor.

#include <fmt/format.h>

#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/walk.h"

namespace ingot::codegen {
namespace {

// Operands: the tensor, where the box begins, its extents; an extent of -1 reaches to the end.
Result<Walk> walk_of(const Site &site) {
    TRY_DO(require_move(site));
    const Shape &shape = site.input(0).shape;
    TRY(const auto begin, require_operand(site, 1, shape.size()));
    TRY(auto size, require_operand(site, 2, shape.size()));

    Walk walk = {.loops = dense_loops(shape)};
    for (size_t d = 0; d < shape.size(); ++d) {
        const int64_t extent = shape[d];
        if (size[d] == -1) size[d] = extent - begin[d];
        if (begin[d] < 0 || begin[d] > extent || size[d] < 1 || size[d] > extent - begin[d]) {
            return site.fail(Code::kOperatorLimit,
                             fmt::format("cuts {} elements from {} on out of axis {} of {}",
                                         size[d], begin[d], d, to_string(shape)));
        }
        walk.offset += begin[d] * walk.loops[d].stride;
        walk.loops[d].extent = size[d];
    }
    TRY_DO(require_output_shape(site, size));
    return walk;
}

Result<Lowered> lower(const Site &site) {
    TRY(const Walk walk, walk_of(site));
    return lower_walk(site, walk);
}

bool fold(Graph &graph, const Node &node) {
    const auto walk = walk_of({graph, node});
    return walk && fold_walk(graph, node, *walk);
}

constexpr Import kImports[] = {{"SLICE"}};

}  // namespace

const Operator k_slice = {.name = "slice", .imports = kImports, .lower = lower, .fold = fold};

}  // namespace ingot::codegen
