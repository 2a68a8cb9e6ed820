// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Problems for the planner's tests, and a solver so simple that it can be trusted.

#ifndef INGOT_TESTS_CODEGEN_PLAN_PROBLEMS_H
#define INGOT_TESTS_CODEGEN_PLAN_PROBLEMS_H

#include <cstdint>
#include <random>
#include <vector>

#include "codegen/plan/plan.h"

namespace ingot::codegen {

// The smallest arena by trying every order of placement; for a handful of buffers.
int64_t brute_force(const std::vector<Buffer> &buffers);

// A few long buffers and, in most steps, one that fills the step up to the largest load. Without
// room to spare, the bound is not always met.
std::vector<Buffer> random_problem(std::mt19937 &random);

enum class Cut { kGuillotine, kPinwheel };

struct Rectangle {
    int pieces;
    int64_t bytes;  // Its height, and the least arena that holds the pieces.
    int steps;      // Its width.
    Cut cut;  // Pinwheel: now and then five pieces around a centre, which no straight cut has.
    uint32_t seed;
};

// Cuts a rectangle into at least so many pieces and forgets how: with no byte to spare at any
// step, only a perfect reconstruction meets the bound.
std::vector<Buffer> cut_up(const Rectangle &rectangle);

}  // namespace ingot::codegen

#endif
