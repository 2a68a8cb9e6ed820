// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What is left of an integer quotient rounded down.

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"FLOOR_MOD"}};

}  // namespace

const Operator k_floor_mod = {.name = "floor_mod", .imports = kImports, .fold = fold_floor_mod};

}  // namespace ingot::codegen
