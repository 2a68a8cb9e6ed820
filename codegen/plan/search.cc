// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The search for a plan of a given height.

#include "codegen/plan/search.h"

#include <algorithm>
#include <limits>

namespace ingot::codegen {
namespace {

constexpr int64_t kClosed = std::numeric_limits<int64_t>::max();
constexpr int64_t kFirstRoundNodes = 500;

double power(double base, uint32_t exponent) {
    double product = 1;  // std::pow may differ in the last bit from one C library to the next.
    for (uint32_t i = 0; i < exponent; ++i) product *= base;
    return product;
}

}  // namespace

Search::Search(const Problem &problem)
    : problem_(problem), columns_(problem.columns), priority_(problem.items.size()) {
    for (size_t i = 0; i < problem.items.size(); ++i) {
        const Range life = problem.items[i].life;
        for (int c = life.first; c <= life.last; ++c) {
            columns_[c].items.push_back(static_cast<int>(i));
        }
    }
}

// A wrong choice near the root can cost all the nodes there are. Rounds are short at first; each
// draws other priorities and remembers which columns failed, so that those are decided first.
Search::Outcome Search::run(int64_t capacity, int64_t nodes_max) {
    capacity_ = capacity;
    const int64_t end = nodes_ + nodes_max;
    for (int64_t round = kFirstRoundNodes;; round += round / 5) {
        start_round(round == kFirstRoundNodes);
        nodes_end_ = std::min(nodes_ + round, end);
        is_stopped_ = false;
        if (solve_parts({0, problem_.columns - 1})) return Outcome::kFound;
        if (!is_stopped_) return Outcome::kImpossible;
        if (nodes_ >= end) return Outcome::kGaveUp;
    }
}

void Search::start_round(bool is_first) {
    level_.assign(problem_.items.size(), 0);
    is_placed_.assign(problem_.items.size(), false);
    placed_.clear();
    saved_.clear();
    const std::vector<int64_t> load = loads(problem_);
    for (int c = 0; c < problem_.columns; ++c) {
        Column &column = columns_[c];
        column.open_size = load[c];
        column.bridges = std::ranges::count_if(
            column.items, [&](int i) { return problem_.items[i].life.last > c; });
        column.top = 0;
    }
    refresh({0, problem_.columns - 1});
    saved_.clear();

    // Large items in crowded columns come first; what matters most differs between networks.
    const uint32_t crowd = is_first ? 8 : random_() % 9;
    const uint32_t width = is_first ? 2 : 1 + random_() % 3;
    const uint32_t size = is_first ? 2 : 1 + random_() % 3;
    for (size_t i = 0; i < problem_.items.size(); ++i) {
        const Item &item = problem_.items[i];
        const auto first = load.begin() + item.life.first;
        const auto last = load.begin() + item.life.last + 1;
        const double crowding =
            static_cast<double>(*std::max_element(first, last)) / static_cast<double>(capacity_);
        priority_[i] = power(crowding, crowd) * power(item.life.last - item.life.first + 1, width) *
                       power(static_cast<double>(item.size), size) *
                       (is_first ? 16 : 16 + random_() % 4);
    }
}

// All columns of the range are open and connected.
bool Search::solve(Range range) {
    while (true) {
        if (nodes_ >= nodes_end_) is_stopped_ = true;
        if (is_stopped_) return false;
        ++nodes_;
        const int item = choose_item(choose_column(range));
        if (is_supported(item)) {
            const Mark mark = {saved_.size(), placed_.size()};
            if (place(item) && solve_parts(range)) return true;
            undo(mark);
            if (is_stopped_) return false;
        }
        if (!refuse(item)) return false;
    }
}

// Parts do not see each other: if one has no solution, no other solution of the rest helps it.
bool Search::solve_parts(Range range) {
    for (int first = range.first, last; first <= range.last; first = last + 1) {
        last = first;
        while (last < range.last && columns_[last].bridges > 0) ++last;
        if (columns_[first].floor != kClosed && !solve({first, last})) return false;
    }
    return true;
}

// Only in a valley, where both neighbours of a level stretch are higher, do the items at the floor
// lie flat on it. Of those columns: the one with the fewest choices for its failures.
int Search::choose_column(Range range) const {
    const auto floor = [&](int c) {
        return c < range.first || c > range.last ? kClosed : columns_[c].floor;
    };
    int best = range.first;
    int64_t best_choices = 0;
    int64_t best_failures = 0;  // So that any column is better.
    for (int left = range.first, right; left <= range.last; left = right + 1) {
        right = left;
        while (floor(right + 1) == floor(left)) ++right;
        if (floor(left - 1) < floor(left) || floor(right + 1) < floor(left)) continue;
        for (int c = left; c <= right; ++c) {
            const Column &column = columns_[c];
            const bool must_fill = column.floor + column.open_size == capacity_;
            const int64_t choices = 100 * (column.choices - (must_fill ? 1 : 0)) + 1;
            if (best_failures > 0 && choices * best_failures >= best_choices * column.failures) {
                continue;
            }
            best = c;
            best_choices = choices;
            best_failures = column.failures;
        }
    }
    return best;
}

int Search::choose_item(int column) const {
    int best = -1;
    double best_priority = -1;
    for (const int item : columns_[column].items) {
        if (is_placed_[item] || level_[item] != columns_[column].floor) continue;
        const double priority = priority_[item] * edge_factor(problem_.items[item]);
        if (priority <= best_priority) continue;
        best = item;
        best_priority = priority;
    }
    return best;
}

// Items that touch a wall of their valley leave no narrow gap beside them.
double Search::edge_factor(const Item &item) const {
    const auto floor = [&](int c) {
        return c < 0 || c >= problem_.columns ? kClosed : columns_[c].floor;
    };
    const double left = floor(item.life.first - 1) > floor(item.life.first) ? 4 : 1;
    const double right = floor(item.life.last + 1) > floor(item.life.last) ? 4 : 1;
    return left * right;
}

// In a valley nothing that is still open can come to lie under the item's level.
bool Search::is_supported(int item) const {
    int64_t top = 0;
    const Range life = problem_.items[item].life;
    for (int c = life.first; c <= life.last; ++c) top = std::max(top, columns_[c].top);
    return level_[item] == top;
}

bool Search::place(int item) {
    const auto [size, life] = problem_.items[item];
    const int64_t top = level_[item] + size;
    is_placed_[item] = true;
    placed_.push_back(item);
    Range touched = life;
    for (int c = life.first; c <= life.last; ++c) {
        Column &column = columns_[c];
        set(column.open_size, column.open_size - size);
        set(column.top, top);
        if (c < life.last) set(column.bridges, column.bridges - 1);
        for (const int other : column.items) {
            if (is_placed_[other] || level_[other] >= top) continue;
            set(level_[other], top);
            touched.first = std::min(touched.first, problem_.items[other].life.first);
            touched.last = std::max(touched.last, problem_.items[other].life.last);
        }
    }
    return refresh(touched) && order_twins(item);
}

// Items of the same lifetime that should lie below the one just placed must not lie on it.
bool Search::order_twins(int below) {
    const Item &item = problem_.items[below];
    const int64_t top = level_[below] + item.size;
    for (const int i : columns_[item.life.first].items) {
        const Item &twin = problem_.items[i];
        if (is_placed_[i] || level_[i] != top) continue;
        if (twin.life.first != item.life.first || twin.life.last != item.life.last) continue;
        const bool is_in_order = twin.size != item.size ? twin.size < item.size : i > below;
        if (!is_in_order && !refuse(i)) return false;
    }
    return true;
}

// The item does not lie at its level, so it must lie on something that is still open.
bool Search::refuse(int item) {
    const auto [size, life] = problem_.items[item];
    int64_t support = 0;
    int64_t lowest_level = kClosed;
    int64_t lowest_top = kClosed;
    for (int c = life.first; c <= life.last; ++c) {
        support = std::max(support, columns_[c].top);
        for (const int other : columns_[c].items) {
            if (is_placed_[other] || other == item) continue;
            lowest_level = std::min(lowest_level, level_[other]);
            lowest_top = std::min(lowest_top, level_[other] + problem_.items[other].size);
        }
    }
    const bool leaves_its_own_hole = support + size <= lowest_level;
    if (lowest_top == kClosed || leaves_its_own_hole) return false;
    set(level_[item], std::max(level_[item] + 1, lowest_top));
    return refresh(life);
}

Search::Bottom Search::bottom_of(const Column &column) const {
    Bottom bottom{.floor = kClosed, .next_floor = kClosed, .choices = 0, .choices_size = 0};
    for (const int item : column.items) {
        if (is_placed_[item]) continue;
        const int64_t level = level_[item];
        if (level < bottom.floor) {
            bottom = {.floor = level, .next_floor = bottom.floor, .choices = 0, .choices_size = 0};
        }
        if (level == bottom.floor) {
            ++bottom.choices;
            bottom.choices_size += problem_.items[item].size;
        } else {
            bottom.next_floor = std::min(bottom.next_floor, level);
        }
    }
    return bottom;
}

// How high the column must get: what lies at the floor may not reach up to all the rest.
int64_t Search::height_of(const Column &column, const Bottom &bottom) const {
    if (bottom.floor == kClosed) return 0;
    const int64_t top = bottom.floor + bottom.choices_size;
    if (bottom.next_floor == kClosed) return top;
    return std::max(top, bottom.next_floor) + column.open_size - bottom.choices_size;
}

// Brings floors up to date; false when a column can no longer hold what it has to.
bool Search::refresh(Range range) {
    for (int c = range.first; c <= range.last; ++c) {
        Column &column = columns_[c];
        const Bottom bottom = bottom_of(column);
        set(column.floor, bottom.floor);
        set(column.choices, bottom.choices);
        if (height_of(column, bottom) <= capacity_) continue;
        ++column.failures;
        return false;
    }
    return true;
}

void Search::set(int64_t &where, int64_t value) {
    if (where == value) return;
    saved_.push_back({&where, where});
    where = value;
}

void Search::undo(Mark mark) {
    for (; saved_.size() > mark.saved; saved_.pop_back()) {
        *saved_.back().where = saved_.back().value;
    }
    for (; placed_.size() > mark.placed; placed_.pop_back()) is_placed_[placed_.back()] = false;
}

}  // namespace ingot::codegen
