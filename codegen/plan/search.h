// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Is there a plan of a given height? Branch and bound, with a proof when the answer is no.

#ifndef INGOT_CODEGEN_PLAN_SEARCH_H
#define INGOT_CODEGEN_PLAN_SEARCH_H

#include <cstdint>
#include <random>
#include <vector>

#include "codegen/plan/problem.h"

namespace ingot::codegen {

// The plan grows from the bottom. Each item that is not placed yet has a level, the lowest offset
// that is still possible for it; each column has a floor, the lowest level in it. A column fails
// when its floor, all that it has still to hold, and gaps that nothing can fill exceed the
// capacity.
//
// The search picks a column in a valley of the floors and one of the items whose level is that
// floor. Either the item lies exactly there, which lifts the levels of all it meets; or it does
// not, which lifts its own. Columns that no open item connects any more are searched separately.
//
// Of all plans only those are searched that minimise the sum of offset times size squared. In such
// a plan every item lies on the bottom or on another item, no item could drop into a hole, and of
// two items with one lifetime that lie on each other, the larger is below.
class Search {
public:
    enum class Outcome { kFound, kImpossible, kGaveUp };

    explicit Search(const Problem &problem);

    // The capacity must be at least the largest load.
    Outcome run(int64_t capacity, int64_t nodes_max);

    // Per item, after kFound.
    const std::vector<int64_t> &offsets() const { return level_; }
    int64_t nodes() const { return nodes_; }

private:
    struct Column {
        std::vector<int> items;
        int64_t floor = 0;      // The lowest level of an open item; kClosed when there is none.
        int64_t choices = 0;    // Open items whose level is the floor.
        int64_t open_size = 0;  // The sum of sizes of open items.
        int64_t bridges = 0;    // Open items that live in the next column, too.
        int64_t top = 0;        // Of the highest placed item.
        int64_t failures = 1;   // How often this column failed; kept from round to round.
    };
    struct Bottom {
        int64_t floor;
        int64_t next_floor;    // The lowest level above the floor; kClosed when there is none.
        int64_t choices;       // As in Column.
        int64_t choices_size;  // The sum of their sizes.
    };
    struct Saved {
        int64_t *where;
        int64_t value;
    };
    struct Mark {
        size_t saved;
        size_t placed;
    };

    void start_round(bool is_first);
    bool solve(Range range);
    bool solve_parts(Range range);
    int choose_column(Range range) const;
    int choose_item(int column) const;
    double edge_factor(const Item &item) const;
    bool is_supported(int item) const;
    bool place(int item);
    bool order_twins(int below);
    bool refuse(int item);
    Bottom bottom_of(const Column &column) const;
    int64_t height_of(const Column &column, const Bottom &bottom) const;
    bool refresh(Range range);
    void set(int64_t &where, int64_t value);
    void undo(Mark mark);

    const Problem &problem_;
    std::vector<Column> columns_;
    std::vector<int64_t> level_;
    std::vector<bool> is_placed_;
    std::vector<int> placed_;       // In the order of placement.
    std::vector<Saved> saved_;      // What to restore, oldest first.
    std::vector<double> priority_;  // Per item; the highest is tried first.
    std::mt19937 random_;  // Of the standard, so that every machine draws the same numbers.
    int64_t capacity_ = 0;
    int64_t nodes_ = 0;
    int64_t nodes_end_ = 0;
    bool is_stopped_ = false;
};

}  // namespace ingot::codegen

#endif
