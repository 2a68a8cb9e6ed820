// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Decodes Thumb. Capstone knows the encodings; the few that it does not know stand in a table here.

#include <capstone/capstone.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <unordered_map>

#include "base/result.h"
#include "sim/core/arm_instructions.h"
#include "sim/core/instruction.h"

namespace ingot::sim {
namespace {

// Capstone's handle, and the kinds by Capstone's numbers. One per thread, as a handle has state.
class Disassembler {
public:
    Disassembler() {
        const auto mode = static_cast<cs_mode>(CS_MODE_THUMB | CS_MODE_MCLASS | CS_MODE_V8);
        INGOT_CHECK(cs_open(CS_ARCH_ARM, mode, &handle_) == CS_ERR_OK);
        INGOT_CHECK(cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON) == CS_ERR_OK);
        for (unsigned id = 1; id < ARM_INS_ENDING; ++id) file(id, cs_insn_name(handle_, id));
    }
    ~Disassembler() {
        forget();
        cs_close(&handle_);
    }
    Disassembler(const Disassembler &) = delete;
    Disassembler &operator=(const Disassembler &) = delete;

    // The instruction, valid until the next call; null if Capstone does not know it. Each call
    // starts outside of IT blocks, which the iterating call of Capstone would not.
    const cs_insn *read(std::span<const uint8_t> bytes, uint32_t address) {
        forget();
        count_ = cs_disasm(handle_, bytes.data(), bytes.size(), address, 1, &instruction_);
        return count_ == 1 ? instruction_ : nullptr;
    }

    const ArmInstructions *find(unsigned id) const {
        const auto found = rows_.find(id);
        return found == rows_.end() ? nullptr : found->second;
    }

private:
    void file(unsigned id, std::string_view name) {
        const std::string padded = " " + std::string(name) + " ";
        for (const ArmInstructions &row : kArmInstructions) {
            if ((" " + std::string(row.names) + " ").find(padded) != std::string::npos) {
                rows_[id] = &row;
            }
        }
    }

    void forget() {
        if (count_ > 0) cs_free(instruction_, count_);
        count_ = 0;
    }

