// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Params structs as C initialisers, and the arrays they point to.

#ifndef INGOT_CODEGEN_EMIT_INITIALIZER_H
#define INGOT_CODEGEN_EMIT_INITIALIZER_H

#include <string>
#include <vector>

#include "codegen/program.h"

namespace ingot::codegen {

// An array of constant data under the name it has in the generated C.
struct NamedArray {
    std::string symbol;  // "kws_conv2d_0_weights"
    const Array *array;
};

// The arrays of all steps, in order.
std::vector<NamedArray> named_arrays(const Program &program);

// "static const ingot_conv2d_params conv2d_0 = {...};"
std::string params_definition(const Program &program, const Step &step);

// "const int32_t kws_conv2d_0_bias[64]"
std::string array_declarator(const NamedArray &named);

// The array's elements, a row of numbers per line: decimals while small, words when large.
std::string array_elements(const Array &array);

}  // namespace ingot::codegen

#endif
