// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Nested loops over a tensor, and how they become an ingot_walk with as few loops as possible.

#ifndef INGOT_CODEGEN_WALK_H
#define INGOT_CODEGEN_WALK_H

#include <cstdint>
#include <vector>

#include "codegen/ops/operator.h"

namespace ingot::codegen {

// The stride is in elements; 0 repeats, a negative one walks backwards.
struct Loop {
    int64_t extent, stride;
    bool operator==(const Loop &) const = default;
};
using Loops = std::vector<Loop>;  // Outermost first.

// One loop per dimension, with the strides of a dense row-major tensor.
Loops dense_loops(const Shape &shape);

// The same walk with the fewest loops: one that turns once is dropped, and two that step evenly
// when run one inside the other become one.
Loops collapse(const Loops &loops);

// An initialiser of ingot_walk. Requires at most INGOT_RANK_MAX loops.
Params walk_params(const Loops &loops);

// Elements of a tensor in the order they are met. Requires that the walk stays inside.
struct Walk {
    int64_t offset = 0;  // Of the first, in elements.
    Loops loops = {};
};
std::vector<int64_t> positions_of(const Walk &walk);

// The operator whose output is its input read along a walk: ingot_slice_params. Errors:
// OperatorLimit.
Result<Lowered> lower_walk(const Site &site, const Walk &walk);
bool fold_walk(Graph &graph, const Node &node, const Walk &walk);

}  // namespace ingot::codegen

#endif
