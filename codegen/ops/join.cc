// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Joins: read from nodes, checked, folded.

#include "codegen/ops/join.h"

#include <fmt/format.h>

#include <algorithm>

#include "codegen/ops/fold.h"
#include "codegen/ops/moves.h"
#include "codegen/ops/quantized.h"
#include "ingot/kernels.h"

namespace ingot::codegen {
namespace {

static_assert(INGOT_INPUTS_MAX == INGOT_OUTPUTS_MAX, "One limit serves both directions.");

// Whether the parts have the axis, or gain it as a dimension of extent 1.
enum class Parts { kHaveAxis, kGainAxis };

Result<void> require_parts(const Site &site, const Join &join, Parts kind) {
    const Tensor &whole = site.graph.tensors[join.whole];
    int64_t along = 0;
    for (const TensorId id : join.parts) {
        const Tensor &part = site.graph.tensors[id];
        TRY_DO(require_same_elements(site, part, whole));
        Shape shape = part.shape;
        if (kind == Parts::kGainAxis && join.axis <= shape.size()) {
            shape.insert(shape.begin() + join.axis, 1);
        }
        Shape expected = whole.shape;
        if (shape.size() == expected.size()) expected[join.axis] = shape[join.axis];
        if (shape != expected) {
            return site.fail(
                Code::kModelInconsistent,
                fmt::format("'{}' {} is no part of '{}' {} along axis {}", part.name,
                            to_string(part.shape), whole.name, to_string(whole.shape), join.axis));
        }
        along += shape[join.axis];
    }
    if (along == whole.shape[join.axis]) return {};
    return site.fail(Code::kModelInconsistent,
                     fmt::format("the parts add up to {} along axis {} of '{}' {}", along,
                                 join.axis, whole.name, to_string(whole.shape)));
}

Result<Join> make_join(const Site &site, Join join, int64_t axis, Parts kind) {
    const bool is_there = std::ranges::find(join.parts, kNoTensor) == join.parts.end();
    if (join.parts.empty() || !is_there) {
        return site.fail(Code::kModelInconsistent, "an input is missing");
    }
    const size_t rank = site.graph.tensors[join.whole].shape.size();
    TRY(join.axis, require_axis(site, axis, rank));
    TRY_DO(require_parts(site, join, kind));
    return join;
}

Result<int64_t> split_axis(const Site &site) {
    if (!site.node.attributes.has("axis_input")) return site.node.attributes.integer("axis");
    TRY(const auto axis, require_operand(site, site.node.attributes.integer("axis_input"), 1));
    return axis[0];
}

// The extents that a split asks of its outputs; -1 for whatever is left.
Result<std::vector<int64_t>> split_sizes(const Site &site, const Join &join) {
    const Attributes &attributes = site.node.attributes;
    const size_t count = join.parts.size();
    if (attributes.has("sizes_input")) {
        return require_operand(site, attributes.integer("sizes_input"), count);
    }
    const int64_t extent = site.graph.tensors[join.whole].shape[join.axis];
    const bool is_even = attributes.has("axis_input");  // As read: SPLIT makes equal parts.
    return std::vector<int64_t>(count, is_even ? extent / static_cast<int64_t>(count) : -1);
}

Result<void> require_sizes(const Site &site, const Join &join) {
    TRY(const auto sizes, split_sizes(site, join));
    for (size_t i = 0; i < sizes.size(); ++i) {
        const int32_t found = site.output(i).shape[join.axis];
        if (sizes[i] == found || sizes[i] == -1) continue;
        return site.fail(Code::kModelInconsistent,
                         fmt::format("output {} has extent {} along axis {}; the operator makes it "
                                     "{}",
                                     i, found, join.axis, sizes[i]));
    }
    return {};
}

// Rows of the whole, each of which holds one run of every part.
int64_t outer_of(const Graph &graph, const Join &join) {
    const Shape &shape = graph.tensors[join.whole].shape;
    return element_count(Shape(shape.begin(), shape.begin() + join.axis));
}

}  // namespace

Result<Join> concat_join(const Site &site) {
    const Attributes &attributes = site.node.attributes;
    if (site.node.outputs.size() != 1) {
        return site.fail(Code::kModelInconsistent, "accepted: one output");
    }
    if (attributes.integer("activation") != 0) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("fused activation {} is not supported; accepted: 0 (none)",
                                     attributes.integer("activation")));
    }
    return make_join(site, {.whole = site.node.outputs[0], .parts = site.node.inputs},
                     attributes.integer("axis"), Parts::kHaveAxis);
}

Result<Join> split_join(const Site &site) {
    const auto input = static_cast<size_t>(site.node.attributes.integer("input"));
    if (!site.has_input(input)) {
        return site.fail(Code::kModelInconsistent, fmt::format("input {} is missing", input));
    }
    TRY(const int64_t axis, split_axis(site));
    TRY(Join join, make_join(site, {.whole = site.node.inputs[input], .parts = site.node.outputs},
                             axis, Parts::kHaveAxis));
    TRY_DO(require_sizes(site, join));
    return join;
}

Result<Join> pack_join(const Site &site) {
    if (site.node.outputs.size() != 1) {
        return site.fail(Code::kModelInconsistent, "accepted: one output");
    }
    return make_join(site, {.whole = site.node.outputs[0], .parts = site.node.inputs},
                     site.node.attributes.integer("axis"), Parts::kGainAxis);
}

Result<Join> unpack_join(const Site &site) {
    if (!site.has_input(0)) return site.fail(Code::kModelInconsistent, "input 0 is missing");
    return make_join(site, {.whole = site.node.inputs[0], .parts = site.node.outputs},
                     site.node.attributes.integer("axis"), Parts::kGainAxis);
}

Result<Params> join_params(const Site &site, const Join &join) {
    if (join.parts.size() > INGOT_INPUTS_MAX) {
        return site.fail(Code::kOperatorLimit, fmt::format("{} parts; one step takes up to {}",
                                                           join.parts.size(), INGOT_INPUTS_MAX));
    }
    const int64_t outer = outer_of(site.graph, join);
    std::vector<int64_t> run_bytes;
    for (const TensorId id : join.parts) {
        run_bytes.push_back(site.graph.tensors[id].bytes() / outer);
    }
    return Params()
        .add("count", static_cast<int64_t>(join.parts.size()))
        .add("outer", outer)
        .add("run_bytes", run_bytes);
}

bool fold_whole(Graph &graph, const Join &join) {
    const auto is_known = [&](TensorId id) { return has_value(graph.tensors[id]); };
    if (!std::ranges::all_of(join.parts, is_known)) return false;
    std::vector<uint8_t> &whole = graph.tensors[join.whole].data;
    const int64_t outer = outer_of(graph, join);
    for (int64_t row = 0; row < outer; ++row) {
        for (const TensorId id : join.parts) {
            const std::vector<uint8_t> &part = graph.tensors[id].data;
            const auto run = static_cast<int64_t>(part.size()) / outer;
            whole.insert(whole.end(), part.begin() + row * run, part.begin() + (row + 1) * run);
        }
    }
    return true;
}

bool fold_parts(Graph &graph, const Join &join) {
    if (!has_value(graph.tensors[join.whole])) return false;
    auto from = graph.tensors[join.whole].data.begin();
    const int64_t outer = outer_of(graph, join);
    for (int64_t row = 0; row < outer; ++row) {
        for (const TensorId id : join.parts) {
            Tensor &part = graph.tensors[id];
            const int64_t run = part.bytes() / outer;
            part.data.insert(part.data.end(), from, from + run);
            from += run;
        }
    }
    return true;
}

}  // namespace ingot::codegen
