// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The larger of two inputs.

#include "codegen/ops/broadcast.h"
#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"MAXIMUM"}};

}  // namespace

const Operator k_maximum = {
    .name = "maximum", .imports = kImports, .lower = lower_comparison, .fold = fold_maximum};

}  // namespace ingot::codegen
