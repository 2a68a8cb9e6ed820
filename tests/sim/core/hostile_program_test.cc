// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Programs that do what they must not end in one diagnosis that says what, where and called from
// where: never in a crash, and never in a wait without end.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/support/machine.h"

namespace ingot::sim {
namespace {

using testing::HasSubstr;

// clang-format off

constexpr const char *kForever =
    "2001 "  // movs r0, #1
    "e7fe "; // b.n (+0x2)

constexpr const char *kForeverLong =
    "3001 "  // adds r0, #1
    "bf00 "  // nop
    "e7fc "; // b.n 0

constexpr const char *kJumpNowhere =
    "4800 "       // ldr r0, [pc, #0]
    "4780 "       // blx r0
    "0001 6000 "; // .word 0x60000001

constexpr const char *kJumpEven =
    "4800 "       // ldr r0, [pc, #0]
    "4780 "       // blx r0
    "0100 2000 "; // .word 0x20000100

constexpr const char *kRecurse =
    "b510 "      // push {r4, lr}
    "f7fffffd "  // bl 0
    "bd10 ";     // pop {r4, pc}

constexpr const char *kBigFrames =
    "b0c0 "      // sub sp, #256
    "9000 "      // str r0, [sp, #0]
    "f7fffffc "  // bl 0
    "bf00 ";     // nop

constexpr const char *kRewrite =
    "f04f5000 "   // mov.w r0, #536870912
    "4905 "       // ldr r1, [pc, #20]
    "6001 "       // str r1, [r0, #0]
    "f0400001 "   // orr.w r0, r0, #1
    "4780 "       // blx r0
    "4904 "       // ldr r1, [pc, #16]
    "f8401c01 "   // str.w r1, [r0, #-1]
    "4780 "       // blx r0
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x16)
    "0000 "       // .short 0x0000
    "2201 4770 "  // .word 0x47702201
    "2202 4770 "; // .word 0x47702202

constexpr const char *kRewriteLonger =
    "f04f5000 "   // mov.w r0, #536870912
    "4907 "       // ldr r1, [pc, #28]
    "6001 "       // str r1, [r0, #0]
    "f0400001 "   // orr.w r0, r0, #1
    "4780 "       // blx r0
    "4906 "       // ldr r1, [pc, #24]
    "f8401c01 "   // str.w r1, [r0, #-1]
    "f2447170 "   // movw r1, #18288
    "f8c01003 "   // str.w r1, [r0, #3]
    "4780 "       // blx r0
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x1e)
    "0000 "       // .short 0x0000
    "2201 4770 "  // .word 0x47702201
    "2201 2202 "; // .word 0x22022201

constexpr const char *kStorm =
    "4d03 "       // ldr r5, [pc, #12]
    "2001 "       // movs r0, #1
    "6028 "       // str r0, [r5, #0]
    "f8c50100 "   // str.w r0, [r5, #256]
    "bf00 "       // nop
    "e7fe "       // b.n (+0xc)
    "0000 "       // .short 0x0000
    "e100 e000 "; // .word 0xe000e100

constexpr const char *kStormHandler =
    "f8c50100 "  // str.w r0, [r5, #256]
    "4770 ";     // bx lr

constexpr const char *kUnaligned =
    "4801 "       // ldr r0, [pc, #4]
    "6801 "       // ldr r1, [r0, #0]
    "e7fe "       // b.n (+0x4)
    "0000 "       // .short 0x0000
    "0002 2000 "; // .word 0x20000002

constexpr const char *kUndefined =
    "f000f801 "  // bl (+0x6)
    "bf00 "      // nop
    "bf00 "      // nop
    "de00 ";     // udf #0

constexpr const char *kWriteFlash =
    "f000f801 "  // bl (+0x6)
    "bf00 "      // nop
    "2000 "      // movs r0, #0
    "2104 "      // movs r1, #4
    "5009 ";     // str r1, [r1, r0]

constexpr const char *kNull =
    "f000f801 "  // bl (+0x6)
    "bf00 "      // nop
    "f04f4080 "  // mov.w r0, #1073741824
    "bf00 "      // nop
    "7901 ";     // ldrb r1, [r0, #4]

constexpr const char *kBreakpoint =
    "f000f801 "  // bl (+0x6)
    "bf00 "      // nop
    "be01 ";     // bkpt 0x0001

