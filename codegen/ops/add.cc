// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Sums of two inputs.

#include "codegen/ops/fold.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/sum.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"ADD", read_activation}};

}  // namespace

const Operator k_add = {
    .name = "add", .imports = kImports, .lower = lower_sum<double>, .fold = fold_add};

}  // namespace ingot::codegen
