// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Thumb: what is read off an encoding, and IT blocks.

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

// clang-format off
const Decoding kDecodings[] = {
    {"add.w r0, r1, r2, lsl #3", "eb0100c2",
     "shifted_operand: r0 <- r1 r2; shifts r2"},
    {"adds r0, r0, r1", "1840",
     "alu: r0 flags <- r0 r1;"},
    {"adcs r0, r1", "4148",
     "alu: r0 flags <- r0 r1 flags;"},
    {"cmp r0, r1", "4288",
     "alu: flags <- r0 r1;"},
    {"movt r0, #3", "f2c00003",
     "alu: r0 <- r0;"},
    {"bfi r0, r1, #2, #3", "f3610084",
     "bit_field: r0 <- r0 r1;"},
    {"lsl.w r0, r1, r2", "fa01f002",
     "shift: r0 <- r1 r2;"},
    {"sxtab r0, r1, r2, ror #8", "fa41f092",
     "extend: r0 <- r1 r2; shifts r2"},
    {"ssat r0, #8, r1", "f3010007",
     "saturate: r0 <- r1;"},
    {"pkhbt r0, r1, r2, lsl #16", "eac14002",
     "extend: r0 <- r1 r2; shifts r2"},
    {"mla r0, r1, r2, r3", "fb013002",
     "multiply_add: r0 <- r1 r2 r3; adds to r3"},
    {"smlal r0, r1, r2, r3", "fbc20103",
     "multiply_long_add: r0 r1 <- r0 r1 r2 r3; adds to r0 r1"},
    {"smlad r0, r1, r2, r3", "fb213002",
     "multiply_add: r0 <- r1 r2 r3; adds to r3"},
    {"sdiv r0, r1, r2", "fb91f0f2",
     "divide: r0 <- r1 r2;"},
    {"ldr r0, [pc, #8]", "4802",
     "load: r0 <- pc; loads 4 at pc"},
    {"ldr r0, [r1], #4", "f8510b04",
     "load: r0 r1 <- r1; loads 4 at r1 updates r1"},
    {"ldr.w r0, [r1, r2, lsl #2]", "f8510022",
     "load: r0 <- r1 r2; loads 4 at r1 r2"},
    {"ldrsh.w r0, [r1, #2]!", "f9310f02",
     "load_narrow: r0 r1 <- r1; loads 2 at r1 updates r1"},
    {"ldrd r0, r1, [r2, #8]", "e9d20102",
     "load_double: r0 r1 <- r2; loads 8 at r2"},
    {"ldmia.w r0!, {r4-r8, pc}", "e8b081f0",
     "load_multiple: r0 r4 r5 r6 r7 r8 pc <- r0; loads 24 at r0 updates r0 jumps"},
    {"ldm r0, {r0, r1}", "c803",
     "load_multiple: r0 r1 <- r0; loads 8 at r0"},
    {"pop {r4, pc}", "bd10",
     "pop: r4 sp pc <- sp; loads 8 at sp updates sp jumps"},
    {"push {r4, lr}", "b510",
     "push: sp <- r4 sp lr; stores 8 at sp updates sp"},
    {"stmdb r0!, {r4-r6}", "e9200070",
     "store_multiple: r0 <- r0 r4 r5 r6; stores 12 at r0 updates r0"},
    {"str r0, [r1, r2]", "5088",
     "store_indexed:  <- r0 r1 r2; stores 4 at r1 r2"},
    {"strb r0, [r1, #1]!", "f8010f01",
     "store: r1 <- r0 r1; stores 1 at r1 updates r1"},
    {"strd r0, r1, [r2, #8]!", "e9e20102",
     "store_double: r2 <- r0 r1 r2; stores 8 at r2 updates r2"},
    {"ldrex r0, [r1]", "e8510f00",
     "load_exclusive: r0 <- r1; loads 4 at r1"},
    {"strex r0, r1, [r2]", "e8421000",
     "store_exclusive: r0 <- r1 r2; stores 4 at r2"},
    {"tbh [pc, r0, lsl #1]", "e8dff010",
     "table_branch:  <- r0 pc; loads 2 at r0 pc jumps"},
    {"bne .", "d1fe",
     "branch_conditional: pc <- flags; may jump"},
    {"b .+20", "e008",
     "branch:  <- ; jumps"},
    {"bl .+20", "f000f808",
     "call: lr pc <- pc; jumps"},
    {"bx lr", "4770",
     "return: pc <- lr; jumps"},
    {"bx r3", "4718",
     "branch_register: pc <- r3; jumps"},
    {"blx r3", "4798",
     "call_register: lr pc <- r3 pc; jumps"},
    {"cbz r0, .+8", "b110",
     "compare_and_branch:  <- r0; may jump"},
    {"mov pc, r0", "4687",
     "alu: pc <- r0; jumps"},
    {"ldr pc, [r0]", "f8d0f000",
     "load: pc <- r0; loads 4 at r0 jumps"},
    {"it eq", "bf08",
     "if_then:  <- flags;"},
    {"mrs r0, primask", "f3ef8010",
     "status_read: r0 <- ;"},
    {"dsb", "f3bf8f4f",
     "data_barrier:  <- ;"},
    {"isb", "f3bf8f6f",
     "instruction_barrier:  <- ;"},
    {"cpsid i", "b672",
     "change_state:  <- ;"},
    {"svc #0", "df00",
     "supervisor_call: lr <- pc;"},
    {"wfi", "bf30",
     "wait:  <- ;"},
    {"lda r0, [r1]", "e8d10faf",
     "load: r0 <- r1; loads 4 at r1"},
    {"stlh r0, [r1]", "e8c10f9f",
     "store:  <- r0 r1; stores 2 at r1"},
    {"sg", "e97fe97f",
     "security:  <- ;"},
    {"tt r0, r1", "e841f000",
     "security:  <- ;"},
    {"bxns lr", "4774",
     "branch_register:  <- ; jumps"},
    {"blxns r3", "479c",
     "call_register:  <- ; jumps"},
    {"vldr d0, [r0, #4]", "ed900b01",
     "float_load_double: s0 s1 <- r0; loads 8 at r0"},
    {"vldmia r0!, {s0-s3}", "ecb00a04",
     "float_load_multiple: r0 s0 s1 s2 s3 <- r0; loads 16 at r0 updates r0"},
    {"vpush {d8-d9}", "ed2d8b04",
     "float_store_multiple: sp <- sp s16 s17 s18 s19; stores 16 at sp updates sp"},
    {"vstr s0, [r0, #4]", "ed800a01",
     "float_store:  <- r0 s0; stores 4 at r0"},
    {"vfma.f32 s0, s1, s2", "eea00a81",
     "float_multiply_add: s0 <- s0 s1 s2; adds to s0"},
    {"vcvt.f32.s32 s0, s1", "eeb80ae0",
     "float_convert: s0 <- s1;"},
    {"vseleq.f32 s0, s1, s2", "fe000a81",
     "float_move: s0 <- flags s1 s2;"},
    {"vmov.f32 s0, s1", "eeb00a60",
     "float_move: s0 <- s1;"},
    {"vmov r0, s0", "ee100a10",
     "float_transfer: r0 <- s0;"},
    {"vmov d0, r0, r1", "ec410b10",
     "float_transfer_double: s0 s1 <- r0 r1;"},
    {"vmrs APSR_nzcv, fpscr", "eef1fa10",
     "float_status: flags <- flags;"},
    {"vcmp.f32 s0, s1", "eeb40a60",
     "float_compare: flags <- s0 s1;"},
    {"vadd.f64 d0, d1, d2", "ee310b02",
     "double_add: s0 s1 <- s2 s3 s4 s5;"},
};
// clang-format on

