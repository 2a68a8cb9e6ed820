// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Greedy placement. No order is best on all networks, and ties alone can cost a third of the arena,
// so all of them are tried.

#include "codegen/plan/greedy.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ingot::codegen {
namespace {

int64_t length(const Item &item) { return item.life.last - item.life.first + 1; }

// Items with the largest key go first.
constexpr int64_t (*kKeys[])(const Item &) = {
    [](const Item &item) { return item.size; },
    [](const Item &item) { return item.size * length(item); },
    [](const Item &item) { return length(item); },
    [](const Item &item) { return int64_t{-item.life.first}; },
};

enum class Ties { kEarlierFirst, kLaterFirst };
enum class Fit { kLowestGap, kTightestGap };

std::vector<int> order_by(const Problem &problem, int64_t (*key)(const Item &), Ties ties) {
    std::vector<int> order(problem.items.size());
    std::iota(order.begin(), order.end(), 0);
    if (ties == Ties::kLaterFirst) std::ranges::reverse(order);
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](int i) { return key(problem.items[i]); });
    return order;
}

struct Placed {
    int64_t offset;
    Item item;
};

// Where the item fits between those already placed, which are sorted by offset.
int64_t find_gap(const std::vector<Placed> &placed, const Item &item, Fit fit) {
    int64_t top = 0;  // Of what lies below the gap.
    int64_t best_offset = 0;
    int64_t best_gap = std::numeric_limits<int64_t>::max();
    for (const Placed &other : placed) {
        if (!meet(other.item.life, item.life)) continue;
        const int64_t gap = other.offset - top;
        if (gap >= item.size && fit == Fit::kLowestGap) return top;
        if (gap >= item.size && gap < best_gap) {
            best_gap = gap;
            best_offset = top;
        }
        top = std::max(top, other.offset + other.item.size);
    }
    return best_gap == std::numeric_limits<int64_t>::max() ? top : best_offset;
}

std::vector<int64_t> place_in_order(const Problem &problem, const std::vector<int> &order,
                                    Fit fit) {
    std::vector<int64_t> offsets(problem.items.size());
    std::vector<Placed> placed;
    for (const int i : order) {
        offsets[i] = find_gap(placed, problem.items[i], fit);
        const auto after = std::ranges::upper_bound(placed, offsets[i], {}, &Placed::offset);
        placed.insert(after, {offsets[i], problem.items[i]});
    }
    return offsets;
}

}  // namespace

std::vector<int64_t> place_greedily(const Problem &problem, int64_t bound) {
    std::vector<int64_t> best;
    for (const auto key : kKeys) {
        for (const Ties ties : {Ties::kEarlierFirst, Ties::kLaterFirst}) {
            const std::vector<int> order = order_by(problem, key, ties);
            for (const Fit fit : {Fit::kLowestGap, Fit::kTightestGap}) {
                std::vector<int64_t> offsets = place_in_order(problem, order, fit);
                if (best.empty() || height(problem, offsets) < height(problem, best)) {
                    best = std::move(offsets);
                }
                if (height(problem, best) <= bound) return best;
            }
        }
    }
    return best;
}

}  // namespace ingot::codegen
