// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Walks: collapsed, printed, followed.

#include "codegen/ops/walk.h"

#include <fmt/format.h>

#include "codegen/ops/fold.h"
#include "ingot/params.h"

namespace ingot::codegen {

Loops dense_loops(const Shape &shape) {
    Loops loops(shape.size());
    int64_t stride = 1;
    for (size_t d = shape.size(); d-- > 0; stride *= shape[d]) loops[d] = {shape[d], stride};
    return loops;
}

Loops collapse(const Loops &loops) {
    Loops fewest;
    for (const Loop &loop : loops) {
        if (loop.extent == 1) continue;
        if (!fewest.empty() && fewest.back().stride == loop.extent * loop.stride) {
            fewest.back() = {fewest.back().extent * loop.extent, loop.stride};
        } else {
            fewest.push_back(loop);
        }
    }
    return fewest;
}

Params walk_params(const Loops &loops) {
    INGOT_CHECK(loops.size() <= INGOT_RANK_MAX);
    const Loops printed = loops.empty() ? Loops{{1, 1}} : loops;  // C has no empty lists.
    std::vector<int64_t> extent, stride;
    for (const Loop &loop : printed) {
        extent.push_back(loop.extent);
        stride.push_back(loop.stride);
    }
    return Params()
        .add("rank", static_cast<int64_t>(printed.size()))
        .add("extent", extent)
        .add("stride", stride);
}

std::vector<int64_t> positions_of(const Walk &walk) {
    std::vector<int64_t> positions = {walk.offset};
    for (const Loop &loop : walk.loops) {
        std::vector<int64_t> next;
        next.reserve(positions.size() * loop.extent);
        for (const int64_t start : positions) {
            for (int64_t i = 0; i < loop.extent; ++i) next.push_back(start + i * loop.stride);
        }
        positions = std::move(next);
    }
    return positions;
}

Result<Lowered> lower_walk(const Site &site, const Walk &walk) {
    const Loops loops = collapse(walk.loops);
    if (loops.size() > INGOT_RANK_MAX) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("walks its input in {} nested loops; accepted: up to {}",
                                     loops.size(), INGOT_RANK_MAX));
    }
    return Lowered{.params = Params()
                                 .add("element_bytes", element_bytes(site.input(0).type))
                                 .add("offset", walk.offset)
                                 .add("input", walk_params(loops)),
                   .inputs = {site.node.inputs[0]},
                   .outputs = site.node.outputs};
}

bool fold_walk(Graph &graph, const Node &node, const Walk &walk) {
    const Tensor &input = graph.tensors[node.inputs[0]];
    if (!has_value(input)) return false;
    graph.tensors[node.outputs[0]].data = elements_at(input, positions_of(walk));
    return true;
}

}  // namespace ingot::codegen
