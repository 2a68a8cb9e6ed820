// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of all operators.

#ifndef INGOT_CODEGEN_OPERATORS_H
#define INGOT_CODEGEN_OPERATORS_H

#include <span>

#include "codegen/ops/operator.h"

namespace ingot::codegen {

#define INGOT_OP(name, NAME, work) extern const Operator k_##name;
#include "ingot/ops.def"
#define INGOT_GRAPH_OP(name) extern const Operator k_##name;
#include "codegen/ops/graph_ops.def"

std::span<const Operator *const> operators();

// The operator that a TFLite operator becomes, and its import row; null when there is none.
struct Imported {
    const Operator *op;
    const Import *import;
};
Imported find_tflite(std::string_view tflite_name);

}  // namespace ingot::codegen

#endif
