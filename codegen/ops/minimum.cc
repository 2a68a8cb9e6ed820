// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The smaller of two inputs.

#include "codegen/ops/broadcast.h"
#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"MINIMUM"}};

}  // namespace

const Operator k_minimum = {
    .name = "minimum", .imports = kImports, .lower = lower_comparison, .fold = fold_minimum};

}  // namespace ingot::codegen
