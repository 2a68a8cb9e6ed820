// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Decodes blocks, and carries the state of Thumb's IT instruction from one instruction to the next.

#include "sim/core/instruction.h"

namespace ingot::sim {
namespace {

// Of an IT instruction, the number of instructions that follow it and depend on its condition; 0 of
// any other instruction. The position of the lowest set bit of its mask tells.
uint8_t dependents_of(std::span<const uint8_t> bytes) {
    const int mask = bytes[0] & 0xf;
    const bool is_if_then = bytes[1] == 0xbf && mask != 0;
    if (!is_if_then) return 0;
    return mask & 1 ? 4 : mask & 2 ? 3 : mask & 4 ? 2 : 1;
}

// An instruction in an IT block reads the flags, and one of two bytes leaves them alone unless it
// exists to set them.
Instruction predicated(Instruction instruction) {
    const bool is_comparison = (instruction.writes & ~kFlags) == 0;
    instruction.is_predicated = true;
    instruction.is_conditional = instruction.is_branch;
    instruction.reads |= kFlags;
    if (instruction.bytes == 2 && !is_comparison) instruction.writes &= ~kFlags;
    return instruction;
}

}  // namespace

std::optional<Instruction> decode(Isa isa, std::span<const uint8_t> bytes, uint32_t address) {
    return isa == Isa::kThumb ? decode_arm(bytes, address) : decode_riscv(bytes, address);
}

std::string disassemble(Isa isa, std::span<const uint8_t> bytes, uint32_t address) {
    return isa == Isa::kThumb ? disassemble_arm(bytes, address) : disassemble_riscv(bytes);
}

std::vector<Instruction> decode_block(Isa isa, std::span<const uint8_t> bytes, uint32_t address,
                                      uint8_t dependents) {
    std::vector<Instruction> block;
    while (const std::optional<Instruction> next = decode(isa, bytes, address)) {
        block.push_back(dependents > 0 ? predicated(*next) : *next);
        if (dependents > 0) --dependents;
        if (next->kind == kIfThen) dependents = dependents_of(bytes);
        block.back().dependents = dependents;
        bytes = bytes.subspan(next->bytes);
        address += next->bytes;
    }
    return block;
}

}  // namespace ingot::sim
