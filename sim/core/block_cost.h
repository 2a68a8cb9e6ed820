// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a basic block costs on a core with a pipeline in order, from its cycle table. Memory is
// taken to answer at once; wait states and caches are the bus's to add. docs/CYCLES.md states the
// model.

#ifndef INGOT_SIM_CORE_BLOCK_COST_H
#define INGOT_SIM_CORE_BLOCK_COST_H

#include <cstdint>
#include <span>
#include <vector>

#include "boards/timing.h"
#include "sim/core/instruction.h"

namespace ingot::sim {

// An instruction that costs more than its block says, depending on what happens at run time.
struct Dynamic {
    enum class Reason : uint8_t {
        kDivide,      // Add divide_cycles() of its operands when it executes.
        kPredicated,  // Add extra_cycles when it executes; an IT block may skip it.
    };
    Reason reason = Reason::kDivide;
    bool is_signed = false;
    bool is_predicated = false;  // Of a division: it may stand in an IT block as well.
    uint8_t dividend = 0;        // Numbers of the registers that a division reads.
    uint8_t divisor = 0;
    uint8_t bytes_loaded = 0;  // Moved when a predicated instruction executes.
    uint8_t bytes_stored = 0;
    uint32_t index = 0;  // In the block.
    uint32_t address = 0;
    uint32_t extra_cycles = 0;
};

// Each time a block executes, a machine adds: entry_cycles if a jump led to it; cycles; what the
// hooks of its dynamic instructions say; and of a conditional branch at its end, taken_cycles if it
// went, and what BranchPredictor::file() answers.
struct BlockCost {
    uint32_t instructions = 0;
    uint32_t unknown = 0;       // Of these: not decoded; one cycle each.
    uint32_t cycles = 0;        // When left by falling through; jumps that always go are in here.
    uint32_t taken_cycles = 0;  // More, when a conditional branch at its end goes.
    uint32_t entry_cycles = 0;  // More, when a jump leads to it.
    uint32_t bytes_loaded = 0;  // Of the instructions that always execute.
    uint32_t bytes_stored = 0;
    uint8_t dependents = 0;       // Instructions of an IT block that its end leaves open.
    uint32_t branch_address = 0;  // Of the conditional branch at its end; else 0.
    std::vector<uint32_t> cycles_before = {};  // Of each instruction: the cycle in which it issues.
    std::vector<Dynamic> dynamic = {};
};

BlockCost cost_of(std::span<const Instruction> block, const CoreTiming &timing);

// Cycles of a division beyond those its block was charged.
uint32_t divide_cycles(uint32_t dividend, uint32_t divisor, bool is_signed,
                       const CoreTiming &timing);

}  // namespace ingot::sim

#endif
