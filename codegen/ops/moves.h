// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What lowering an operator that only moves bytes asks of its tensors.

#ifndef INGOT_CODEGEN_MOVES_H
#define INGOT_CODEGEN_MOVES_H

#include <cstdint>
#include <span>

#include "codegen/ops/operator.h"

namespace ingot::codegen {

// Elements of one tensor may stand in the other as they are: one type of whole bytes, one scale,
// one zero point. Errors: TypeNotExecutable, QuantizationWrong, OperatorLimit.
Result<void> require_same_elements(const Site &site, const Tensor &source, const Tensor &target);

// The same of input 0 and the only output. Errors: those, and ModelInconsistent.
Result<void> require_move(const Site &site);

// Output 0 has the extents that the operator computes. Errors: ModelInconsistent.
Result<void> require_output_shape(const Site &site, std::span<const int64_t> computed);

// Input `i` as constant integers, `count` of them. Errors: those of require_constant_integers, and
// ModelInconsistent.
Result<std::vector<int64_t>> require_operand(const Site &site, size_t i, size_t count);

// An axis counted from the front, from one that may be counted from the back. Errors:
// OperatorLimit.
Result<size_t> require_axis(const Site &site, int64_t axis, size_t rank);

// The attribute `block` of operators that move blocks of pixels into channels or back, and their
// kernel call once their shapes are known to fit.
void read_block(const Options &options, Attributes &attributes);
Lowered lowered_blocks(const Site &site, int64_t block);

}  // namespace ingot::codegen

#endif
