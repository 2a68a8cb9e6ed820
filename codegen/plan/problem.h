// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The planner's own view of the problem: sizes in whole units, lifetimes as ranges of columns.

#ifndef INGOT_CODEGEN_PLAN_PROBLEM_H
#define INGOT_CODEGEN_PLAN_PROBLEM_H

#include <cstdint>
#include <vector>

namespace ingot::codegen {

// Both ends belong to the range.
struct Range {
    int first;
    int last;
};

struct Item {
    int64_t size;  // In units; 1 or more.
    Range life;    // In columns, once compressed; in steps before.
};

// A column is a set of items that live together and that no other such set contains. Two items
// share a column exactly when they share a step, so columns are all that a plan depends on; there
// are at most as many as items, however long the program is.
struct Problem {
    std::vector<Item> items;
    int columns = 0;
};

Problem compress(std::vector<Item> items);

inline bool meet(Range a, Range b) { return a.first <= b.last && b.first <= a.last; }

// The sum of sizes in each column. The largest is a lower bound of the arena.
std::vector<int64_t> loads(const Problem &problem);

// Where the highest item ends.
int64_t height(const Problem &problem, const std::vector<int64_t> &offsets);

}  // namespace ingot::codegen

#endif
