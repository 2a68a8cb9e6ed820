// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// From steps to columns.

#include "codegen/plan/problem.h"

#include <algorithm>
#include <tuple>

namespace ingot::codegen {
namespace {

struct Event {
    int64_t step;
    bool is_birth;  // Deaths come first: what ends before a step does not meet what begins at it.
    size_t item;
};

std::vector<Event> events_of(const std::vector<Item> &items) {
    std::vector<Event> events;
    for (size_t i = 0; i < items.size(); ++i) {
        events.push_back({items[i].life.first, true, i});
        events.push_back({int64_t{items[i].life.last} + 1, false, i});
    }
    std::ranges::sort(events, {}, [](const Event &event) {
        return std::tuple(event.step, event.is_birth, event.item);
    });
    return events;
}

}  // namespace

Problem compress(std::vector<Item> items) {
    Problem problem;
    bool has_grown = false;  // A set is largest when a death follows a birth.
    for (const Event &event : events_of(items)) {
        if (!event.is_birth && has_grown) ++problem.columns;
        has_grown = event.is_birth;
        Range &life = items[event.item].life;
        (event.is_birth ? life.first : life.last) = problem.columns - (event.is_birth ? 0 : 1);
    }
    problem.items = std::move(items);
    return problem;
}

std::vector<int64_t> loads(const Problem &problem) {
    std::vector<int64_t> load(problem.columns);
    for (const Item &item : problem.items) {
        for (int c = item.life.first; c <= item.life.last; ++c) load[c] += item.size;
    }
    return load;
}

int64_t height(const Problem &problem, const std::vector<int64_t> &offsets) {
    int64_t highest = 0;
    for (size_t i = 0; i < problem.items.size(); ++i) {
        highest = std::max(highest, offsets[i] + problem.items[i].size);
    }
    return highest;
}

}  // namespace ingot::codegen
