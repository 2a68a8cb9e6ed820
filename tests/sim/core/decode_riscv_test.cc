// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// RISC-V: what is read off an encoding.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Decoding kDecodings[] = {
    {"add a0, a1, a2", "00c58533",
     "alu: x10 <- x11 x12;"},
    {"addi a0, a1, 1", "00158513",
     "alu: x10 <- x11;"},
    {"lui a0, 1", "6505",
     "alu: x10 <- ;"},
    {"sll a0, a1, a2", "00c59533",
     "shift: x10 <- x11 x12;"},
    {"srai a0, a1, 3", "4035d513",
     "shift: x10 <- x11;"},
    {"lw a0, 4(a1)", "41c8",
     "load: x10 <- x11; loads 4 at x11"},
    {"lbu a5, 0(s0)", "00044783",
     "load_narrow: x15 <- x8; loads 1 at x8"},
    {"sw a0, 4(a1)", "c1c8",
     "store:  <- x10 x11; stores 4 at x11"},
    {"sh t0, 2(t1)", "00531123",
     "store:  <- x5 x6; stores 2 at x6"},
    {"c.lw a0, 4(a1)", "41c8",
     "load: x10 <- x11; loads 4 at x11"},
    {"c.lwsp a0, 4(sp)", "4512",
     "load: x10 <- x2; loads 4 at x2"},
    {"c.sw a0, 4(a1)", "c1c8",
     "store:  <- x10 x11; stores 4 at x11"},
    {"c.swsp ra, 4(sp)", "c206",
     "store:  <- x1 x2; stores 4 at x2"},
    {"c.addi a0, 1", "0505",
     "alu: x10 <- x10;"},
    {"c.mv a0, t0", "8516",
     "alu: x10 <- x5;"},
    {"c.add a0, t0", "9516",
     "alu: x10 <- x5 x10;"},
    {"c.sub a0, a1", "8d0d",
     "alu: x10 <- x10 x11;"},
    {"c.srli a0, 2", "8109",
     "shift: x10 <- x10;"},
    {"c.addi4spn a0, sp, 8", "0028",
     "alu: x10 <- x2;"},
    {"c.addi16sp sp, 32", "6105",
     "alu: x2 <- x2;"},
    {"mul a0, a1, a2", "02c58533",
     "multiply: x10 <- x11 x12;"},
    {"mulhu a0, a1, a2", "02c5b533",
     "multiply_high: x10 <- x11 x12;"},
    {"div a0, a1, a2", "02c5c533",
     "divide: x10 <- x11 x12;"},
    {"remu a0, a1, a2", "02c5f533",
     "divide: x10 <- x11 x12;"},
    {"beq a0, a1, .+8", "00b50463",
     "branch_conditional:  <- x10 x11; may jump"},
    {"c.bnez a0, .+8", "e501",
     "branch_conditional:  <- x10; may jump"},
    {"j .+2048", "0010006f",
     "branch:  <- ; jumps"},
    {"jal ra, .+2048", "001000ef",
     "call: x1 <- ; jumps"},
    {"c.j .+8", "a021",
     "branch:  <- ; jumps"},
    {"ret", "8082",
     "return:  <- x1; jumps"},
    {"c.jr a5", "8782",
     "branch_register:  <- x15; jumps"},
    {"jalr ra, a5", "000780e7",
     "call_register: x1 <- x15; jumps"},
    {"c.jalr a5", "9782",
     "call_register: x1 <- x15; jumps"},
    {"csrrs a0, mcycle, zero", "b0002573",
     "status_read: x10 <- ;"},
    {"ecall", "00000073",
     "supervisor_call:  <- ;"},
    {"mret", "30200073",
     "branch_register:  <- ; jumps"},
    {"fence", "0ff0000f",
     "data_barrier:  <- ;"},
    {"lr.w a0, (a1)", "1005a52f",
     "load_exclusive: x10 <- x11; loads 4 at x11"},
    {"sc.w a0, a2, (a1)", "18c5a52f",
     "store_exclusive: x10 <- x11 x12; stores 4 at x11"},
    {"amoadd.w a0, a2, (a1)", "00c5a52f",
     "atomic: x10 <- x11 x12; loads 4 stores 4 at x11"},
    {"flw fa0, 4(a1)", "61c8",
     "float_load: f10 <- x11; loads 4 at x11"},
    {"fsd fa0, 8(a1)", "a588",
     "float_store_double:  <- x11 f10; stores 8 at x11"},
    {"c.fldsp fa0, 8(sp)", "2522",
     "float_load_double: f10 <- x2; loads 8 at x2"},
    {"fmadd.s fa0, fa1, fa2, fa3", "68c5f543",
     "float_multiply_add: f10 <- f11 f12 f13; adds to f13"},
    {"fadd.d fa0, fa1, fa2", "02c5f553",
     "double_add: f10 <- f11 f12;"},
    {"fcvt.w.s a0, fa0", "c0057553",
     "float_convert: x10 <- f10;"},
    {"fmv.w.x fa0, a0", "f0050553",
     "float_transfer: f10 <- x10;"},
    {"feq.s a0, fa0, fa1", "a0b52553",
     "float_compare: x10 <- f10 f11;"},
    {"clz a0, a1", "60059513",
     "count_bits: x10 <- x11;"},
    {"sh1add a0, a1, a2", "20c5a533",
     "shifted_operand: x10 <- x11 x12;"},
    {"rev8 a0, a1", "6985d513",
     "reverse: x10 <- x11;"},
};
// clang-format on

