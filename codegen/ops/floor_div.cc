// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Integer quotients, rounded down.

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"FLOOR_DIV"}};

}  // namespace

const Operator k_floor_div = {.name = "floor_div", .imports = kImports, .fold = fold_floor_div};

}  // namespace ingot::codegen
