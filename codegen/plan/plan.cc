// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The planner: bytes to units, greedy orders for a first plan, then the search for the least
// height.

#include "codegen/plan/plan.h"

#include <algorithm>
#include <numeric>

#include "base/result.h"
#include "codegen/plan/greedy.h"
#include "codegen/plan/problem.h"
#include "codegen/plan/search.h"

namespace ingot::codegen {
namespace {

// The search recurs once per placed item, and a node's cost grows with the sum of lifetimes.
constexpr size_t kSearchedItemsMax = 2'000;
constexpr int64_t kSearchedLivesMax = 5'000'000'000;  // Nodes times lifetimes in columns.

int64_t align(int64_t bytes, int64_t alignment) {
    return (bytes + alignment - 1) / alignment * alignment;
}

// The largest unit that divides all sizes: heights are sums of sizes, so none lies in between.
int64_t unit_of(std::span<const Buffer> buffers, int64_t alignment) {
    int64_t unit = 0;
    for (const Buffer &buffer : buffers) unit = std::gcd(unit, align(buffer.bytes, alignment));
    return std::max(unit, alignment);
}

// Buffers without bytes need no place.
Problem problem_of(std::span<const Buffer> buffers, int64_t alignment, int64_t unit) {
    std::vector<Item> items;
    for (const Buffer &buffer : buffers) {
        if (buffer.bytes == 0) continue;
        items.push_back({.size = align(buffer.bytes, alignment) / unit,
                         .life = {buffer.first_step, buffer.last_step}});
    }
    return compress(std::move(items));
}

struct Solution {
    std::vector<int64_t> offsets;
    int64_t height = 0;
    int64_t bound = 0;  // No plan is lower.
    int64_t nodes = 0;
};

int64_t affordable_nodes(const Problem &problem, int64_t nodes_max) {
    if (problem.items.size() > kSearchedItemsMax) return 0;
    int64_t lives = 0;
    for (const Item &item : problem.items) lives += item.life.last - item.life.first + 1;
    return std::min(nodes_max, kSearchedLivesMax / std::max<int64_t>(lives, 1));
}

// The bound itself first, as it is met more often than not; then by halves. A height that was given
// up on is passed over like an impossible one, but raises no bound.
void improve(const Problem &problem, int64_t nodes_max, Solution &solution) {
    Search search(problem);
    int64_t lowest = solution.bound;
    int64_t probe = lowest;
    while (lowest < solution.height && search.nodes() < nodes_max) {
        const int64_t nodes = (nodes_max - search.nodes() + 1) / 2;
        const Search::Outcome outcome = search.run(probe, nodes);
        if (outcome == Search::Outcome::kFound) {
            solution.offsets = search.offsets();
            solution.height = height(problem, solution.offsets);
        } else {
            lowest = probe + 1;
        }
        if (outcome == Search::Outcome::kImpossible) solution.bound = probe + 1;
        probe = std::midpoint(lowest, solution.height - 1);
    }
    solution.nodes = search.nodes();
}

Solution solve(const Problem &problem, int64_t nodes_max) {
    const std::vector<int64_t> load = loads(problem);
    Solution solution;
    solution.bound = load.empty() ? 0 : *std::ranges::max_element(load);
    solution.offsets = place_greedily(problem, solution.bound);
    solution.height = height(problem, solution.offsets);
    improve(problem, affordable_nodes(problem, nodes_max), solution);
    return solution;
}

}  // namespace

int64_t lower_bound(std::span<const Buffer> buffers, int64_t alignment) {
    const std::vector<int64_t> load = loads(problem_of(buffers, alignment, alignment));
    return load.empty() ? 0 : alignment * *std::ranges::max_element(load);
}

Plan plan_arena(std::span<const Buffer> buffers, int64_t alignment, int64_t nodes_max) {
    INGOT_CHECK(alignment > 0);
    for (const Buffer &buffer : buffers) {
        INGOT_CHECK(buffer.bytes >= 0 && buffer.first_step <= buffer.last_step);
    }
    const int64_t unit = unit_of(buffers, alignment);
    const Solution solution = solve(problem_of(buffers, alignment, unit), nodes_max);
    Plan plan{.offset = {},
              .arena_bytes = solution.height * unit,
              .lower_bound_bytes = solution.bound * unit,
              .is_optimal = solution.height == solution.bound,
              .nodes_searched = solution.nodes};
    size_t item = 0;
    for (const Buffer &buffer : buffers) {
        plan.offset.push_back(buffer.bytes == 0 ? 0 : solution.offsets[item++] * unit);
    }
    return plan;
}

}  // namespace ingot::codegen
