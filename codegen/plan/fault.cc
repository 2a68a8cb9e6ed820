// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Checks a plan the slow and obvious way. Shares no code with the planner, so that one mistake
// cannot hide in both.

#include <fmt/format.h>

#include <algorithm>

#include "codegen/plan/plan.h"

namespace ingot::codegen {
namespace {

using Fault = std::optional<std::string>;

std::vector<size_t> alive_at(int step, std::span<const Buffer> buffers) {
    std::vector<size_t> alive;
    for (size_t i = 0; i < buffers.size(); ++i) {
        if (buffers[i].first_step <= step && step <= buffers[i].last_step) alive.push_back(i);
    }
    return alive;
}

// What each offset must keep to, whatever the others are.
Fault find_misplaced(std::span<const Buffer> buffers, int64_t alignment, const Plan &plan) {
    for (size_t i = 0; i < buffers.size(); ++i) {
        const int64_t offset = plan.offset[i];
        if (offset < 0) return fmt::format("buffer {} has the negative offset {}", i, offset);
        if (offset % alignment != 0) {
            return fmt::format("buffer {} at {} is not aligned to {} bytes", i, offset, alignment);
        }
        if (offset + buffers[i].bytes > plan.arena_bytes) {
            return fmt::format("buffer {} ends at {}, beyond the arena's {} bytes", i,
                               offset + buffers[i].bytes, plan.arena_bytes);
        }
    }
    return {};
}

Fault find_overlap_at(int step, std::span<const Buffer> buffers, const Plan &plan) {
    const std::vector<size_t> alive = alive_at(step, buffers);
    for (const size_t i : alive) {
        for (const size_t j : alive) {
            if (i >= j) continue;
            const int64_t from = std::max(plan.offset[i], plan.offset[j]);
            const int64_t to =
                std::min(plan.offset[i] + buffers[i].bytes, plan.offset[j] + buffers[j].bytes);
            if (from < to) {
                return fmt::format("buffers {} and {} both hold bytes {} to {} at step {}", i, j,
                                   from, to - 1, step);
            }
        }
    }
    return {};
}

// Each buffer rounded up to the alignment.
int64_t bytes_alive_at(int step, std::span<const Buffer> buffers, int64_t alignment) {
    int64_t sum = 0;
    for (const size_t i : alive_at(step, buffers)) {
        sum += buffers[i].bytes;
        while (sum % alignment != 0) ++sum;
    }
    return sum;
}

Fault find_wrong_claim(int64_t alive_bytes, const Plan &plan) {
    if (plan.lower_bound_bytes < alive_bytes) {
        return fmt::format("the lower bound, {}, is less than the {} bytes alive at one step",
                           plan.lower_bound_bytes, alive_bytes);
    }
    if (plan.lower_bound_bytes > plan.arena_bytes) {
        return fmt::format("the lower bound, {}, exceeds the arena's {} bytes",
                           plan.lower_bound_bytes, plan.arena_bytes);
    }
    if (plan.is_optimal != (plan.arena_bytes == plan.lower_bound_bytes)) {
        return fmt::format("the plan is called {}, but its {} bytes {} its lower bound, {}",
                           plan.is_optimal ? "optimal" : "improvable", plan.arena_bytes,
                           plan.is_optimal ? "exceed" : "meet", plan.lower_bound_bytes);
    }
    return {};
}

}  // namespace

Fault find_fault(std::span<const Buffer> buffers, int64_t alignment, const Plan &plan) {
    if (plan.offset.size() != buffers.size()) {
        return fmt::format("{} offsets for {} buffers", plan.offset.size(), buffers.size());
    }
    if (const Fault fault = find_misplaced(buffers, alignment, plan)) return fault;

    // Whatever is alive together is so at the step where the last of it begins.
    int64_t alive_bytes_max = 0;
    for (const Buffer &buffer : buffers) {
        const int step = buffer.first_step;
        if (const Fault fault = find_overlap_at(step, buffers, plan)) return fault;
        alive_bytes_max = std::max(alive_bytes_max, bytes_alive_at(step, buffers, alignment));
    }
    return find_wrong_claim(alive_bytes_max, plan);
}

}  // namespace ingot::codegen
