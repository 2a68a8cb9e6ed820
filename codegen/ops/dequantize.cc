// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to floats.

#include <fmt/format.h>

#include "codegen/ops/broadcast.h"
#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"DEQUANTIZE"}};

Result<Lowered> lower(const Site &site) {
    TRY(const int64_t count, require_same_count(site));
    TRY_DO(require_int8_input(site, 0));
    const Tensor &input = site.input(0), &output = site.output();
    if (output.type != Type::kFloat32) {
        return site.fail(
            Code::kTypeNotExecutable,
            fmt::format("tensor '{}' is {}; accepted: float32", output.name, name(output.type)));
    }
    return Lowered{.params = Params()
                                 .add("count", count)
                                 .add("scale", input.quantization.scale[0])
                                 .add("zero_point", zero_point_of(input)),
                   .inputs = {site.node.inputs[0]},
                   .outputs = {site.node.outputs[0]}};
}

}  // namespace

const Operator k_dequantize = {
    .name = "dequantize", .imports = kImports, .lower = lower, .fold = fold_dequantize};

}  // namespace ingot::codegen
