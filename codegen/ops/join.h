// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors that lie side by side along one axis: what concat, split, pack and unpack share.

#ifndef INGOT_CODEGEN_JOIN_H
#define INGOT_CODEGEN_JOIN_H

#include "codegen/ops/operator.h"

namespace ingot::codegen {

// concat and pack make the whole of the parts, split and unpack the parts of the whole.
struct Join {
    TensorId whole = kNoTensor;
    std::vector<TensorId> parts = {};
    size_t axis = 0;  // Of the whole.
};

// What each operator's operands and attributes say, checked against the shapes. Errors:
// ModelInconsistent, TypeNotExecutable, QuantizationWrong, OperatorLimit, NotConstant.
//
// A split of our own making has its axis as attribute "axis"; one that was read has it as the
// operand that attribute "axis_input" tells.
Result<Join> concat_join(const Site &site);
Result<Join> split_join(const Site &site);
Result<Join> pack_join(const Site &site);
Result<Join> unpack_join(const Site &site);

// ingot_concat_params and ingot_split_params. Errors: OperatorLimit, above INGOT_INPUTS_MAX parts.
Result<Params> join_params(const Site &site, const Join &join);

// Compute the whole or the parts; false when what they need is not constant.
bool fold_whole(Graph &graph, const Join &join);
bool fold_parts(Graph &graph, const Join &join);

}  // namespace ingot::codegen

#endif
