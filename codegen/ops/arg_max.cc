// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Where the largest element lies along an axis.

#include <fmt/format.h>

#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"ARG_MAX"}};

Result<void> require_index_output(const Site &site) {
    const Tensor &output = site.output();
    if (output.type == Type::kInt32 || output.type == Type::kInt64) return {};
    return site.fail(
        Code::kTypeNotExecutable,
        fmt::format("tensor '{}' is {}; accepted: int32 or int64", output.name, name(output.type)));
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8_input(site, 0));
    TRY_DO(require_index_output(site));
    TRY(const std::vector<int64_t> axes, require_operand(site, 1, 1));
    const Shape &shape = site.input(0).shape;
    TRY(const size_t axis, require_axis(site, axes[0], shape.size()));

    const auto along = shape.begin() + static_cast<int64_t>(axis);
    const Shape outer(shape.begin(), along), inner(along + 1, shape.end());
    std::vector<int64_t> kept(outer.begin(), outer.end());
    kept.insert(kept.end(), inner.begin(), inner.end());
    TRY_DO(require_output_shape(site, kept));
    return Lowered{.params = Params()
                                 .add("outer", element_count(outer))
                                 .add("axis", *along)
                                 .add("inner", element_count(inner))
                                 .add("output_bytes", element_bytes(site.output().type)),
                   .inputs = {site.node.inputs[0]},
                   .outputs = {site.node.outputs[0]}};
}

}  // namespace

const Operator k_arg_max = {.name = "arg_max", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
