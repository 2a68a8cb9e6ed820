// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The blocks of a program that have run: decoded and costed once, counted each time.

#ifndef INGOT_SIM_BLOCK_TABLE_H
#define INGOT_SIM_BLOCK_TABLE_H

#include <cstdint>
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

#include "sim/core/block_cost.h"
#include "sim/core/image.h"
#include "sim/core/instruction.h"

namespace ingot::sim {

struct Block {
    uint32_t address = 0;
    uint32_t bytes = 0;
    BlockCost cost;
    std::vector<Instruction> instructions;
    std::vector<uint8_t> code;  // Of blocks in memory that can be written; empty otherwise.

    bool is_function = false;              // A function of the program begins here.
    bool is_endless = false;               // It only jumps to itself.
    bool may_unmask = false;               // It may allow interrupts that had to wait.
    const Instruction *missing = nullptr;  // One of them that the core does not have.
    bool is_hooked = false;  // Its instructions with costs of their own are asked for.

    int64_t executions = 0;
    int64_t unexecuted = 0;  // Instructions of these that fell asleep in the middle.
    int64_t cycles = 0;      // Of all executions, with everything that was waited for.

    uint32_t end() const { return address + bytes; }
};

class BlockTable {
public:
    // Blocks between `first` and `last` are found by index, others by hash.
    BlockTable(uint32_t first, uint32_t last) : first_(first), index_((last - first) / 2) {}

    // The block, or null when it has not been seen, or has changed its length.
    Block *find(uint32_t address, uint32_t bytes) {
        Block *block = at(address);
        return block && block->bytes == bytes ? block : nullptr;
    }

    // The block that begins here; null: none has run.
    Block *at(uint32_t address) {
        const uint32_t offset = address - first_;
        if (offset / 2 < index_.size()) return index_[offset / 2];
        const auto found = others_.find(address);
        return found == others_.end() ? nullptr : found->second;
    }

    Block &add(Block block) {
        blocks_.push_back(std::move(block));
        Block &added = blocks_.back();
        const uint32_t offset = added.address - first_;
        if (offset / 2 < index_.size()) {
            index_[offset / 2] = &added;
        } else {
            others_[added.address] = &added;
        }
        return added;
    }

    void clear_counts() {
        for (Block &block : blocks_) block.executions = block.unexecuted = block.cycles = 0;
    }

    const std::deque<Block> &blocks() const { return blocks_; }

private:
    uint32_t first_;
    std::vector<Block *> index_;
    std::unordered_map<uint32_t, Block *> others_;
    std::deque<Block> blocks_;
};

}  // namespace ingot::sim

#endif
