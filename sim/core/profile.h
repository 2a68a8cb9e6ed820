// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Who spent it: cycles, instructions and bytes of each step of a model. A step begins when the core
// enters its kernel with the address of its params as first argument, and ends where that call
// returns to; the firmware knows nothing of it.

#ifndef INGOT_SIM_PROFILE_H
#define INGOT_SIM_PROFILE_H

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "sim/engine/engine.h"
#include "sim/report/report.h"

namespace ingot::sim {

// The state of all counters at one moment.
struct Snapshot {
    Cycles cycles;
    int64_t instructions = 0;
    std::vector<Traffic> traffic;   // Per memory.
    std::optional<Time> time = {};  // Of a run whose clock was not always the board's.
};

// What a step cost, over all its calls.
struct StepCost {
    int64_t calls = 0;
    int64_t first_cycle = 0;
    Cycles cycles;
    int64_t instructions = 0;
    std::vector<Traffic> traffic;
};

// A step of the model in the simulated memory.
struct StepPlace {
    uint32_t kernel = 0;  // Address of the function, without the Thumb bit.
    uint32_t params = 0;
};

class Profile {
public:
    Profile() = default;
    explicit Profile(const std::vector<StepPlace> &steps);

    // Whether a function is a kernel of the model.
    bool is_kernel(uint32_t address) const { return kernels_.contains(address); }

    // A kernel was entered with these params, to return to that address.
    void enter(uint32_t params, uint32_t return_address, const Snapshot &now);

    // The core reached the address that the step in progress returns to.
    void leave(const Snapshot &now);
    uint32_t return_address() const { return return_address_; }  // 1, no address: none in progress.

    const std::vector<StepCost> &costs() const { return costs_; }
    void clear();

private:
    static constexpr uint32_t kNone = 1;

    std::unordered_map<uint32_t, size_t> step_of_params_;
    std::unordered_map<uint32_t, bool> kernels_;
    std::vector<StepCost> costs_;
    std::optional<size_t> step_;
    Snapshot begin_;
    uint32_t return_address_ = kNone;
};

}  // namespace ingot::sim

#endif
