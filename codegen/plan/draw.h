// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A picture of the arena, for a comment in generated C.

#ifndef INGOT_CODEGEN_PLAN_DRAW_H
#define INGOT_CODEGEN_PLAN_DRAW_H

#include <span>
#include <string>

#include "codegen/plan/plan.h"

namespace ingot::codegen {

// One row per buffer, from low offsets to high, marked at the steps where the buffer lives, so that
// rows that take turns in the same bytes stand together. One label per buffer. Lines have no
// comment mark, end in a newline, and leave room for one within 100 columns; long labels are cut,
// and a long program shows several steps per mark.
std::string draw_plan(std::span<const Buffer> buffers, std::span<const std::string> labels,
                      const Plan &plan);

}  // namespace ingot::codegen

#endif