TEST(decode_arm, knows_kind_registers_and_bytes) { expect_decodings(Isa::kThumb, kDecodings); }

TEST(decode_arm, names_the_registers_of_a_division) {
    const Instruction sdiv = decode_all(Isa::kThumb, "fb91f0f2").at(0);  // sdiv r0, r1, r2
    EXPECT_EQ(sdiv.dividend, 1);
    EXPECT_EQ(sdiv.divisor, 2);
    EXPECT_TRUE(sdiv.is_signed);
    EXPECT_FALSE(decode_all(Isa::kThumb, "fbb1f0f2").at(0).is_signed);  // udiv r0, r1, r2
}

TEST(decode_arm, counts_the_registers_of_a_list) {
    EXPECT_EQ(decode_all(Isa::kThumb, "e8b081f0").at(0).list_length, 6);  // ldmia r0!, {r4-r8, pc}
    EXPECT_EQ(decode_all(Isa::kThumb, "c803").at(0).list_length, 2);      // ldm r0, {r0, r1}
    EXPECT_EQ(decode_all(Isa::kThumb, "ed2d8b04").at(0).list_length, 4);  // vpush {d8, d9}
}

TEST(decode_arm, gives_an_unknown_instruction_the_length_of_its_first_halfword) {
    // A coprocessor's instruction, a hole in the 16-bit ones, and vector code of ARMv8.1-M.
    const std::vector<Instruction> block = decode_all(Isa::kThumb, "ee110f10 b680 ef000840 4288");
    ASSERT_EQ(block.size(), 4u);
    EXPECT_EQ(block[0].kind, kUnknown);
    EXPECT_EQ(block[0].bytes, 4);
    EXPECT_EQ(block[1].kind, kUnknown);
    EXPECT_EQ(block[1].bytes, 2);
    EXPECT_EQ(block[2].kind, kUnknown);
    EXPECT_EQ(block[2].bytes, 4);
    EXPECT_EQ(block[3].kind, kAlu);
    EXPECT_EQ(block[3].address, 10u);
}

