// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One decoded instruction: what a cycle table needs to know of it, and nothing of what it computes.

#ifndef INGOT_SIM_CORE_INSTRUCTION_H
#define INGOT_SIM_CORE_INSTRUCTION_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "boards/timing.h"

namespace ingot::sim {

using enum InstructionKind;

enum class Isa : uint8_t {
    kThumb,    // Every Cortex-M: ARMv6-M to ARMv8-M with DSP and floating point, without MVE.
    kRiscV32,  // RV32IMAFDC, Zicsr, Zifencei, Zba, Zbb, Zbs.
};

// A set of registers.
//   Thumb      bits 0..15 r0..r15, 16 the flags, 32..63 s0..s31 (a double is two of them)
//   RISC-V     bits 1..31 x1..x31,               32..63 f0..f31
using Registers = uint64_t;
constexpr Registers kFlags = Registers{1} << 16;
constexpr Registers kProgramCounter = Registers{1} << 15;  // Thumb only.

struct Instruction {
    uint32_t address = 0;
    InstructionKind kind = InstructionKind::kUnknown;
    uint8_t bytes = 0;        // Its length: 2 or 4.
    uint8_t list_length = 0;  // Registers of 32 bits that a load or store moves.
    uint8_t bytes_loaded = 0;
    uint8_t bytes_stored = 0;
    bool is_branch = false;       // It can change the program counter.
    bool is_conditional = false;  // A branch that may fall through, for whatever reason.
    bool is_predicated = false;   // It stands in an IT block and may not execute.
    bool is_signed = false;       // Of a division.
    uint8_t dependents = 0;       // Instructions after it that stand in an open IT block.
    uint8_t dividend = 0;         // Registers of a division, by number.
    uint8_t divisor = 0;
    Registers reads = 0;
    Registers writes = 0;

    // Parts of the above that are needed, or there, at another time than operands of an addition.
    Registers addresses = 0;  // Read to form an address.
    Registers shifted = 0;    // Read and shifted.
    Registers stored = 0;     // Read to be stored.
    Registers addends = 0;    // Read to be accumulated upon.
    Registers updated = 0;    // Written with an address.
};

// Decodes the instruction at the beginning of `bytes`. One that is not known has kind kUnknown and
// the length that its first halfword tells. Nothing, if there are fewer bytes than that.
std::optional<Instruction> decode(Isa isa, std::span<const uint8_t> bytes, uint32_t address);

// Decodes all instructions of a block; bytes at its end that are no whole instruction are left
// alone. An emulator may cut a block within an IT block: `dependents` is then what the last
// instruction of the block before it says, and 0 otherwise.
std::vector<Instruction> decode_block(Isa isa, std::span<const uint8_t> bytes, uint32_t address,
                                      uint8_t dependents = 0);

// One instruction as text, for diagnostics.
std::string disassemble(Isa isa, std::span<const uint8_t> bytes, uint32_t address);

// How one instruction set answers the questions above; decode_<isa>.cc.
std::optional<Instruction> decode_arm(std::span<const uint8_t> bytes, uint32_t address);
std::string disassemble_arm(std::span<const uint8_t> bytes, uint32_t address);
std::optional<Instruction> decode_riscv(std::span<const uint8_t> bytes, uint32_t address);
std::string disassemble_riscv(std::span<const uint8_t> bytes);

}  // namespace ingot::sim

#endif