constexpr const char *kNoVector =
    "f000f801 "  // bl (+0x6)
    "bf00 "      // nop
    "df00 ";     // svc 0

constexpr const char *kSvcInHandler =
    "df01 "  // svc 1
    "4770 "; // bx lr

constexpr const char *kSleepInHandler =
    "bf30 "  // wfi
    "e7fd "; // b.n 0

constexpr const char *kSvcOnly =
    "df00 "  // svc 0
    "bf30 "  // wfi
    "e7fd "; // b.n (+0x2)

constexpr const char *kNoStackForSvc =
    "4801 "       // ldr r0, [pc, #4]
    "4685 "       // mov sp, r0
    "df00 "       // svc 0
    "0000 "       // .short 0x0000
    "0010 2000 "; // .word 0x20000010

constexpr const char *kLeaveWrongly =
    "f06f001e "  // mvn.w r0, #30
    "4700 ";     // bx r0

constexpr const char *kFaultBehindWait =
    "b672 "       // cpsid i
    "4c03 "       // ldr r4, [pc, #12]
    "2063 "       // movs r0, #99
    "6060 "       // str r0, [r4, #4]
    "2007 "       // movs r0, #7
    "6020 "       // str r0, [r4, #0]
    "e7fe "       // b.n (+0xc)
    "0000 "       // .short 0x0000
    "e010 e000 "; // .word 0xe000e010

constexpr const char *kRiscvForever =
    "4505 "  // li x10,1
    "a001 "; // j 2

constexpr const char *kRiscvUnaligned =
    "80400537 "  // lui x10,0x80400
    "0505 "      // add x10,x10,1
    "004000ef "  // jal a
    "0001 "      // nop
    "410c "      // lw x11,0(x10)
    "a001 ";     // j e

constexpr const char *kRiscvUndefined =
    "004000ef "  // jal 4
    "0001 "      // nop
    "00000000 "; // .word 0x00000000

constexpr const char *kRiscvBreakpoint =
    "004000ef "  // jal 4
    "9002 ";     // ebreak

constexpr const char *kRiscvNoHandler =
    "004000ef "  // jal 4
    "00000073 "; // ecall

constexpr const char *kRiscvNowhere =
    "60000537 "  // lui x10,0x60000
    "9502 ";     // jalr x10

constexpr const char *kRiscvOverflow =
    "80400137 "  // lui x2,0x80400
    "6105 "      // add x2,x2,32
    "1141 "      // add x2,x2,-16
    "c606 "      // sw x1,12(x2)
    "ffdff0ef "; // jal 6

constexpr const char *kRiscvWriteFlash =
    "80000537 "  // lui x10,0x80000
    "004000ef "  // jal 8
    "c128 ";     // sw x10,64(x10)

// clang-format on

struct Case {
    const char *name;
    const char *board;
    test::Elf elf;
    Code code;
    const char *where;  // Part of it: symbol, address and call site.
    const char *what;
};

void expect_fault(const Case &c, bool is_recorded) {
    Machine machine(board_named(c.board), c.elf,
                    {.is_traffic_recorded = is_recorded, .instruction_limit = 100'000'000});
    const Diagnostic fault = machine.fault();
    EXPECT_EQ(fault.code, c.code) << c.name << ": " << to_string(fault);
    EXPECT_THAT(fault.where, HasSubstr(c.where)) << c.name;
    EXPECT_THAT(fault.what, HasSubstr(c.what)) << c.name;
}

