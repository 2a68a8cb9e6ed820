// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// int8 to int8 of another scale or zero point. TFLite has no name for it: see quantize.cc.

#include "codegen/ops/broadcast.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY(const int64_t count, require_same_count(site));
    TRY(const Params stage, output_stage(site));
    const double factor = scale_of(site.input(0)) / scale_of(site.output());
    return Lowered{.params = Params()
                                 .add("count", count)
                                 .add("input_zero_point", zero_point_of(site.input(0)))
                                 .add("factor", factor_params(factor_of(factor)))
                                 .add("stage", stage),
                   .inputs = {site.node.inputs[0]},
                   .outputs = {site.node.outputs[0]}};
}

}  // namespace

const Operator k_requantize = {.name = "requantize", .lower = lower};

}  // namespace ingot::codegen
