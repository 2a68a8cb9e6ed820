// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Products of two inputs.

#include "codegen/ops/broadcast.h"
#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"MUL", read_activation}};

Result<Lowered> lower(const Site &site) {
    TRY(Lowered call, lower_broadcast(site));
    TRY(const Params stage, output_stage(site));
    const Tensor &a = site.input(0), &b = site.input(1);
    const double factor = scale_of(a) * scale_of(b) / scale_of(site.output());
    call.params.add("input_zero_point", std::vector<int64_t>{zero_point_of(a), zero_point_of(b)})
        .add("factor", factor_params(factor_of(factor)))
        .add("stage", stage);
    return call;
}

}  // namespace

const Operator k_mul = {.name = "mul", .imports = kImports, .lower = lower, .fold = fold_mul};

}  // namespace ingot::codegen
