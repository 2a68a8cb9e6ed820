// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A scoreboard: instructions issue in order, as soon as their operands and units are ready.

#include "sim/core/block_cost.h"

#include <algorithm>
#include <array>
#include <bit>

namespace ingot::sim {
namespace {

// When what a block finds was computed: early enough to be ready for anything.
constexpr int32_t kLongAgo = -1000;

bool is_single_load(InstructionKind kind) {
    return kind == kLoad || kind == kLoadNarrow || kind == kLoadExclusive;
}

bool is_single_access(InstructionKind kind) {
    return is_single_load(kind) || kind == kStore || kind == kStoreIndexed ||
           kind == kStoreExclusive;
}

bool is_float(InstructionKind kind) { return kind >= kFloatMove && kind <= kDoubleRoot; }

// Cycles of an instruction by itself, all of whose registers are moved.
int32_t own_cycles(const Instruction &instruction, const CoreTiming &timing) {
    const KindTiming &kind = timing.of(instruction.kind);
    const int32_t per_cycle = timing.registers_per_cycle;
    const int32_t groups = (instruction.list_length + per_cycle - 1) / per_cycle;
    return kind.cycles + kind.each * groups;
}

class Pipeline {
public:
    explicit Pipeline(const CoreTiming &timing) : timing_(timing) { ready_.fill(kLongAgo); }

    // Issues the next instruction, and answers the cycle in which it does.
    int32_t issue(const Instruction &instruction) {
        const bool joins = can_join(instruction);
        const int32_t start = joins ? start_ : std::max(free_, ready(instruction));
        const int32_t cycles = joins ? 1 : occupancy(instruction);
        if (!joins) units_used_.fill(0);
        is_pair_ = joins;
        start_ = start;
        free_ = std::max(joins ? free_ : 0, start + cycles);
        reserve(instruction);
        file_results(instruction, start + cycles);
        previous_ = &instruction;
        return start;
    }

    // The cycle in which an instruction behind the last one could issue.
    int32_t end() const { return free_; }

private:
    // Cycles for which the instruction keeps the next one waiting.
    int32_t occupancy(const Instruction &instruction) const {
        if (instruction.is_predicated) return 1;  // What more it takes depends on whether it runs.
        if (is_folded(instruction)) return 0;
        const int32_t cycles = own_cycles(instruction, timing_);
        return overlaps(instruction) ? std::max(1, cycles - timing_.overlap_cycles) : cycles;
    }

    // Whether a load or store runs into the shadow of the load before it.
    bool overlaps(const Instruction &instruction) const {
        if (!previous_ || previous_->is_predicated) return false;
        const Registers loaded = previous_->writes & ~previous_->updated;
        return is_single_load(previous_->kind) && is_single_access(instruction.kind) &&
               (loaded & instruction.addresses) == 0;
    }

    bool is_folded(const Instruction &instruction) const {
        return timing_.has_folded_if_then && instruction.kind == kIfThen && previous_ &&
               previous_->bytes == 2;
    }

    // The first cycle in which all operands and units are there.
    int32_t ready(const Instruction &instruction) const {
        const OperandTiming &operands = timing_.operands;
        const int32_t addend_late =
            is_float(instruction.kind) ? operands.float_addend_late : operands.addend_late;
        const Registers late = instruction.stored | instruction.addends;
        const Registers flags =
            instruction.is_conditional ? instruction.reads & kFlags : Registers{0};
        const Registers special = late | instruction.addresses | instruction.shifted | flags;
        return std::max({latest(instruction.reads & ~special),
                         latest(instruction.addresses) + operands.address_early,
                         latest(instruction.shifted) + operands.shifted_early,
                         latest(instruction.stored) - operands.data_late,
                         latest(instruction.addends) - addend_late,
                         latest(flags) - operands.flags_late, units_ready(instruction)});
    }

    int32_t latest(Registers registers) const {
        int32_t cycle = kLongAgo;
        for (; registers != 0; registers &= registers - 1) {
            cycle = std::max(cycle, ready_[std::countr_zero(registers)]);
        }
        return cycle;
    }

    int32_t units_ready(const Instruction &instruction) const {
        int32_t cycle = 0;
        for_each_unit(instruction, [&](int unit) { cycle = std::max(cycle, unit_free_[unit]); });
        return cycle;
    }

    // Whether the instruction can issue in the cycle of the one before it.
    bool can_join(const Instruction &instruction) const {
        if (timing_.issue_width < 2 || !previous_ || is_pair_) return false;
        const KindTiming &first = timing_.of(previous_->kind);
        const KindTiming &second = timing_.of(instruction.kind);
        if (first.is_alone || second.is_alone || second.is_first) return false;
        const bool is_narrow = previous_->bytes == 2 && instruction.bytes == 2;
        if (timing_.has_narrow_pairs_only && !is_narrow) return false;
        bool has_units = true;
        for_each_unit(instruction,
                      [&](int unit) { has_units &= units_used_[unit] < timing_.units[unit]; });
        return has_units && ready(instruction) <= start_;
    }

    void reserve(const Instruction &instruction) {
        const int32_t busy = timing_.of(instruction.kind).busy;
        for_each_unit(instruction, [&](int unit) {
            ++units_used_[unit];
            if (busy > 1) unit_free_[unit] = start_ + busy;
        });
    }

