// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// AVERAGE_POOL_2D: the average under each window.

#include "codegen/ops/operators.h"
#include "codegen/ops/pool.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"AVERAGE_POOL_2D", read_pool}};

}  // namespace

const Operator k_average_pool = {.name = "average_pool", .imports = kImports, .lower = lower_pool};

}  // namespace ingot::codegen
