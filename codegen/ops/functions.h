// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Functions of one int8, as tables for the operator lut.

#ifndef INGOT_CODEGEN_FUNCTIONS_H
#define INGOT_CODEGEN_FUNCTIONS_H

#include <array>

#include "codegen/ops/operator.h"

namespace ingot::codegen {

using FunctionTable = std::array<int8_t, 256>;  // Entry i is the result for i - 128.

// The function that attribute "function" names, from the input's scale and zero point to the
// output's. Diagnostics: OperatorLimit, QuantizationWrong. Requires an int8 input and output.
Result<FunctionTable> tabulate(const Site &site);

}  // namespace ingot::codegen

#endif
