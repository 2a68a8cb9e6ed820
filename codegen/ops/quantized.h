// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What lowering an int8 operator needs again and again: checks of types and scales, factors,
// clamps.

#ifndef INGOT_CODEGEN_QUANTIZED_H
#define INGOT_CODEGEN_QUANTIZED_H

#include <vector>

#include "codegen/ops/operator.h"
#include "ingot/params.h"

namespace ingot::codegen {

// The fixed-point factor nearest to a real one; docs/NUMERICS.md, section 2. Requires 0 <= real.
ingot_factor factor_of(double real);

// ---- Checks: diagnostics TypeNotExecutable, QuantizationWrong, NotConstant ---------------------

// Input `i` is there and int8, with one scale and one zero point in -128..127.
Result<void> require_int8_input(const Site &site, size_t i);
Result<void> require_int8_output(const Site &site, size_t i = 0);

// Inputs 0 .. count - 1 and output 0 all are so.
Result<void> require_int8(const Site &site, size_t count);

// Input 0 and output 0 share scale and zero point, as operators that only move or compare need.
Result<void> require_same_quantization(const Site &site);

// The elements of input `i`, which must be a constant int32 or int64.
Result<std::vector<int64_t>> require_constant_integers(const Site &site, size_t i);

// ---- Values of a tensor with one scale ---------------------------------------------------------

double scale_of(const Tensor &tensor);
int32_t zero_point_of(const Tensor &tensor);

// The int8 that stands nearest to a real number, which may be infinite; ties away from zero.
int32_t nearest_int8(float real, const Tensor &tensor);

// ---- Initialisers of the shared structs of params.h --------------------------------------------

// [batches][height][width][channels] from a tensor of rank 1..4; missing leading extents are 1.
std::vector<int64_t> shape_of(const Tensor &tensor);
ingot_shape extents_of(const Tensor &tensor);  // The same, as the kernels' struct.

Params factor_params(ingot_factor factor);

// The clamp of attribute "activation" (TFLite's ActivationFunctionType: 0 none, 1 relu,
// 2 relu_n1_to_1, 3 relu6) in the output's own quantisation.
struct Range {
    int32_t min, max;
};
Result<Range> activation_range(const Site &site);

// ingot_output_stage: zero point of output 0, activation_range, the site's rounding.
Result<ingot_output_stage> stage_of(const Site &site);
Params stage_params(const ingot_output_stage &stage);
Result<Params> output_stage(const Site &site);

}  // namespace ingot::codegen

#endif