std::vector<Case> cases() {
    const char *m4 = "cortex_m4", *rv = "rv32";
    return {
        {"forever", m4, arm_elf(kForever), Code::kRunAway, "main+0x2 (0x00000402)",
         "jumps to itself"},
        {"forever, masked", m4, arm_elf(kFaultBehindWait), Code::kRunAway, "main+0xc (0x0000040c)",
         "jumps to itself"},
        {"forever on RISC-V", rv, riscv_elf(kRiscvForever), Code::kRunAway, "main+0x2 (0x80000002)",
         "jumps to itself"},
        {"nowhere", m4, arm_elf(kJumpNowhere), Code::kProgramFault,
         "0x60000000, called from main+0x4 (0x00000404)", "jumped to where no code is"},
        {"nowhere on RISC-V", rv, riscv_elf(kRiscvNowhere), Code::kProgramFault,
         "0x60000000, called from main+0x6 (0x80000006)", "jumped to where no code is"},
        {"even", m4, arm_elf(kJumpEven), Code::kProgramFault, "called from main+0x",
         "even address"},
        {"recursion", m4, arm_elf(kRecurse), Code::kStackOverflow,
         "main+0x0 (0x00000400), called from main+0x6 (0x00000406)", "past the end of its stack"},
        {"big frames", m4, arm_elf(kBigFrames), Code::kStackOverflow,
         "main+0x2 (0x00000402), called from main+0x8 (0x00000408)", "past the end of its stack"},
        {"recursion on RISC-V", rv, riscv_elf(kRiscvOverflow), Code::kStackOverflow,
         "called from main+0x", "past the end of its stack"},
        {"exception without stack", m4, arm_elf(kNoStackForSvc, {{11, kSvcOnly}}),
         Code::kStackOverflow, "main+0x6 (0x00000406)", "no room to save its registers"},
        {"rewritten", m4, arm_elf(kRewrite), Code::kCodeChanged,
         "0x20000000, called from main+0x16 (0x00000416)", "rewritten"},
        {"rewritten, longer", m4, arm_elf(kRewriteLonger), Code::kCodeChanged,
         "0x20000000, called from main+0x1e (0x0000041e)", "rewritten"},
        {"storm", m4, arm_elf(kStorm, {{16, kStormHandler}}), Code::kInterruptStorm,
         "handler16+0x0 (0x00000800)", "100000 times in a row without the program at main+0x"},
        {"undefined", m4, arm_elf(kUndefined), Code::kProgramFault,
         "main+0x8 (0x00000408), called from main+0x4 (0x00000404)", "the core does not have"},
        {"undefined on RISC-V", rv, riscv_elf(kRiscvUndefined), Code::kProgramFault,
         "main+0x6 (0x80000006), called from main+0x4 (0x80000004)", "the core does not have"},
        {"write to flash", m4, arm_elf(kWriteFlash), Code::kUnmappedAccess,
         "main+0xa (0x0000040a), called from main+0x4 (0x00000404)",
         "wrote 4 B at 0x00000004, which is read-only"},
        {"write to flash on RISC-V", rv, riscv_elf(kRiscvWriteFlash), Code::kUnmappedAccess,
         "main+0x8 (0x80000008), called from main+0x8 (0x80000008)",
         "wrote 4 B at 0x80000040, which is read-only"},
        {"bad pointer", m4, arm_elf(kNull), Code::kUnmappedAccess,
         "main+0xc (0x0000040c), called from main+0x4 (0x00000404)",
         "read 1 B at 0x40000004, where the board has nothing"},
        {"null pointer on RISC-V", rv,
         riscv_elf("00002503 "),  // lw x10,0(x0)
         Code::kUnmappedAccess, "main+0x0 (0x80000000)", "read 4 B at 0x00000000"},
        {"breakpoint", m4, arm_elf(kBreakpoint), Code::kProgramFault,
         "main+0x6 (0x00000406), called from main+0x4 (0x00000404)", "ran into a breakpoint"},
        {"breakpoint on RISC-V", rv, riscv_elf(kRiscvBreakpoint), Code::kProgramFault,
         "main+0x4 (0x80000004), called from main+0x4 (0x80000004)", "ran into a breakpoint"},
        {"no vector", m4, arm_elf(kNoVector), Code::kProgramFault,
         "main+0x8 (0x00000408), called from main+0x4 (0x00000404)",
         "took exception 11, whose vector is not the address of a function"},
        {"no handler on RISC-V", rv, riscv_elf(kRiscvNoHandler), Code::kProgramFault, "main+0x",
         "has no handler"},
        {"call within a call", m4, arm_elf(kSvcOnly, {{11, kSvcInHandler}}), Code::kProgramFault,
         "handler11+0x2 (0x00000802)", "where that may not interrupt"},
        {"return from nothing", m4, arm_elf(kLeaveWrongly), Code::kProgramFault, "0xffffffe0",
         "returned from an exception it is not in"},
    };
}

