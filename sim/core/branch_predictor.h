// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Guesses conditional branches by what each did before, with two-bit counters.

#ifndef INGOT_SIM_CORE_BRANCH_PREDICTOR_H
#define INGOT_SIM_CORE_BRANCH_PREDICTOR_H

#include <cstdint>
#include <vector>

#include "boards/timing.h"

namespace ingot::sim {

class BranchPredictor {
public:
    // Of a core without a predictor, which costs nothing and guesses nothing.
    BranchPredictor() = default;

    explicit BranchPredictor(const PredictorTiming &timing)
        : timing_(timing), counters_(static_cast<size_t>(timing.entries), kUnlikely) {}

    bool is_there() const { return !counters_.empty(); }

    // Files which way the branch at that address went, and answers the cycles that this took
    // beyond BlockCost. Branches whose addresses differ by the table's size share a counter.
    uint32_t file(uint32_t address, bool is_taken) {
        if (counters_.empty()) return 0;
        uint8_t &counter = counters_[address / 2 % counters_.size()];
        const bool is_guessed_taken = counter > kUnlikely;
        if (is_taken && counter < kCertain) ++counter;
        if (!is_taken && counter > 0) --counter;
        if (is_guessed_taken != is_taken) return static_cast<uint32_t>(timing_.missed_cycles);
        return is_taken ? static_cast<uint32_t>(timing_.guessed_cycles) : 0;
    }

private:
    static constexpr uint8_t kUnlikely = 1;  // 0..1 guess that it stays, 2..3 that it goes.
    static constexpr uint8_t kCertain = 3;

    PredictorTiming timing_;
    std::vector<uint8_t> counters_;
};

}  // namespace ingot::sim

#endif
