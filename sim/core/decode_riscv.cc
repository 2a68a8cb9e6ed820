// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Decodes RISC-V by a table of its instructions.

#include <fmt/format.h>

#include "sim/core/instruction.h"
#include "sim/core/riscv_instructions.h"

namespace ingot::sim {
namespace {

// The two lowest bits tell whether an instruction has two bytes or four.
uint8_t length_of(std::span<const uint8_t> bytes) { return (bytes[0] & 3) == 3 ? 4 : 2; }

bool is_whole(std::span<const uint8_t> bytes) {
    return bytes.size() >= 2 && bytes.size() >= length_of(bytes);
}

uint32_t word_of(std::span<const uint8_t> bytes) {
    uint32_t word = 0;
    for (int i = length_of(bytes) - 1; i >= 0; --i) word = word << 8 | bytes[i];
    return word;
}

const RiscvInstruction *find(uint32_t word) {
    for (const RiscvInstruction &row : kRiscvInstructions) {
        if ((row.value & 3) == 3 && (word & 3) != 3) continue;
        if ((word & row.mask) == row.value) return &row;
    }
    return nullptr;
}

struct Operand {
    char letter;
    int shift;  // Where its number lies in the instruction.
    int bits;
    int offset;  // Added to the number.
    bool is_read, is_written;
};
constexpr auto kOperands = std::to_array<Operand>({
    {'d', 7, 5, 0, false, true},
    {'a', 15, 5, 0, true, false},
    {'b', 20, 5, 0, true, false},
    {'c', 27, 5, 0, true, false},
    {'w', 7, 5, 0, false, true},
    {'r', 7, 5, 0, true, false},
    {'u', 7, 5, 0, true, true},
    {'s', 2, 5, 0, true, false},
    {'p', 2, 3, 8, false, true},
    {'q', 2, 3, 8, true, false},
    {'m', 7, 3, 8, true, false},
    {'n', 7, 3, 8, true, true},
    {'x', 0, 0, 2, true, false},
    {'y', 0, 0, 2, false, true},
    {'l', 0, 0, 1, false, true},
});

const Operand &operand_of(char letter) {
    for (const Operand &operand : kOperands) {
        if (operand.letter == (letter | 0x20)) return operand;
    }
    return kOperands.front();
}

bool is_float(char letter) { return letter < 'a'; }

uint32_t number_of(const Operand &operand, uint32_t word) {
    return (word >> operand.shift & ((1u << operand.bits) - 1)) + operand.offset;
}

// x0 is no register: nothing waits for it.
Registers register_of(char letter, uint32_t word) {
    const uint32_t number = number_of(operand_of(letter), word);
    if (is_float(letter)) return Registers{1} << (32 + number);
    return number == 0 ? 0 : Registers{1} << number;
}

// What a load or store reads as its address; the rest of what it reads is stored.
bool is_address(char letter) { return letter == 'a' || letter == 'm' || letter == 'x'; }

bool is_load(InstructionKind kind) {
    return kind == kLoad || kind == kLoadNarrow || kind == kLoadExclusive || kind == kAtomic ||
           kind == kFloatLoad || kind == kFloatLoadDouble;
}

bool is_store(InstructionKind kind) { return !is_load(kind) || kind == kAtomic; }

void file_operands(Instruction &instruction, const RiscvInstruction &row, uint32_t word) {
    for (const char letter : row.operands) {
        const Operand &operand = operand_of(letter);
        const Registers reg = register_of(letter, word);
        if (operand.is_read) instruction.reads |= reg;
        if (operand.is_written) instruction.writes |= reg;
        if (letter == 'C') instruction.addends |= reg;  // Only a multiply-accumulate has three.
        if (row.bytes == 0 || !operand.is_read) continue;
        (is_address(letter) ? instruction.addresses : instruction.stored) |= reg;
    }
}

void file_bytes(Instruction &instruction, int bytes) {
    if (bytes == 0) return;
    instruction.list_length = bytes == 8 ? 2 : 1;
    if (is_load(instruction.kind)) instruction.bytes_loaded = static_cast<uint8_t>(bytes);
    if (is_store(instruction.kind)) instruction.bytes_stored = static_cast<uint8_t>(bytes);
}

Instruction from_row(const RiscvInstruction &row, uint32_t word) {
    Instruction instruction{.kind = row.kind};
    file_operands(instruction, row, word);
    file_bytes(instruction, row.bytes);
    instruction.is_branch = row.kind >= kBranch && row.kind <= kCallRegister;
    instruction.is_conditional = row.kind == kBranchConditional;
    if (row.kind == kDivide) {
        instruction.dividend = static_cast<uint8_t>(number_of(operand_of('a'), word));
        instruction.divisor = static_cast<uint8_t>(number_of(operand_of('b'), word));
        instruction.is_signed = !row.name.ends_with('u');
    }
    return instruction;
}

}  // namespace

std::optional<Instruction> decode_riscv(std::span<const uint8_t> bytes, uint32_t address) {
    if (!is_whole(bytes)) return std::nullopt;
    // A word of zeros is no instruction, although it looks like one.
    const uint32_t word = word_of(bytes);
    const RiscvInstruction *row = word == 0 ? nullptr : find(word);
    Instruction instruction = row ? from_row(*row, word) : Instruction();
    instruction.address = address;
    instruction.bytes = length_of(bytes);
    return instruction;
}

std::string disassemble_riscv(std::span<const uint8_t> bytes) {
    if (!is_whole(bytes)) return "(no whole instruction)";
    const uint32_t word = word_of(bytes);
    const RiscvInstruction *row = word == 0 ? nullptr : find(word);
    const std::string_view name = row ? row->name : "unknown";
    return fmt::format("{} {:0{}x}", name, word, 2 * length_of(bytes));
}

}  // namespace ingot::sim
