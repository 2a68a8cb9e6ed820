// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Numbers of the TFLite schema and what they stand for.

#ifndef INGOT_CODEGEN_READ_TFLITE_TABLES_H
#define INGOT_CODEGEN_READ_TFLITE_TABLES_H

#include <cstdint>
#include <string_view>

#include "codegen/graph/graph.h"

namespace ingot::codegen {

// Builtin operators, "CONV_2D". Codes that are not in the table have no name.
std::string_view builtin_name(int32_t code);
constexpr int32_t kBuiltinCustom = 32;

// Types of elements; what Ingot has no name for is kOther.
Type type_of_code(int8_t code);

}  // namespace ingot::codegen

#endif
