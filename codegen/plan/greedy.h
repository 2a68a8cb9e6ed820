// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Good plans, fast: every item is put down once, in one of several orders.

#ifndef INGOT_CODEGEN_PLAN_GREEDY_H
#define INGOT_CODEGEN_PLAN_GREEDY_H

#include "codegen/plan/problem.h"

namespace ingot::codegen {

// An offset per item: the lowest plan of all the orders, or the first that reaches `bound`.
std::vector<int64_t> place_greedily(const Problem &problem, int64_t bound);

}  // namespace ingot::codegen

#endif
