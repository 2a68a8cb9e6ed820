// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// MAX_POOL_2D: the largest value under each window.

#include "codegen/ops/operators.h"
#include "codegen/ops/pool.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {{"MAX_POOL_2D", read_pool}};

}  // namespace

const Operator k_max_pool = {.name = "max_pool", .imports = kImports, .lower = lower_pool};

}  // namespace ingot::codegen