    csh handle_ = 0;
    cs_insn *instruction_ = nullptr;
    size_t count_ = 0;
    std::unordered_map<unsigned, const ArmInstructions *> rows_;
};

Disassembler &disassembler() {
    thread_local Disassembler instance;
    return instance;
}

// Encodings that Capstone 4 does not know. ARMv8-M Architecture Reference Manual, chapter C2.
struct Encoding {
    uint32_t mask, value;  // Of both halfwords, the first one on top; of one, in the lower half.
    uint8_t bytes;
    InstructionKind kind;
    bool is_branch;
    std::string_view name;
};
constexpr auto kEncodings = std::to_array<Encoding>({
    {0xffff'ffff, 0xe97f'e97f, 4, kSecurity, false, "sg"},
    {0xfff0'f03f, 0xe840'f000, 4, kSecurity, false, "tt"},
    {0x0000'ff87, 0x0000'4704, 2, kBranchRegister, true, "bxns"},
    {0x0000'ff87, 0x0000'4784, 2, kCallRegister, true, "blxns"},
});

// The top five bits of a halfword tell whether a second one belongs to it.
uint8_t length_of(std::span<const uint8_t> bytes) { return (bytes[1] & 0xf8) >= 0xe8 ? 4 : 2; }

uint32_t halfword(std::span<const uint8_t> bytes, size_t at) {
    return bytes[at] | uint32_t{bytes[at + 1]} << 8;
}

const Encoding *find_encoding(std::span<const uint8_t> bytes) {
    const uint8_t length = length_of(bytes);
    const uint32_t word =
        length == 2 ? halfword(bytes, 0) : halfword(bytes, 0) << 16 | halfword(bytes, 2);
    for (const Encoding &encoding : kEncodings) {
        if (encoding.bytes == length && (word & encoding.mask) == encoding.value) return &encoding;
    }
    return nullptr;
}

// A double register is two single ones.
Registers register_of(int id) {
    if (id >= ARM_REG_R0 && id <= ARM_REG_R12) return Registers{1} << (id - ARM_REG_R0);
    if (id >= ARM_REG_S0 && id <= ARM_REG_S31) return Registers{1} << (32 + id - ARM_REG_S0);
    if (id >= ARM_REG_D0 && id <= ARM_REG_D15) return Registers{3} << (32 + 2 * (id - ARM_REG_D0));
    switch (id) {
        case ARM_REG_SP:
            return Registers{1} << 13;
        case ARM_REG_LR:
            return Registers{1} << 14;
        case ARM_REG_PC:
            return kProgramCounter;
        case ARM_REG_CPSR:
        case ARM_REG_APSR:
        case ARM_REG_APSR_NZCV:
        case ARM_REG_FPSCR:
        case ARM_REG_FPSCR_NZCV:
            return kFlags;
        default:
            return 0;
    }
}

Registers address_of(const cs_arm_op &operand) {
    return register_of(operand.mem.base) | register_of(operand.mem.index);
}

bool is_double(const cs_arm_op &operand) {
    return operand.type == ARM_OP_REG && operand.reg >= ARM_REG_D0 && operand.reg <= ARM_REG_D31;
}

// Of Neon, whose encodings Capstone reads where a Cortex-M has none or vector ones of its own.
bool is_vector(const cs_arm_op &operand) {
    return operand.type == ARM_OP_REG &&
           ((operand.reg >= ARM_REG_Q0 && operand.reg <= ARM_REG_Q15) ||
            (operand.reg >= ARM_REG_D16 && operand.reg <= ARM_REG_D31));
}

bool is_core_register(const cs_arm_op &operand) {
    return operand.type == ARM_OP_REG && (register_of(operand.reg) & 0xffff) != 0;
}

bool is_shifted(const cs_arm_op &operand) {
    return operand.type == ARM_OP_REG && operand.shift.type != ARM_SFT_INVALID;
}

bool is_list(InstructionKind kind) {
    return kind == kLoadMultiple || kind == kPop || kind == kStoreMultiple || kind == kPush ||
           kind == kFloatLoadMultiple || kind == kFloatStoreMultiple;
}

bool is_store(InstructionKind kind) {
    return kind == kStore || kind == kStoreIndexed || kind == kStoreDouble ||
           kind == kStoreMultiple || kind == kPush || kind == kStoreExclusive ||
           kind == kFloatStore || kind == kFloatStoreDouble || kind == kFloatStoreMultiple;
}

bool is_of_stack(const cs_insn &insn) {
    return insn.id == ARM_INS_PUSH || insn.id == ARM_INS_POP || insn.id == ARM_INS_VPUSH ||
           insn.id == ARM_INS_VPOP;
}

bool is_conditional(const cs_arm &detail) {
    return detail.cc != ARM_CC_AL && detail.cc != ARM_CC_INVALID;
}

std::span<const cs_arm_op> operands_of(const cs_insn &insn) {
    return {insn.detail->arm.operands, insn.detail->arm.op_count};
}

// The same operation on doubles.
InstructionKind doubled(InstructionKind kind) {
    switch (kind) {
        case kFloatLoad:
            return kFloatLoadDouble;
        case kFloatStore:
            return kFloatStoreDouble;
        case kFloatConvert:
            return kDoubleConvert;
        case kFloatAdd:
            return kDoubleAdd;
        case kFloatMultiply:
            return kDoubleMultiply;
        case kFloatMultiplyAdd:
            return kDoubleMultiplyAdd;
        case kFloatDivide:
            return kDoubleDivide;
        case kFloatRoot:
            return kDoubleRoot;
        default:
            return kind;
    }
}

// A move between the two register files, of one word or two, or within one of them.
InstructionKind kind_of_move(std::span<const cs_arm_op> operands) {
    int64_t core_registers = 0;
    for (const cs_arm_op &operand : operands) core_registers += is_core_register(operand);
    if (core_registers == 0) return kFloatMove;
    return core_registers == 1 ? kFloatTransfer : kFloatTransferDouble;
}

// What the operands say about the kind that the mnemonic gives.
InstructionKind refined(InstructionKind kind, const cs_insn &insn) {
    const std::span<const cs_arm_op> operands = operands_of(insn);
    bool has_double = false, has_shift = false, has_index = false, has_vector = false;
    for (const cs_arm_op &operand : operands) {
        has_double |= is_double(operand);
        has_vector |= is_vector(operand);
        has_shift |= is_shifted(operand);
        has_index |= operand.type == ARM_OP_MEM && operand.mem.index != ARM_REG_INVALID;
    }
    if (has_vector) return kUnknown;
    if (kind == kBranch && is_conditional(insn.detail->arm)) return kBranchConditional;
    if (kind == kAlu && has_shift) return kShiftedOperand;
    if (kind == kStore && has_index) return kStoreIndexed;
    const bool is_to_link = kind == kBranchRegister && operands[0].reg == ARM_REG_LR;
    if (is_to_link) return kReturn;
    if (insn.id == ARM_INS_VMOV) return kind_of_move(operands);
    return has_double ? doubled(kind) : kind;
}

// Registers that the instruction reads and writes, named or not. Capstone leaves the access of
// some operands open; they are read.
void file_registers(Instruction &instruction, const cs_insn &insn) {
    for (const cs_arm_op &operand : operands_of(insn)) {
        if (operand.type == ARM_OP_MEM) instruction.reads |= address_of(operand);
        if (operand.type != ARM_OP_REG) continue;
        const Registers reg = register_of(operand.reg);
        if (operand.access & CS_AC_WRITE) instruction.writes |= reg;
        if (operand.access != CS_AC_WRITE) instruction.reads |= reg;
        if (is_shifted(operand)) instruction.shifted |= reg;
    }
    const cs_detail &detail = *insn.detail;
    for (int i = 0; i < detail.regs_read_count; ++i) {
        instruction.reads |= register_of(detail.regs_read[i]);
    }
    for (int i = 0; i < detail.regs_write_count; ++i) {
        instruction.writes |= register_of(detail.regs_write[i]);
    }
    if (detail.arm.update_flags) instruction.writes |= kFlags;
    if (is_conditional(detail.arm)) instruction.reads |= kFlags;
}

// Of a load or store: the registers that are moved. Those of a list follow the address.
Registers moved_registers(const Instruction &instruction, const cs_insn &insn) {
    const bool has_base = is_list(instruction.kind) && !is_of_stack(insn);
    Registers moved = 0;
    for (const cs_arm_op &operand : operands_of(insn).subspan(has_base ? 1 : 0)) {
        if (operand.type == ARM_OP_REG) moved |= register_of(operand.reg);
    }
    const bool has_status = instruction.kind == kStoreExclusive;
    return has_status ? moved & ~instruction.writes : moved;
}

Registers address_registers(const Instruction &instruction, const cs_insn &insn) {
    if (is_of_stack(insn)) return register_of(ARM_REG_SP);
    if (is_list(instruction.kind)) return register_of(operands_of(insn)[0].reg);
    Registers addresses = 0;
    for (const cs_arm_op &operand : operands_of(insn)) {
        if (operand.type == ARM_OP_MEM) addresses |= address_of(operand);
    }
    return addresses;
}

// The register that a load or store advances.
Registers updated_register(const Instruction &instruction, const cs_insn &insn) {
    if (is_of_stack(insn)) return register_of(ARM_REG_SP);
    if (!insn.detail->arm.writeback) return 0;
    if (is_list(instruction.kind)) return register_of(operands_of(insn)[0].reg);
    for (const cs_arm_op &operand : operands_of(insn)) {
        if (operand.type == ARM_OP_MEM) return register_of(operand.mem.base);
    }
    return 0;
}

void file_access(Instruction &instruction, const cs_insn &insn, int bytes_each) {
    const Registers moved = moved_registers(instruction, insn);
    const bool is_table = instruction.kind == kTableBranch;
    const int count = is_table ? 1 : std::popcount(moved);
    const auto bytes = static_cast<uint8_t>(bytes_each * count);
    instruction.addresses = address_registers(instruction, insn);
    instruction.updated = updated_register(instruction, insn);
    instruction.list_length = static_cast<uint8_t>(count);
    if (is_store(instruction.kind)) {
        instruction.stored = moved;
        instruction.writes &= ~moved;
        instruction.bytes_stored = bytes;
    } else {
        instruction.writes |= moved;
        instruction.reads &= ~moved;
        instruction.bytes_loaded = bytes;
    }
    instruction.reads |= instruction.addresses | instruction.stored;
    instruction.writes |= instruction.updated;
}

// The sum that a multiply-accumulate adds to: its last operand, or the pair that it writes.
void file_addends(Instruction &instruction, const cs_insn &insn) {
    const bool is_float =
        instruction.kind == kFloatMultiplyAdd || instruction.kind == kDoubleMultiplyAdd;
    if (instruction.kind == kMultiplyAdd) {
        instruction.addends = register_of(operands_of(insn).back().reg);
    } else if (instruction.kind == kMultiplyLongAdd || is_float) {
        instruction.addends = instruction.writes & ~kFlags;
    }
    instruction.reads |= instruction.addends;
}

void file_branch(Instruction &instruction, const cs_insn &insn) {
    instruction.is_branch = (instruction.writes & kProgramCounter) != 0 ||
                            (instruction.kind >= kBranch && instruction.kind <= kTableBranch);
    instruction.is_conditional = instruction.kind == kCompareAndBranch ||
                                 (instruction.is_branch && is_conditional(insn.detail->arm));
}

void file_division(Instruction &instruction, const cs_insn &insn) {
    const std::span<const cs_arm_op> operands = operands_of(insn);
    const auto number = [](const cs_arm_op &operand) {
        return static_cast<uint8_t>(std::countr_zero(register_of(operand.reg)));
    };
    instruction.dividend = number(operands[operands.size() - 2]);
    instruction.divisor = number(operands.back());
    instruction.is_signed = insn.id == ARM_INS_SDIV;
}

Instruction from_capstone(const cs_insn &insn, const ArmInstructions &row) {
    Instruction instruction{.address = static_cast<uint32_t>(insn.address),
                            .kind = refined(row.kind, insn),
                            .bytes = static_cast<uint8_t>(insn.size)};
    file_registers(instruction, insn);
    if (row.bytes > 0) file_access(instruction, insn, row.bytes);
    file_addends(instruction, insn);
    file_branch(instruction, insn);
    if (instruction.kind == kDivide) file_division(instruction, insn);
    return instruction;
}

Instruction from_encoding(const Encoding &encoding, uint32_t address) {
    return {.address = address,
            .kind = encoding.kind,
            .bytes = encoding.bytes,
            .is_branch = encoding.is_branch};
}

}  // namespace

std::optional<Instruction> decode_arm(std::span<const uint8_t> bytes, uint32_t address) {
    if (bytes.size() < 2 || bytes.size() < length_of(bytes)) return std::nullopt;
    bytes = bytes.first(length_of(bytes));
    if (const Encoding *encoding = find_encoding(bytes)) return from_encoding(*encoding, address);
    const cs_insn *insn = disassembler().read(bytes, address);
    const ArmInstructions *row = insn ? disassembler().find(insn->id) : nullptr;
    if (row) return from_capstone(*insn, *row);
    return Instruction{.address = address, .bytes = length_of(bytes)};
}

std::string disassemble_arm(std::span<const uint8_t> bytes, uint32_t address) {
    if (bytes.size() < 2 || bytes.size() < length_of(bytes)) return "(no whole instruction)";
    bytes = bytes.first(length_of(bytes));
    if (const Encoding *encoding = find_encoding(bytes)) return std::string(encoding->name);
    const cs_insn *insn = disassembler().read(bytes, address);
    if (insn) return fmt::format("{} {}", insn->mnemonic, insn->op_str);
    return fmt::format("unknown {:02x}", fmt::join(bytes, " "));
}

}  // namespace ingot::sim