TEST(decode_riscv, knows_kind_registers_and_bytes) { expect_decodings(Isa::kRiscV32, kDecodings); }

TEST(decode_riscv, names_the_registers_of_a_division) {
    const Instruction div = decode_all(Isa::kRiscV32, "02c5c533").at(0);  // div a0, a1, a2
    EXPECT_EQ(div.dividend, 11);
    EXPECT_EQ(div.divisor, 12);
    EXPECT_TRUE(div.is_signed);
    EXPECT_FALSE(decode_all(Isa::kRiscV32, "02c5f533").at(0).is_signed);  // remu a0, a1, a2
}

TEST(decode_riscv, gives_an_unknown_instruction_its_length) {
    // Zeros, a custom instruction and a vector one.
    const std::vector<Instruction> block = decode_all(Isa::kRiscV32, "0000 0000000b 02000057 8082");
    ASSERT_EQ(block.size(), 4u);
    EXPECT_EQ(block[0].kind, kUnknown);
    EXPECT_EQ(block[0].bytes, 2);
    EXPECT_EQ(block[1].kind, kUnknown);
    EXPECT_EQ(block[1].bytes, 4);
    EXPECT_EQ(block[3].kind, kReturn);
    EXPECT_EQ(block[3].address, 10u);
}

TEST(decode_riscv, takes_any_bytes) { expect_any_bytes_decode(Isa::kRiscV32, core("rv32")); }

TEST(decode_riscv, refuses_half_an_instruction) {
    EXPECT_FALSE(decode(Isa::kRiscV32, bytes_of(Isa::kRiscV32, "8533"), 0));
    EXPECT_FALSE(decode(Isa::kRiscV32, {}, 0));
    EXPECT_EQ(disassemble(Isa::kRiscV32, {}, 0), "(no whole instruction)");
}

TEST(decode_riscv, disassembles_to_a_name_and_the_word) {
    EXPECT_EQ(disassemble(Isa::kRiscV32, bytes_of(Isa::kRiscV32, "00c58533"), 0), "add 00c58533");
    EXPECT_EQ(disassemble(Isa::kRiscV32, bytes_of(Isa::kRiscV32, "0000"), 0), "unknown 0000");
}

}  // namespace
}  // namespace ingot::sim
