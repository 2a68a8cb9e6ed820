// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Differences of two inputs.

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/sum.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"SUB", read_activation}};

}  // namespace

const Operator k_sub = {
    .name = "sub", .imports = kImports, .lower = lower_sum<float>, .fold = fold_sub};

}  // namespace ingot::codegen
