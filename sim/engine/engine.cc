// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A binary heap of plain events: few components are ever waiting at one time.

#include "sim/engine/engine.h"

#include <algorithm>

namespace ingot::sim {

bool Engine::is_later(const Event &a, const Event &b) {
    return a.time != b.time ? a.time > b.time : a.order > b.order;
}

void Engine::wake_at(Time time, Component &component) {
    queue_.push_back({time, asked_++, &component});
    std::ranges::push_heap(queue_, is_later);
}

void Engine::run_until(Time time) {
    while (next() <= time) {
        std::ranges::pop_heap(queue_, is_later);
        const Event event = queue_.back();
        queue_.pop_back();
        event.component->wake(event.time);
    }
}

}  // namespace ingot::sim