TEST(hostile_program, ends_in_one_diagnosis) {
    for (const Case &c : cases()) {
        expect_fault(c, true);
        expect_fault(c, false);
    }
}

// The emulator's cores let such instructions pass.
TEST(hostile_program, is_told_of_instructions_that_its_core_does_not_have) {
    const struct {
        const char *core, *encoding, *text;
    } cases[] = {{"cortex_m0plus", "fbb0f2f1 ", "udiv r2, r0, r1"},
                 {"cortex_m0plus", "fab0f280 ", "clz r2, r0"},
                 {"cortex_m0plus", "f24040d2 ", "movw r0, #0x4d2"},
                 {"cortex_m0plus", "b100 ", "cbz r0, "},
                 {"cortex_m0plus", "bf08 ", "it eq"},
                 {"cortex_m3", "ee300a20 ", "vadd.f32 s0, s0, s1"}};
    for (const auto &c : cases) {
        Board board = board_named(c.core == std::string("cortex_m3") ? "cortex_m4" : c.core);
        board.core.name = c.core;
        const std::string main = "bf00 " + std::string(c.encoding) + "bf00 bf00 bf30 e7fd ";
        const Diagnostic fault = Machine(board, arm_elf(main)).fault();
        EXPECT_EQ(fault.code, Code::kProgramFault) << c.text;
        EXPECT_THAT(fault.where, HasSubstr("main+0x2 (0x00000402)")) << c.text;
        EXPECT_THAT(fault.what, HasSubstr("ran into `" + std::string(c.text)));
        EXPECT_THAT(fault.what, HasSubstr(std::string("`, which ") + c.core + " does not have"));
    }
}

// What only recording shows.
TEST(hostile_program, is_told_of_accesses_that_its_core_cannot_make) {
    expect_fault({"M0+", "cortex_m0plus", arm_elf(kUnaligned), Code::kProgramFault,
                  "main+0x2 (0x00000402)", "accessed 4 B at 0x20000002, which is not aligned"},
                 true);
    expect_fault({"RV32", "rv32", riscv_elf(kRiscvUnaligned), Code::kProgramFault,
                  "main+0xc (0x8000000c), called from main+0xa (0x8000000a)",
                  "accessed 4 B at 0x80400001, which is not aligned"},
                 true);
}

TEST(hostile_program, may_be_unaligned_where_the_core_allows_it) {
    expect_fault(
        {"M4", "cortex_m4", arm_elf(kUnaligned), Code::kRunAway, "main", "jumps to itself"}, true);
}

TEST(hostile_program, runs_no_longer_than_its_limit) {
    Machine machine(board_named("cortex_m4"), arm_elf(kForeverLong), {.instruction_limit = 1000});
    const Diagnostic fault = machine.fault();
    EXPECT_EQ(fault.code, Code::kRunAway);
    EXPECT_THAT(fault.where, HasSubstr("main+0x0 (0x00000400)"));
    EXPECT_THAT(fault.what, HasSubstr("still ran after 1002 instructions"));
}

TEST(hostile_program, that_sleeps_for_good_in_a_handler_is_told_so) {
    const Board board = board_named("cortex_m4");
    sim::Setup setup{.board = board,
                     .timing = read_timing(INGOT_CORES "/cortex_m4.toml").value(),
                     .image = image_of(arm_elf(kSvcOnly, {{11, kSleepInHandler}}))};
    const auto run = run_program(setup, {});
    ASSERT_TRUE(run && run->fault);
    EXPECT_EQ(run->fault->code, Code::kSleepsForever);
    EXPECT_THAT(run->fault->where, HasSubstr("handler11+0x2"));
}

TEST(hostile_program, without_a_mailbox_is_no_firmware) {
    sim::Setup setup{.board = board_named("cortex_m4"),
                     .timing = read_timing(INGOT_CORES "/cortex_m4.toml").value(),
                     .image = image_of(arm_elf(kForever))};
    const auto run = FirmwareRun::boot(setup, {});
    ASSERT_FALSE(run);
    EXPECT_EQ(run.error().code, Code::kFirmwareFailed);
    setup.image.symbols.push_back({.name = "ingot_mailbox", .address = kArmRam});
    setup.image = image_of(arm_elf("bf30 e7fd "));  // wfi; b
    setup.image.symbols.push_back({.name = "ingot_mailbox", .address = kArmRam});
    const auto silent = FirmwareRun::boot(setup, {});
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, Code::kFirmwareFailed);
    EXPECT_THAT(silent.error().what, HasSubstr("sleeps before it is ready"));
}

