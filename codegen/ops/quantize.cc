// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Floats to int8. TFLite also says QUANTIZE of an int8 that changes its scale: legalise makes that
// a requantize.

#include <fmt/format.h>

#include "codegen/ops/broadcast.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"QUANTIZE"}};

Result<Lowered> lower(const Site &site) {
    TRY(const int64_t count, require_same_count(site));
    const Tensor &input = site.input(0);
    if (input.type != Type::kFloat32) {
        return site.fail(Code::kTypeNotExecutable,
                         fmt::format("tensor '{}' is {}; accepted: float32 or int8", input.name,
                                     name(input.type)));
    }
    TRY_DO(require_int8_output(site));
    return Lowered{.params = Params()
                                 .add("count", count)
                                 .add("scale", site.output().quantization.scale[0])
                                 .add("zero_point", zero_point_of(site.output())),
                   .inputs = {site.node.inputs[0]},
                   .outputs = {site.node.outputs[0]}};
}

}  // namespace

const Operator k_quantize = {.name = "quantize", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
