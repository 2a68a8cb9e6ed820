// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Says what a simulated program did wrong: where, called from where, and what. The program is in
// error, so nothing that its registers say is taken for granted.

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/processor.h"

namespace ingot::sim {
namespace {

// An access this near to the stack pointer is meant for the stack, if a memory that could hold one
// is not farther away than that.
constexpr uint32_t kStackReach = 1024;
constexpr int64_t kMemoryReach = 1 << 16;

bool is_near_stack(const Board &board, uint32_t address, uint32_t stack) {
    if (address - stack + kStackReach >= 2 * kStackReach) return false;
    return std::ranges::any_of(board.memories, [&](const Memory &memory) {
        const auto before = static_cast<int64_t>(memory.address) - address;
        return memory.is_writable && before <= kMemoryReach &&
               -before - memory.bytes <= kMemoryReach;
    });
}

const char *verb_of(AccessKind kind) { return kind == AccessKind::kRead ? "read" : "wrote"; }

}  // namespace

// The emulator cannot be told to fail, only to stop: the run then ends with this.
void Processor::fail_with(Diagnostic diagnostic) {
    if (!failure_) failure_ = std::move(diagnostic);
    emulator_->stop();
}

RegisterFile Processor::registers() const {
    RegisterFile file{};
    const int count = isa_ == Isa::kThumb ? 16 : 32;
    for (int i = 0; i < count; ++i) file[static_cast<size_t>(i)] = emulator_->reg(i);
    return file;
}

std::string Processor::call_site() const {
    const uint32_t back = return_address();
    return memories_->find(back) >= 0 ? ", called from " + image_.describe_near(back) : "";
}

Diagnostic Processor::fault(Code code, uint32_t address, std::string what) const {
    return {.code = code,
            .where = image_.describe_near(address) + call_site(),
            .what = std::move(what),
            .hint = {}};
}

uint32_t Processor::address_of_access(const Block &block, uint32_t address) const {
    std::vector<uint8_t> code(block.bytes);
    read(block.address, code);
    const auto at = locate_access(isa_, code, block.instructions, address, registers());
    return at ? block.instructions[*at].address : block.address;
}

Diagnostic Processor::access_fault(const Ending &ending) const {
    if (ending.access == AccessKind::kFetch) {
        return fault(Code::kProgramFault, ending.address, "jumped to where no code is");
    }
    const uint32_t pc = faulted_ ? address_of_access(*faulted_, ending.address) : program_counter();
    const bool is_stack = is_near_stack(board_, ending.address, stack_pointer());
    return fault(
        is_stack ? Code::kStackOverflow : Code::kUnmappedAccess, pc,
        fmt::format("{} {} B at {:#010x}, {}", verb_of(ending.access), ending.bytes, ending.address,
                    is_stack                                  ? "past the end of its stack"
                    : ending.kind == Ending::Kind::kProtected ? "which is read-only"
                                                              : "where the board has nothing"));
}

Diagnostic Processor::missing_fault(const Instruction &instruction) const {
    std::vector<uint8_t> code(instruction.bytes);
    read(instruction.address, code);
    return fault(Code::kProgramFault, instruction.address,
                 fmt::format("ran into `{}`, which {} does not have",
                             disassemble(isa_, code, instruction.address), board_.core.name));
}

Diagnostic Processor::fault_of(const Ending &ending) const {
    switch (ending.kind) {
        case Ending::Kind::kUnmapped:
        case Ending::Kind::kProtected:
            return access_fault(ending);
        case Ending::Kind::kUnaligned:
            return fault(Code::kProgramFault, program_counter(),
                         "accessed an address that is not aligned");
        default:
            return fault(Code::kProgramFault, program_counter(),
                         "ran into an instruction that the core does not have");
    }
}

}  // namespace ingot::sim