TEST(decode_arm, takes_any_bytes) { expect_any_bytes_decode(Isa::kThumb, core("cortex_m4")); }

TEST(decode_arm, refuses_half_an_instruction) {
    EXPECT_FALSE(decode(Isa::kThumb, bytes_of(Isa::kThumb, "f000"), 0));
    EXPECT_FALSE(decode(Isa::kThumb, {}, 0));
    EXPECT_EQ(disassemble(Isa::kThumb, {}, 0), "(no whole instruction)");
}

TEST(decode_arm, follows_an_it_block_to_its_end) {
    // adds r0, r0, r1; ite eq; moveq r0, r1; addne r0, r1; adds r0, r0, r1
    const std::vector<Instruction> block = decode_all(Isa::kThumb, "1840 bf0c 4608 4408 1840");
    const std::vector<bool> predicated = {false, false, true, true, false};
    for (size_t i = 0; i < block.size(); ++i) {
        EXPECT_EQ(block[i].is_predicated, predicated[i]) << i;
    }
    EXPECT_TRUE(block[2].reads & kFlags);
    EXPECT_FALSE(block[3].writes & kFlags);
    EXPECT_TRUE(block[4].writes & kFlags);
}

TEST(decode_arm, leaves_the_flags_alone_in_an_it_block_except_to_compare) {
    // it eq; the encoding of adds; it eq; cmpeq r0, r1
    const std::vector<Instruction> block = decode_all(Isa::kThumb, "bf08 1840 bf08 4288");
    EXPECT_FALSE(block[1].writes & kFlags);
    EXPECT_TRUE(block[3].writes & kFlags);
}

TEST(decode_arm, takes_a_jump_in_an_it_block_as_conditional) {
    const std::vector<Instruction> block = decode_all(Isa::kThumb, "bf08 4770");  // it eq; bxeq lr
    EXPECT_TRUE(block[1].is_branch);
    EXPECT_TRUE(block[1].is_conditional);
}

TEST(decode_arm, goes_on_with_an_it_block_that_was_cut) {
    // itte eq; moveq r0, r1 | addeq r0, r1; addne r0, r1; adds r0, r0, r1
    const std::vector<Instruction> first = decode_all(Isa::kThumb, "bf06 4608");
    EXPECT_EQ(first.back().dependents, 2);
    const std::vector<uint8_t> bytes = bytes_of(Isa::kThumb, "4408 4408 1840");
    const auto second = decode_block(Isa::kThumb, bytes, 4, first.back().dependents);
    EXPECT_TRUE(second[0].is_predicated);
    EXPECT_TRUE(second[1].is_predicated);
    EXPECT_FALSE(second[2].is_predicated);
    EXPECT_EQ(second[2].dependents, 0);
}

TEST(decode_arm, forgets_an_it_block_between_blocks) {
    decode_all(Isa::kThumb, "bf08");
    EXPECT_FALSE(decode_all(Isa::kThumb, "1840").at(0).is_predicated);
    EXPECT_TRUE(decode_all(Isa::kThumb, "1840").at(0).writes & kFlags);
}

TEST(decode_arm, disassembles) {
    EXPECT_EQ(disassemble(Isa::kThumb, bytes_of(Isa::kThumb, "1840"), 0), "adds r0, r0, r1");
    EXPECT_EQ(disassemble(Isa::kThumb, bytes_of(Isa::kThumb, "e97fe97f"), 0), "sg");
    EXPECT_EQ(disassemble(Isa::kThumb, bytes_of(Isa::kThumb, "b680"), 0), "unknown 80 b6");
}

}  // namespace
}  // namespace ingot::sim
