// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Shapes of element-wise operators: how two inputs are repeated to fill the output.

#ifndef INGOT_CODEGEN_BROADCAST_H
#define INGOT_CODEGEN_BROADCAST_H

#include <vector>

#include "codegen/ops/operator.h"

namespace ingot::codegen {

// One loop over the output: how often, and how far each input steps; 0 repeats its element.
struct BroadcastLoop {
    int32_t extent;
    int32_t stride[2];
};

// The fewest loops, outermost first, that walk output 0 in order and inputs 0 and 1 along with it.
// Diagnostics: ModelInconsistent when the shapes do not broadcast to the output's.
Result<std::vector<BroadcastLoop>> broadcast_loops(const Site &site);

// The beginning of an operator on two int8 inputs: its tensors, and the field `shape` of its
// params. Diagnostics: those of require_int8 and broadcast_loops; OperatorLimit when more loops
// are needed than a kernel has.
Result<Lowered> lower_broadcast(const Site &site);

// The whole of an operator that compares integers: both inputs and the output must share scale and
// zero point, or the diagnostic is QuantizationWrong.
Result<Lowered> lower_comparison(const Site &site);

// The options of ADD, SUB and MUL: the fused activation, which the schema has first in all three.
void read_activation(const Options &options, Attributes &attributes);

// The number of elements that input 0 and output 0 have in common; ModelInconsistent when they
// differ.
Result<int64_t> require_same_count(const Site &site);

}  // namespace ingot::codegen

#endif