// -- Boards and images that do not fit -----------------------------------------------------------

Diagnostic refusal(const Board &board, const test::Elf &elf) {
    const Image image = image_of(elf);
    const CoreTiming timing = read_timing(INGOT_CORES "/cortex_m4.toml").value();
    const auto processor = Processor::make(board, timing, image, {});
    EXPECT_FALSE(processor);
    return processor ? Diagnostic{} : processor.error();
}

TEST(hostile_board, is_refused_when_its_memories_overlap) {
    Board board = board_named("cortex_m4");
    board.memories[1].address = board.memories[0].address + 0x1000;
    const Diagnostic refused = refusal(board, arm_elf(kForever));
    EXPECT_EQ(refused.code, Code::kNotSimulated);
    EXPECT_THAT(refused.what, HasSubstr("memory ram overlaps"));
}

TEST(hostile_board, is_refused_when_a_memory_lies_where_devices_are) {
    Board board = board_named("cortex_m4");
    board.memories.push_back({.name = "sram", .address = 0xe0000000, .bytes = 0x1000});
    EXPECT_THAT(refusal(board, arm_elf(kForever)).what, HasSubstr("where its core has devices"));
    board.memories.back().address = 0xfffff000;
    board.memories.back().bytes = 0x2000;
    EXPECT_THAT(refusal(board, arm_elf(kForever)).what, HasSubstr("memory sram"));
    board.memories.back().address = 0x1'0000'0000;
    EXPECT_THAT(refusal(board, arm_elf(kForever)).what, HasSubstr("memory sram"));
}

TEST(hostile_board, is_refused_when_its_core_is_unknown) {
    Board board = board_named("cortex_m4");
    board.core.name = "cortex_m99";
    EXPECT_EQ(refusal(board, arm_elf(kForever)).code, Code::kNotSimulated);
}

TEST(hostile_image, is_refused_on_a_core_of_another_kind) {
    EXPECT_EQ(refusal(board_named("rv32"), arm_elf(kForever)).code, Code::kImageMachine);
    EXPECT_EQ(refusal(board_named("cortex_m4"), riscv_elf(kRiscvForever)).code,
              Code::kImageMachine);
}

TEST(hostile_image, is_refused_when_no_memory_holds_it) {
    test::Elf giant = arm_elf(kForever);
    giant.segments.push_back({.address = kArmRam, .bytes = {}, .memory_bytes = 0xf0000000});
    EXPECT_EQ(refusal(board_named("cortex_m4"), giant).code, Code::kImageLayout);
    test::Elf elsewhere = arm_elf(kForever);
    elsewhere.segments.push_back({.address = 0x60000000, .bytes = {1, 2, 3, 4}});
    const Diagnostic refused = refusal(board_named("cortex_m4"), elsewhere);
    EXPECT_EQ(refused.code, Code::kImageLayout);
    EXPECT_THAT(refused.what, HasSubstr("4 B at 0x60000000"));
}

TEST(image_names, of_cpp_functions_are_shown_as_their_source_has_them) {
    test::Elf elf = arm_elf("bf00 ");
    elf.symbols[0].name = "_ZN5ingot4coreEi";
    const Image image = image_of(elf);
    EXPECT_EQ(image.describe(kArmCode), "ingot::core(int)+0x0 (0x00000400)");
    EXPECT_NE(image.symbol("_ZN5ingot4coreEi"), nullptr) << "looked up as in the file";
    elf.symbols[0].name = "_Zebra";
    EXPECT_EQ(image_of(elf).describe(kArmCode), "_Zebra+0x0 (0x00000400)");
}

// Code at both ends of the address space needs no table of everything in between.
TEST(hostile_image, with_code_far_apart_costs_no_memory) {
    test::Elf elf = arm_elf(kForever);
    elf.segments.push_back({.address = kArmRam, .bytes = {0xfe, 0xe7}});
    Machine machine(board_named("cortex_m4"), elf);
    EXPECT_EQ(machine.fault().code, Code::kRunAway);
}

}  // namespace
}  // namespace ingot::sim