    void file_results(const Instruction &instruction, int32_t end) {
        const int32_t stall = timing_.of(instruction.kind).stall;
        for (Registers left = instruction.writes; left != 0; left &= left - 1) {
            const Registers bit = left & (~left + 1);
            const bool is_update = (instruction.updated & bit) != 0;
            ready_[std::countr_zero(bit)] = is_update ? start_ : end + stall;
        }
    }

    template <class Action>
    void for_each_unit(const Instruction &instruction, Action &&action) const {
        const auto units =
            static_cast<unsigned>(kInstructionKinds[index_of(instruction.kind)].units);
        for (unsigned left = units; left != 0; left &= left - 1) action(std::countr_zero(left));
    }

    const CoreTiming &timing_;
    const Instruction *previous_ = nullptr;
    bool is_pair_ = false;           // The last instruction issued together with the one before it.
    int32_t start_ = 0;              // The cycle in which the last instruction issued.
    int32_t free_ = 0;               // The first one in which the next can.
    std::array<int32_t, 64> ready_;  // Of each register: the first cycle in which it can be read.
    std::array<int32_t, kUnits> unit_free_{};
    std::array<int32_t, kUnits> units_used_{};  // In cycle start_.
};

// What executing a predicated instruction takes beyond the cycle in which it issues.
Dynamic dynamic_of(const Instruction &instruction, const CoreTiming &timing) {
    const int32_t cycles = own_cycles(instruction, timing);
    const bool is_divide = instruction.kind == kDivide;
    return {.reason = is_divide ? Dynamic::Reason::kDivide : Dynamic::Reason::kPredicated,
            .is_signed = instruction.is_signed,
            .is_predicated = instruction.is_predicated,
            .dividend = instruction.dividend,
            .divisor = instruction.divisor,
            .bytes_loaded = instruction.is_predicated ? instruction.bytes_loaded : uint8_t{0},
            .bytes_stored = instruction.is_predicated ? instruction.bytes_stored : uint8_t{0},
            .address = instruction.address,
            .extra_cycles =
                static_cast<uint32_t>(instruction.is_predicated ? std::max(0, cycles - 1) : 0)};
}

bool is_dynamic(const Dynamic &dynamic, const CoreTiming &timing) {
    const bool varies =
        dynamic.reason == Dynamic::Reason::kDivide && timing.divide.bits_per_cycle > 0;
    return varies || dynamic.extra_cycles > 0 || dynamic.bytes_loaded + dynamic.bytes_stored > 0;
}

// What a jump to the instruction costs for where it lies.
int32_t entry_cycles(const Instruction &first, const CoreTiming &timing) {
    const bool is_split = first.bytes == 4 && first.address % 4 != 0;
    return is_split ? timing.unaligned_target_cycles : 0;
}

// Files what the last instruction costs if it changes the program counter.
void add_jump(BlockCost &cost, const Instruction &last, const CoreTiming &timing) {
    const auto taken = static_cast<uint32_t>(timing.of(last.kind).taken);
    if (!last.is_conditional) {
        cost.cycles += taken;
        return;
    }
    cost.taken_cycles = taken;
    cost.branch_address = last.address;
}

}  // namespace

BlockCost cost_of(std::span<const Instruction> block, const CoreTiming &timing) {
    BlockCost cost{.instructions = static_cast<uint32_t>(block.size())};
    Pipeline pipeline(timing);
    for (const Instruction &instruction : block) {
        cost.cycles_before.push_back(static_cast<uint32_t>(pipeline.issue(instruction)));
        cost.unknown += instruction.kind == kUnknown;
        Dynamic dynamic = dynamic_of(instruction, timing);
        dynamic.index = static_cast<uint32_t>(cost.cycles_before.size() - 1);
        if (is_dynamic(dynamic, timing)) cost.dynamic.push_back(dynamic);
        if (instruction.is_predicated) continue;
        cost.bytes_loaded += instruction.bytes_loaded;
        cost.bytes_stored += instruction.bytes_stored;
    }
    cost.cycles = static_cast<uint32_t>(pipeline.end());
    if (block.empty()) return cost;
    cost.entry_cycles = static_cast<uint32_t>(entry_cycles(block.front(), timing));
    cost.dependents = block.back().dependents;
    if (block.back().is_branch) add_jump(cost, block.back(), timing);
    return cost;
}

uint32_t divide_cycles(uint32_t dividend, uint32_t divisor, bool is_signed,
                       const CoreTiming &timing) {
    const DivideTiming &divide = timing.divide;
    const auto magnitude = [&](uint32_t value) {
        return is_signed && static_cast<int32_t>(value) < 0 ? 0 - value : value;
    };
    const int bits = std::bit_width(magnitude(dividend)) - std::bit_width(magnitude(divisor)) + 1;
    if (divide.bits_per_cycle == 0 || divisor == 0 || bits <= 0) return 0;
    const int32_t loops = (bits + divide.bits_per_cycle - 1) / divide.bits_per_cycle;
    return static_cast<uint32_t>(
        std::clamp(loops, 0, divide.cycles_max - timing.of(kDivide).cycles));
}

}  // namespace ingot::sim
