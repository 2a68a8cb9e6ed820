// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Recomputes the addresses of a block's loads and stores. Encodings: Armv7-M Architecture Reference
// Manual, chapter A7; The RISC-V Instruction Set Manual, volume I, chapters 2, 8 and 16.

#include "sim/core/locate.h"

namespace ingot::sim {
namespace {

// Where an access can begin: a base register, or base + index << shift; plus an offset. The range
// covers transfers of several registers, upwards or downwards.
struct Place {
    uint32_t address = 0;
    uint32_t before = 0, behind = 4;
};

uint32_t half(std::span<const uint8_t> code, size_t at) {
    return at + 1 < code.size() ? static_cast<uint32_t>(code[at] | code[at + 1] << 8) : 0;
}

uint32_t bits(uint32_t word, int low, int count) { return word >> low & ((1u << count) - 1); }

Place arm_narrow(uint32_t word, uint32_t pc, const RegisterFile &r) {
    const uint32_t base = r[bits(word, 3, 3)], imm5 = bits(word, 6, 5);
    switch (word >> 11) {
        case 0x09:
            return {(pc + 4) / 4 * 4 + 4 * (word & 0xff)};  // LDR literal
        case 0x0a:
        case 0x0b:
            return {base + r[bits(word, 6, 3)]};  // register offset
        case 0x0c:
        case 0x0d:
            return {base + 4 * imm5};  // LDR, STR
        case 0x0e:
        case 0x0f:
            return {base + imm5};  // LDRB, STRB
        case 0x10:
        case 0x11:
            return {base + 2 * imm5};  // LDRH, STRH
        case 0x12:
        case 0x13:
            return {r[13] + 4 * (word & 0xff)};  // from sp
        case 0x18:
        case 0x19:
            return {r[bits(word, 8, 3)], 0, 32};  // LDM, STM
        default:
            return {r[13], 36, 36};  // PUSH, POP
    }
}

Place arm_wide(uint32_t first, uint32_t second, uint32_t pc, const RegisterFile &r) {
    const uint32_t n = first & 15;
    const uint32_t base = n == 15 ? (pc + 4) / 4 * 4 : r[n];
    const uint32_t up = first >> 7 & 1;
    if ((first & 0xfe40) == 0xe800) return {base, 64, 64};  // LDM, STM
    if ((first & 0xfe40) == 0xe840) {                       // LDRD, STRD
        const uint32_t offset = 4 * (second & 0xff);
        const bool is_before = (first >> 8 & 1) != 0;
        return {is_before ? (up ? base + offset : base - offset) : base, 0, 8};
    }
    if ((first & 0xfe00) == 0xec00) return {base + (up ? 4 : -4) * (second & 0xff), 0, 8};  // VLDR
    if (n == 15) return {up ? base + (second & 0xfff) : base - (second & 0xfff)};
    if (up) return {base + (second & 0xfff)};  // imm12
    if ((second & 0x0fc0) == 0) return {base + (r[second & 15] << bits(second, 4, 2))};
    const bool is_before = (second >> 10 & 1) != 0, adds = (second >> 9 & 1) != 0;
    const uint32_t offset = second & 0xff;
    return {is_before ? (adds ? base + offset : base - offset) : base};
}

uint32_t sign_extend(uint32_t value, int width) {
    const uint32_t sign = 1u << (width - 1);
    return (value ^ sign) - sign;
}

Place riscv_place(std::span<const uint8_t> code, size_t at, size_t bytes, const RegisterFile &r) {
    const uint32_t low = half(code, at);
    if (bytes == 4) {
        const uint32_t word = low | half(code, at + 2) << 16;
        const bool is_store = (word & 0x7f) == 0x23 || (word & 0x7f) == 0x27;
        const uint32_t offset =
            is_store ? bits(word, 25, 7) << 5 | bits(word, 7, 5) : bits(word, 20, 12);
        const bool is_atomic = (word & 0x7f) == 0x2f;
        return {r[bits(word, 15, 5)] + (is_atomic ? 0 : sign_extend(offset, 12))};
    }
    const uint32_t base = r[8 + bits(low, 7, 3)];
    if ((low & 3) == 0) {
        return {base + (bits(low, 10, 3) << 3 | bits(low, 6, 1) << 2 | bits(low, 5, 1) << 6)};
    }
    if (low >> 15) return {r[2] + (bits(low, 9, 4) << 2 | bits(low, 7, 2) << 6)};  // C.SWSP
    return {r[2] + (bits(low, 12, 1) << 5 | bits(low, 4, 3) << 2 | bits(low, 2, 2) << 6)};
}

}  // namespace

std::optional<size_t> locate_access(Isa isa, std::span<const uint8_t> code,
                                    std::span<const Instruction> block, uint32_t address,
                                    const RegisterFile &registers, size_t first) {
    for (size_t k = 0; k < block.size(); ++k) {
        const size_t i = (first + k) % block.size();
        const Instruction &instruction = block[i];
        if (instruction.bytes_loaded == 0 && instruction.bytes_stored == 0) continue;
        const size_t at = instruction.address - block[0].address;
        const Place place =
            isa == Isa::kRiscV32 ? riscv_place(code, at, instruction.bytes, registers)
            : instruction.bytes == 2
                ? arm_narrow(half(code, at), instruction.address, registers)
                : arm_wide(half(code, at), half(code, at + 2), instruction.address, registers);
        if (address + place.before - place.address < place.before + place.behind) return i;
    }
    return std::nullopt;
}

}  // namespace ingot::sim
