// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The arena's plan: where each tensor lies while it is needed.
//
// The problem is exact: every buffer has a size and a lifetime, two buffers that live at one time
// must not overlap, and the arena is to be as small as it can be. The largest sum of sizes alive at
// one step is a lower bound that no plan can beat; a plan that meets it is proven best.

#ifndef INGOT_CODEGEN_PLAN_H
#define INGOT_CODEGEN_PLAN_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ingot::codegen {

struct Buffer {
    int64_t bytes;   // 0 or more
    int first_step;  // Written, or already there, at this step...
    int last_step;   // ...and read for the last time at this one; inclusive, >= first_step.
};

struct Plan {
    std::vector<int64_t> offset;  // Per buffer, a multiple of the alignment.
    int64_t arena_bytes = 0;
    int64_t lower_bound_bytes = 0;  // No plan is smaller; a search may raise lower_bound().
    bool is_optimal = false;        // The two are equal: no arena is smaller.
    int64_t nodes_searched = 0;
};

// The largest sum of (aligned) sizes alive at one step.
int64_t lower_bound(std::span<const Buffer> buffers, int64_t alignment);

// The smallest arena: best of several greedy orders, then branch and bound until the lower bound is
// met, the search is exhausted, or `nodes_max` placements have been tried (fewer where buffers are
// so many or so long-lived that each costs much). Deterministic on every machine.
Plan plan_arena(std::span<const Buffer> buffers, int64_t alignment, int64_t nodes_max = 2'000'000);

// Checks a plan the slow and obvious way, sharing no code with the planner. Returns the first
// broken promise in words, with buffers, bytes and step, or nothing.
std::optional<std::string> find_fault(std::span<const Buffer> buffers, int64_t alignment,
                                      const Plan &plan);

}  // namespace ingot::codegen

#endif
