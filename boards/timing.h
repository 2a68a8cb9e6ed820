// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How many cycles a core takes for its instructions: the cycle table boards/cores/<core>.toml.
// docs/CYCLES.md tells what the numbers mean and where they come from.

#ifndef INGOT_BOARDS_TIMING_H
#define INGOT_BOARDS_TIMING_H

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "boards/document.h"

namespace ingot {

// The rows of instruction_kinds.def.
enum class InstructionKind : uint8_t {
#define INGOT_KIND(name, Name, units, like) k##Name,
#include "boards/instruction_kinds.def"
};

// Parts of a core of which only so many can be started in one cycle.
enum Unit : uint16_t {
    kNoUnit = 0,
    kAluUnit = 1 << 0,
    kShiftUnit = 1 << 1,
    kSimdUnit = 1 << 2,
    kMultiplyUnit = 1 << 3,
    kLoadUnit = 1 << 4,
    kStoreUnit = 1 << 5,
    kBranchUnit = 1 << 6,
    kFloatUnit = 1 << 7,
};
constexpr int kUnits = 8;

struct InstructionKindFacts {
    InstructionKind kind;
    std::string_view name;
    int units;  // A sum of Units.
    InstructionKind like;
};

// All kinds, in the order of the enumeration.
inline constexpr std::array kInstructionKinds = std::to_array<InstructionKindFacts>({
#define INGOT_KIND(name, Name, units, like) \
    {InstructionKind::k##Name, #name, units, InstructionKind::k##like},
#include "boards/instruction_kinds.def"
});

constexpr size_t index_of(InstructionKind kind) { return static_cast<size_t>(kind); }
constexpr std::string_view name_of(InstructionKind kind) {
    return kInstructionKinds[index_of(kind)].name;
}

// What a core does with one kind of instruction. All numbers are cycles.
struct KindTiming {
    bool is_known = false;  // The core has such instructions.
    bool is_alone = false;  // Never issues together with another instruction.
    bool is_first = false;  // Issues together with another only as the earlier of the two.
    int32_t cycles = 1;     // Until the next instruction can issue.
    int32_t each = 0;       // As many more for each register of a list, or group of them.
    int32_t stall = 0;      // As many more until an instruction that needs the result can issue.
    int32_t busy = 1;       // Until the next instruction that needs the same unit can issue.
    int32_t taken = 0;      // As many more if it changes the program counter.
};

// When operands are needed, compared to those of an addition. Cycles.
struct OperandTiming {
    int32_t address_early = 0;  // Addresses of loads and stores.
    int32_t shifted_early = 0;  // Operands that are shifted on their way.
    int32_t data_late = 0;      // Data to be stored.
    int32_t addend_late = 0;    // What a multiply-accumulate adds to.
    int32_t float_addend_late = 0;
    int32_t flags_late = 0;  // Of conditional branches.
};

// A loop that finds `bits_per_cycle` bits of the quotient in each cycle, and skips leading zeros.
// 0 bits: the time does not depend on the operands.
struct DivideTiming {
    int32_t bits_per_cycle = 0;
    int32_t cycles_max = 0;
};

// Guesses conditional branches. With no entries nothing is guessed: `taken` of the kind is paid by
// each branch that is taken.
struct PredictorTiming {
    int32_t entries = 0;         // Two-bit counters, found by the branch's address.
    int32_t missed_cycles = 0;   // Paid by a branch that went the other way.
    int32_t guessed_cycles = 0;  // Paid by a branch that was rightly guessed as taken.
};

struct CoreTiming {
    std::string name;  // "cortex_m4"
    std::string summary;
    int32_t issue_width = 1;  // Instructions that can issue in one cycle.
    // A load or store right behind a load to whose result its address owes nothing is this much
    // shorter, but never shorter than one cycle.
    int32_t overlap_cycles = 0;
    // A branch to an instruction of four bytes that does not lie on a word is this much longer.
    int32_t unaligned_target_cycles = 0;
    int32_t registers_per_cycle = 1;      // Of a list.
    bool has_narrow_pairs_only = false;   // Only instructions of two bytes issue together.
    bool has_folded_if_then = false;      // IT takes no time behind an instruction of two bytes.
    std::array<int32_t, kUnits> units{};  // How many there are of each, by bit number.
    OperandTiming operands;
    DivideTiming divide;
    PredictorTiming predictor;
    std::array<KindTiming, kInstructionKinds.size()> kinds;
    std::vector<Provenance> provenance;

    const KindTiming &of(InstructionKind kind) const { return kinds[index_of(kind)]; }
};

// Where the table of a core lies, given the folder of board descriptions.
std::string timing_path(const std::string &boards, const std::string &core);

// Reads a table. Errors: FileMissing, BoardUnreadable, BoardUnsourced, BoardInvalid.
Result<CoreTiming> read_timing(const std::string &path);

}  // namespace ingot

#endif
