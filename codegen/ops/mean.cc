// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// MEAN: the mean along some of a tensor's axes.

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>

#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/walk.h"

namespace ingot::codegen {
namespace {

void read(const Options &options, Attributes &attributes) {
    attributes.set("keep_dims", options.int8(0));
}

// An axis that is named twice is reduced once.
Result<std::set<size_t>> reduced_axes(const Site &site) {
    TRY(const std::vector<int64_t> axes, require_constant_integers(site, 1));
    std::set<size_t> reduced;
    for (const int64_t axis : axes) {
        TRY(const size_t from_front, require_axis(site, axis, site.input(0).shape.size()));
        reduced.insert(from_front);
    }
    return reduced;
}

Shape output_shape(const Site &site, const std::set<size_t> &reduced) {
    const bool keeps = site.node.attributes.integer("keep_dims") != 0;
    Shape shape;
    for (size_t d = 0; d < site.input(0).shape.size(); ++d) {
        if (!reduced.contains(d)) shape.push_back(site.input(0).shape[d]);
        if (reduced.contains(d) && keeps) shape.push_back(1);
    }
    return shape;
}

struct Walks {
    Loops kept, reduced;
};

Result<Walks> walks_of(const Site &site, const std::set<size_t> &reduced) {
    const Loops all = dense_loops(site.input(0).shape);
    Walks walks;
    for (size_t d = 0; d < all.size(); ++d) {
        (reduced.contains(d) ? walks.reduced : walks.kept).push_back(all[d]);
    }
    walks = {.kept = collapse(walks.kept), .reduced = collapse(walks.reduced)};
    if (std::max(walks.kept.size(), walks.reduced.size()) <= INGOT_RANK_MAX) return walks;
    return site.fail(Code::kOperatorLimit,
                     fmt::format("keeps {} separate axes and reduces {}; accepted: up to {} each",
                                 walks.kept.size(), walks.reduced.size(), INGOT_RANK_MAX));
}

// The factor between the scales, with 1 / count divided into its multiplier after as much headroom
// as count has bits. The quotient is cut, not rounded, as in the reference kernels.
ingot_factor mean_factor(double ratio, int64_t count) {
    const ingot_factor factor = factor_of(ratio);
    const int bits = static_cast<int>(std::bit_width(static_cast<uint64_t>(count))) - 1;
    const int shift = std::min({bits, 32, 31 + factor.shift});
    const int64_t multiplier = (int64_t{factor.multiplier} << shift) / count;
    return {.multiplier = static_cast<int32_t>(multiplier), .shift = factor.shift - shift};
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY(const std::set<size_t> reduced, reduced_axes(site));
    const Shape computed = output_shape(site, reduced);
    TRY_DO(require_output_shape(site, std::vector<int64_t>(computed.begin(), computed.end())));
    TRY(const Walks walks, walks_of(site, reduced));
    TRY(const Params stage, output_stage(site));
    const Tensor &input = site.input(0);
    const int64_t count = element_count(input.shape) / element_count(computed);
    const double ratio = scale_of(input) / scale_of(site.output());
    return Lowered{.params = Params()
                                 .add("kept", walk_params(walks.kept))
                                 .add("reduced", walk_params(walks.reduced))
                                 .add("input_zero_point", zero_point_of(input))
                                 .add("factor", factor_params(mean_factor(ratio, count)))
                                 .add("stage", stage),
                   .inputs = {site.node.inputs[0]},
                   .outputs = site.node.outputs};
}

constexpr Import kImports[] = {{"MEAN", read}};

}  // namespace

const Operator k_mean = {.name = "mean", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
