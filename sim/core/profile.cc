// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT

#include "sim/core/profile.h"

#include <algorithm>

namespace ingot::sim {
namespace {

Cycles operator-(const Cycles &a, const Cycles &b) {
    return {.compute = a.compute - b.compute,
            .fetch = a.fetch - b.fetch,
            .data = a.data - b.data,
            .arbitration = a.arbitration - b.arbitration,
            .sleep = a.sleep - b.sleep};
}

void add(Cycles &sum, const Cycles &more) {
    sum.compute += more.compute;
    sum.fetch += more.fetch;
    sum.data += more.data;
    sum.arbitration += more.arbitration;
    sum.sleep += more.sleep;
}

}  // namespace

Profile::Profile(const std::vector<StepPlace> &steps) : costs_(steps.size()) {
    for (size_t i = 0; i < steps.size(); ++i) {
        step_of_params_[steps[i].params] = i;
        kernels_[steps[i].kernel] = true;
    }
}

void Profile::enter(uint32_t params, uint32_t return_address, const Snapshot &now) {
    const auto step = step_of_params_.find(params);
    if (step == step_of_params_.end()) return;
    if (step_) leave(now);
    step_ = step->second;
    begin_ = now;
    return_address_ = return_address;
    StepCost &cost = costs_[*step_];
    if (cost.calls++ == 0) cost.first_cycle = now.cycles.total();
}

void Profile::leave(const Snapshot &now) {
    if (!step_) return;
    StepCost &cost = costs_[*step_];
    add(cost.cycles, now.cycles - begin_.cycles);
    cost.instructions += now.instructions - begin_.instructions;
    cost.traffic.resize(now.traffic.size());
    for (size_t m = 0; m < now.traffic.size(); ++m) {
        cost.traffic[m].bytes_read += now.traffic[m].bytes_read - begin_.traffic[m].bytes_read;
        cost.traffic[m].bytes_written +=
            now.traffic[m].bytes_written - begin_.traffic[m].bytes_written;
    }
    step_.reset();
    return_address_ = kNone;
}

void Profile::clear() {
    std::ranges::fill(costs_, StepCost{});
    step_.reset();
    return_address_ = kNone;
}

}  // namespace ingot::sim
