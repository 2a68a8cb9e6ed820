// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The bar: how many instructions other libraries need for a layer of the same shape.

#ifndef INGOT_APPS_BAR_H
#define INGOT_APPS_BAR_H

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "codegen/program.h"

namespace ingot::cli {

// Instructions by layer_shape().
using Bar = std::map<std::string, int64_t>;

// Reads the rows of one core from CSV with the columns core, layer and, for the count of one
// execution, best_bit_exact_instructions_each. Errors: FileMissing; InputMismatch when
// a column is missing or a count is none.
Result<Bar> read_bar(const std::string &path, const std::string &core);

// "conv3x3s1_32x32x16_16": operator, window and stride, input, output channels. Empty for operators
// that no bar knows.
std::string layer_shape(const codegen::Program &program, const codegen::Step &step);

}  // namespace ingot::cli

#endif
