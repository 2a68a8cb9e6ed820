// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads a lowered node's params back, so that a pass argues about the very numbers a kernel is
// given and derives none of them a second time.

#ifndef INGOT_CODEGEN_KERNEL_PARAMS_H
#define INGOT_CODEGEN_KERNEL_PARAMS_H

#include <cstdint>
#include <string_view>
#include <vector>

#include "codegen/ops/params.h"
#include "ingot/params.h"

namespace ingot::codegen {

// A path names a field, and fields of nested structs: "stage.zero_point". In an array of structs
// the name is the index: "input_factor.1.shift". Each requires that the field is there, and is of
// that kind.
int64_t integer_at(const Params &params, std::string_view path);
std::vector<int64_t> integers_at(const Params &params, std::string_view path);  // Any array.

// Structs of params.h, by path.
ingot_factor factor_at(const Params &params, std::string_view path);
ingot_window window_at(const Params &params, std::string_view path);

}  // namespace ingot::codegen

#endif
