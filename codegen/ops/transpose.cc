// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor with its dimensions in another order.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/walk.h"

namespace ingot::codegen {
namespace {

// Every dimension once.
bool is_order(std::vector<int64_t> order) {
    std::ranges::sort(order);
    for (size_t d = 0; d < order.size(); ++d) {
        if (order[d] != static_cast<int64_t>(d)) return false;
    }
    return true;
}

// Operands: the tensor, and for every dimension of the output which one of the input it is.
Result<Walk> walk_of(const Site &site) {
    TRY_DO(require_move(site));
    const Loops loops = dense_loops(site.input(0).shape);
    TRY(const auto order, require_operand(site, 1, loops.size()));
    if (!is_order(order)) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("order [{}] of dimensions; accepted: each of 0..{} once",
                                     fmt::join(order, ", "), loops.size() - 1));
    }
    Walk walk;
    std::vector<int64_t> shape;
    for (const int64_t d : order) {
        walk.loops.push_back(loops[d]);
        shape.push_back(loops[d].extent);
    }
    TRY_DO(require_output_shape(site, shape));
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

constexpr Import kImports[] = {{"TRANSPOSE"}};

}  // namespace

const Operator k_transpose = {
    .name = "transpose", .imports = kImports, .lower = lower, .fold = fold};

}  // namespace ingot::codegen
