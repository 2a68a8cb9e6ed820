// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Broadcasts, collapsed: neighbouring dimensions in which the same inputs are repeated are one.

#include "codegen/ops/broadcast.h"

#include <fmt/format.h>

#include <algorithm>

#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

// The extent of dimension i, counted from the innermost; 1 beyond the outermost.
int32_t extent_from_end(const Shape &shape, size_t i) {
    return i < shape.size() ? shape[shape.size() - 1 - i] : 1;
}

bool broadcasts(const Shape &a, const Shape &b, const Shape &output) {
    for (size_t i = 0; i < std::max({a.size(), b.size(), output.size()}); ++i) {
        const int32_t extent = extent_from_end(output, i);
        const int32_t inputs[] = {extent_from_end(a, i), extent_from_end(b, i)};
        for (const int32_t input : inputs) {
            if (input != 1 && input != extent) return false;
        }
        if (extent != std::max(inputs[0], inputs[1])) return false;
    }
    return true;
}

bool repeats_alike(const BroadcastLoop &a, const BroadcastLoop &b) {
    return (a.stride[0] == 0) == (b.stride[0] == 0) && (a.stride[1] == 0) == (b.stride[1] == 0);
}

// The loops, innermost first.
std::vector<BroadcastLoop> collapse(const Shape &a, const Shape &b, const Shape &output) {
    std::vector<BroadcastLoop> loops;
    int32_t pitch[2] = {1, 1};
    for (size_t i = 0; i < output.size(); ++i) {
        BroadcastLoop loop = {.extent = extent_from_end(output, i), .stride = {0, 0}};
        if (loop.extent == 1) continue;
        const int32_t inputs[2] = {extent_from_end(a, i), extent_from_end(b, i)};
        for (int k = 0; k < 2; ++k) {
            if (inputs[k] == 1) continue;
            loop.stride[k] = pitch[k];
            pitch[k] *= inputs[k];
        }
        if (!loops.empty() && repeats_alike(loops.back(), loop)) {
            loops.back().extent *= loop.extent;
        } else {
            loops.push_back(loop);
        }
    }
    if (loops.empty()) loops.push_back({.extent = 1, .stride = {1, 1}});
    return loops;
}

Params broadcast_params(const std::vector<BroadcastLoop> &loops) {
    std::vector<int64_t> extent, stride[2];
    for (const BroadcastLoop &loop : loops) {
        extent.push_back(loop.extent);
        stride[0].push_back(loop.stride[0]);
        stride[1].push_back(loop.stride[1]);
    }
    return Params()
        .add("rank", static_cast<int64_t>(loops.size()))
        .add("extent", extent)
        .add("stride", Params().add("", stride[0]).add("", stride[1]));
}

}  // namespace

Result<std::vector<BroadcastLoop>> broadcast_loops(const Site &site) {
    const Shape &a = site.input(0).shape, &b = site.input(1).shape, &output = site.output().shape;
    if (!broadcasts(a, b, output)) {
        return site.fail(Code::kModelInconsistent,
                         fmt::format("inputs of shapes {} and {} do not broadcast to {}",
                                     to_string(a), to_string(b), to_string(output)));
    }
    std::vector<BroadcastLoop> loops = collapse(a, b, output);
    std::ranges::reverse(loops);
    return loops;
}

Result<Lowered> lower_broadcast(const Site &site) {
    TRY_DO(require_int8(site, 2));
    TRY(const auto loops, broadcast_loops(site));
    if (loops.size() > INGOT_RANK_MAX) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("broadcasting {} and {} takes {} nested loops; at most {}",
                                     to_string(site.input(0).shape), to_string(site.input(1).shape),
                                     loops.size(), INGOT_RANK_MAX));
    }
    return Lowered{.params = Params().add("shape", broadcast_params(loops)),
                   .inputs = {site.node.inputs[0], site.node.inputs[1]},
                   .outputs = {site.node.outputs[0]}};
}

Result<Lowered> lower_comparison(const Site &site) {
    TRY(Lowered call, lower_broadcast(site));
    const Tensor &first = site.input(0);
    for (const Tensor *other : {&site.input(1), &site.output()}) {
        const bool same_scale = scale_of(*other) == scale_of(first);
        if (same_scale && zero_point_of(*other) == zero_point_of(first)) continue;
        return site.fail(
            Code::kQuantizationWrong,
            fmt::format("'{}' has scale {} and zero point {}, '{}' {} and {}; accepted: the same",
                        first.name, scale_of(first), zero_point_of(first), other->name,
                        scale_of(*other), zero_point_of(*other)));
    }
    return call;
}

void read_activation(const Options &options, Attributes &attributes) {
    attributes.set("activation", options.int8(0));
}

Result<int64_t> require_same_count(const Site &site) {
    const int64_t input = element_count(site.input(0).shape);
    const int64_t output = element_count(site.output().shape);
    if (input == output) return input;
    return site.fail(
        Code::kModelInconsistent,
        fmt::format("{} elements become {}; accepted: as many as there were", input, output));
}

}  // namespace ingot::codegen
