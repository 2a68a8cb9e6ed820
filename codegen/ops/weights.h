// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The constant operands of a layer with weights: checked, and as initialisers.

#ifndef INGOT_CODEGEN_WEIGHTS_H
#define INGOT_CODEGEN_WEIGHTS_H

#include "codegen/ops/operator.h"
#include "ingot/params.h"

namespace ingot::codegen {

// Which inputs of a node are what, and how its weights lie.
struct WeightOperands {
    size_t input = 0, weights = 1, bias = 2;
    size_t rank = 4;          // Of the weights.
    size_t channel_axis = 0;  // Of the weights: the output channels.

    // fully_connected alone: one scale for all channels is multiplied with the input's in float,
    // and may come with a zero point.
    bool is_fully_connected = false;
};

struct Weights {
    Params factors;  // ingot_channel_factors: one entry when all channels have the same.
    Array values;
    Value bias;  // NULL when there is none.
    int32_t zero_point = 0;
};

// Diagnostics: NotConstant, TypeNotExecutable, QuantizationWrong, ModelInconsistent, and
// OperatorLimit when a sum of products could leave 32 bits. The bias's own scale is not read: the
// format makes it the product of the other two. Requires an int8 input and output.
Result<Weights> weights_of(const Site &site, const WeightOperands &operands);

// The diagnostic for operands that do not fit together; names their shapes.
tl::unexpected<Diagnostic> shapes_differ(const Site &site, const WeightOperands &operands = {});

}  // namespace ingot::codegen

#endif
