// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Exceptions of a Cortex-M4: who is taken when, what is saved, and what it costs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/nvic.h"
#include "tests/sim/support/machine.h"

namespace ingot::sim {
namespace {

// clang-format off

constexpr const char *kSvc =
    "200a "      // movs r0, #10
    "210b "      // movs r1, #11
    "220c "      // movs r2, #12
    "230d "      // movs r3, #13
    "469c "      // mov ip, r3
    "240e "      // movs r4, #14
    "2c0e "      // cmp r4, #14
    "df07 "      // svc 7
    "f3ef8500 "  // mrs r5, CPSR
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x14)

constexpr const char *kSvcHandler =
    "466e "      // mov r6, sp
    "4677 "      // mov r7, lr
    "f3ef8805 "  // mrs r8, IPSR
    "2063 "      // movs r0, #99
    "9000 "      // str r0, [sp, #0]
    "2800 "      // cmp r0, #0
    "4770 ";     // bx lr

constexpr const char *kSvcUnaligned =
    "b081 "  // sub sp, #4
    "466c "  // mov r4, sp
    "df00 "  // svc 0
    "466d "  // mov r5, sp
    "bf30 "  // wfi
    "e7fd "; // b.n (+0x8)

constexpr const char *kProcess =
    "4807 "       // ldr r0, [pc, #28]
    "f3808809 "   // msr PSP, r0
    "2002 "       // movs r0, #2
    "f3808814 "   // msr CONTROL, r0
    "f3bf8f6f "   // isb sy
    "466c "       // mov r4, sp
    "df00 "       // svc 0
    "466d "       // mov r5, sp
    "f3ef8914 "   // mrs r9, CONTROL
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x1a)
    "0000 "       // .short 0x0000
    "0800 2000 "; // .word 0x20000800

constexpr const char *kToProcess =
    "4807 "       // ldr r0, [pc, #28]
    "f3808809 "   // msr PSP, r0
    "4907 "       // ldr r1, [pc, #28]
    "6181 "       // str r1, [r0, #24]
    "f04f7180 "   // mov.w r1, #16777216
    "61c1 "       // str r1, [r0, #28]
    "df00 "       // svc 0
    "bf00 "       // nop
    "bf00 "       // nop
    "466c "       // mov r4, sp
    "f3ef8514 "   // mrs r5, CONTROL
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x1c)
    "07e0 2000 "  // .word 0x200007e0
    "0412 0000 "; // .word 0x00000412

constexpr const char *kToProcessHandler =
    "f04e0e04 "  // orr.w lr, lr, #4
    "4770 ";     // bx lr

constexpr const char *kFloat =
    "eeb70a00 "  // vmov.f32 s0, #112
    "eef07a00 "  // vmov.f32 s15, #0
    "f3ef8414 "  // mrs r4, CONTROL
    "466d "      // mov r5, sp
    "df00 "      // svc 0
    "f3ef8914 "  // mrs r9, CONTROL
    "ee10aa10 "  // vmov sl, s0
    "ee17ba90 "  // vmov fp, s15
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x1c)

constexpr const char *kFloatHandler =
    "466e "      // mov r6, sp
    "4677 "      // mov r7, lr
    "f3ef8814 "  // mrs r8, CONTROL
    "eeb00a08 "  // vmov.f32 s0, #8
    "eef07a08 "  // vmov.f32 s15, #8
    "4770 ";     // bx lr

constexpr const char *kPriorities =
    "4c08 "       // ldr r4, [pc, #32]
    "2040 "       // movs r0, #64
    "7020 "       // strb r0, [r4, #0]
    "2020 "       // movs r0, #32
    "7060 "       // strb r0, [r4, #1]
    "2040 "       // movs r0, #64
    "70a0 "       // strb r0, [r4, #2]
    "4d06 "       // ldr r5, [pc, #24]
    "2007 "       // movs r0, #7
    "6028 "       // str r0, [r5, #0]
    "4e05 "       // ldr r6, [pc, #20]
    "2001 "       // movs r0, #1
    "f8c50100 "   // str.w r0, [r5, #256]
    "bf00 "       // nop
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x1e)
    "0000 "       // .short 0x0000
    "e400 e000 "  // .word 0xe000e400
    "e100 e000 "  // .word 0xe000e100
    "0100 2000 "; // .word 0x20000100

constexpr const char *kIrq0 =
    "2061 "      // movs r0, #97
    "f8060b01 "  // strb.w r0, [r6], #1
    "2006 "      // movs r0, #6
    "f8c50100 "  // str.w r0, [r5, #256]
    "f3bf8f6f "      // isb
    "2041 "      // movs r0, #65
    "f8060b01 "  // strb.w r0, [r6], #1
    "4770 ";     // bx lr

constexpr const char *kIrq1 =
    "2062 "      // movs r0, #98
    "f8060b01 "  // strb.w r0, [r6], #1
    "bf00 "      // nop
    "2042 "      // movs r0, #66
    "f8060b01 "  // strb.w r0, [r6], #1
    "4770 ";     // bx lr

constexpr const char *kIrq2 =
    "2063 "      // movs r0, #99
    "f8060b01 "  // strb.w r0, [r6], #1
    "bf00 "      // nop
    "2043 "      // movs r0, #67
    "f8060b01 "  // strb.w r0, [r6], #1
    "4770 ";     // bx lr

constexpr const char *kMasks =
    "4d17 "       // ldr r5, [pc, #92]
    "2001 "       // movs r0, #1
    "6028 "       // str r0, [r5, #0]
    "4c17 "       // ldr r4, [pc, #92]
    "2040 "       // movs r0, #64
    "7020 "       // strb r0, [r4, #0]
    "4e16 "       // ldr r6, [pc, #88]
    "b672 "       // cpsid i
    "2001 "       // movs r0, #1
    "f8c50100 "   // str.w r0, [r5, #256]
    "2031 "       // movs r0, #49
    "f8060b01 "   // strb.w r0, [r6], #1
    "b662 "       // cpsie i
    "2032 "       // movs r0, #50
    "f8060b01 "   // strb.w r0, [r6], #1
    "2040 "       // movs r0, #64
    "f3808811 "   // msr BASEPRI, r0
    "2001 "       // movs r0, #1
    "f8c50100 "   // str.w r0, [r5, #256]
    "2033 "       // movs r0, #51
    "f8060b01 "   // strb.w r0, [r6], #1
    "2060 "       // movs r0, #96
    "f3808811 "   // msr BASEPRI, r0
    "2034 "       // movs r0, #52
    "f8060b01 "   // strb.w r0, [r6], #1
    "2000 "       // movs r0, #0
    "f3808811 "   // msr BASEPRI, r0
    "b672 "       // cpsid i
    "2001 "       // movs r0, #1
    "f8c50100 "   // str.w r0, [r5, #256]
    "bf30 "       // wfi
    "2035 "       // movs r0, #53
    "f8060b01 "   // strb.w r0, [r6], #1
    "b662 "       // cpsie i
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x5a)
    "0000 "       // .short 0x0000
    "e100 e000 "  // .word 0xe000e100
    "e400 e000 "  // .word 0xe000e400
    "0100 2000 "; // .word 0x20000100

constexpr const char *kMark =
    "2069 "      // movs r0, #105
    "f8060b01 "  // strb.w r0, [r6], #1
    "4770 ";     // bx lr

constexpr const char *kPendSv =
    "4d05 "       // ldr r5, [pc, #20]
    "4e06 "       // ldr r6, [pc, #24]
    "4c06 "       // ldr r4, [pc, #24]
    "20ff "       // movs r0, #255
    "70a0 "       // strb r0, [r4, #2]
    "df00 "       // svc 0
    "206d "       // movs r0, #109
    "f8060b01 "   // strb.w r0, [r6], #1
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x12)
    "0000 "       // .short 0x0000
    "ed04 e000 "  // .word 0xe000ed04
    "0100 2000 "  // .word 0x20000100
    "ed20 e000 "; // .word 0xe000ed20

constexpr const char *kPendSvSvc =
    "f04f5080 "  // mov.w r0, #268435456
    "6028 "      // str r0, [r5, #0]
    "6829 "      // ldr r1, [r5, #0]
    "2073 "      // movs r0, #115
    "f8060b01 "  // strb.w r0, [r6], #1
    "4770 ";     // bx lr

constexpr const char *kMarkP =
    "2070 "      // movs r0, #112
    "f8060b01 "  // strb.w r0, [r6], #1
    "4770 ";     // bx lr

constexpr const char *kEntryCost =
    "4c04 "       // ldr r4, [pc, #16]
    "2101 "       // movs r1, #1
    "6021 "       // str r1, [r4, #0]
    "bf00 "       // nop
    "6860 "       // ldr r0, [r4, #4]
    "df00 "       // svc 0
    "6865 "       // ldr r5, [r4, #4]
    "bf30 "       // wfi
    "e7fd "       // b.n (+0xe)
    "0000 "       // .short 0x0000
    "1000 e000 "; // .word 0xe0001000

constexpr const char *kReturnAtOnce =
    "4770 "; // bx lr

// clang-format on

Machine machine_of(const char *main, const std::vector<Handler> &handlers = {}) {
    return Machine(board_named("cortex_m4"), arm_elf(main, handlers));
}

// A text that handlers write at 0x20000100.
std::string text_of(Processor &processor) {
    std::string text(32, '\0');
    processor.read(kArmRam + 0x100, {reinterpret_cast<uint8_t *>(text.data()), text.size()});
    return text.c_str();
}

uint32_t word(Processor &processor, uint32_t address) { return processor.read_word(address); }

TEST(exceptions, save_the_registers_that_the_architecture_names) {
    Machine machine = machine_of(kSvc, {{11, kSvcHandler}});
    machine.run();
    const uint32_t frame = machine->reg(6);
    EXPECT_EQ(frame, kArmStack - 32);
    EXPECT_EQ(word(*machine, frame), 99u) << "the handler changed the saved r0";
    EXPECT_EQ(word(*machine, frame + 4), 11u);
    EXPECT_EQ(word(*machine, frame + 8), 12u);
    EXPECT_EQ(word(*machine, frame + 12), 13u);
    EXPECT_EQ(word(*machine, frame + 16), 13u) << "r12";
    EXPECT_EQ(word(*machine, frame + 20), 0xffffffffu) << "lr";
    EXPECT_EQ(word(*machine, frame + 24), kArmCode + 0x10) << "the instruction behind SVC";
    EXPECT_EQ(word(*machine, frame + 28), 0x61000000u) << "xPSR: Z, C and T";
    EXPECT_EQ(machine->reg(7), 0xfffffff9u);
    EXPECT_EQ(machine->reg(8), 11u) << "IPSR";
}

TEST(exceptions, give_everything_back) {
    Machine machine = machine_of(kSvc, {{11, kSvcHandler}});
    machine.run();
    EXPECT_EQ(machine->reg(0), 99u) << "the result that the handler put there";
    EXPECT_EQ(machine->reg(1), 11u);
    EXPECT_EQ(machine->reg(5), 0x60000000u) << "flags";
    EXPECT_EQ(machine->reg(13), kArmStack);
    EXPECT_EQ(machine->depth(), 0);
}

TEST(exceptions, align_the_stack_to_eight_bytes_and_back) {
    Machine machine = machine_of(kSvcUnaligned, {{11, kSvcHandler}});
    machine.run();
    EXPECT_EQ(machine->reg(4), kArmStack - 4);
    EXPECT_EQ(machine->reg(6), kArmStack - 8 - 32);
    EXPECT_EQ(word(*machine, machine->reg(6) + 28) >> 9 & 1, 1u);
    EXPECT_EQ(machine->reg(5), kArmStack - 4);
}

TEST(exceptions, save_on_the_process_stack_and_run_on_the_main_stack) {
    Machine machine = machine_of(kProcess, {{11, kSvcHandler}});
    machine.run();
    EXPECT_EQ(machine->reg(4), kArmRam + 0x800);
    EXPECT_EQ(machine->reg(6), kArmStack) << "the handler's";
    EXPECT_EQ(machine->reg(7), 0xfffffffdu);
    EXPECT_EQ(word(*machine, kArmRam + 0x800 - 32 + 4), 0u) << "r1";
    EXPECT_EQ(machine->reg(5), kArmRam + 0x800);
    EXPECT_EQ(machine->reg(9), 2u) << "CONTROL";
}

// As an operating system starts its first task.
TEST(exceptions, return_to_the_stack_that_the_handler_chooses) {
    Machine machine = machine_of(kToProcess, {{11, kToProcessHandler}});
    machine.run();
    EXPECT_EQ(machine->reg(4), kArmRam + 0x800);
    EXPECT_EQ(machine->reg(5), 2u);
}

TEST(exceptions, save_floating_point_registers_once_they_are_used) {
    Machine machine = machine_of(kFloat, {{11, kFloatHandler}});
    machine.run();
    EXPECT_EQ(machine->reg(4) & 4, 4u) << "CONTROL.FPCA";
    EXPECT_EQ(machine->reg(6), machine->reg(5) - 104);
    EXPECT_EQ(machine->reg(7), 0xffffffe9u);
    EXPECT_EQ(machine->reg(8) & 4, 0u) << "the handler has not used any yet";
    EXPECT_EQ(machine->reg(9) & 4, 4u);
    EXPECT_EQ(machine->reg(10), 0x3f800000u);
    EXPECT_EQ(machine->reg(11), 0x40000000u);
    EXPECT_EQ(machine->reg(13), machine->reg(5));
}

// Interrupt 0 raises 1, more urgent, and 2, as urgent as itself.
TEST(priorities, let_a_more_urgent_interrupt_in_and_make_an_equal_one_wait) {
    Machine machine = machine_of(kPriorities, {{16, kIrq0}, {17, kIrq1}, {18, kIrq2}});
    machine.run();
    EXPECT_EQ(text_of(*machine), "abBAcC");
    EXPECT_EQ(machine->depth(), 0);
}

TEST(priorities, obey_the_masks) {
    Machine machine = machine_of(kMasks, {{16, kMark}});
    machine.run();
    EXPECT_EQ(text_of(*machine), "1i23i45i");
}

TEST(priorities, take_pend_sv_when_nothing_else_is_left) {
    Machine machine = machine_of(kPendSv, {{11, kPendSvSvc}, {14, kMarkP}});
    machine.run();
    EXPECT_EQ(text_of(*machine), "spm");
}

// SVC itself takes a cycle, and BX of the handler one and its jump.
TEST(exception_cost, is_what_the_core_needs_to_enter_and_to_leave) {
    Machine machine = machine_of(kEntryCost, {{11, kReturnAtOnce}});
    machine.run();
    const int64_t load = 2, call = 1, back = 1 + 2;
    EXPECT_EQ(machine->reg(5) - machine->reg(0), load + call + 12 + back + 12);
}

TEST(exception_cost, is_less_from_one_handler_to_the_next) {
    Machine chained = machine_of(kPendSv, {{11, kPendSvSvc}, {14, kMarkP}});
    chained.run();
    int64_t blocks = 0;
    for (const Block &block : chained->blocks().blocks()) blocks += block.cycles;
    EXPECT_EQ(chained->clock().cycle - blocks, 12 + 6 + 12) << "in, on, and out";
}

TEST(nvic, orders_by_priority_and_then_by_number) {
    Nvic nvic;
    nvic.write(0x000, 4, 0xf);
    nvic.write(0x300, 4, 0x20402040);
    nvic.write(0x100, 4, 0xf);
    EXPECT_EQ(nvic.most_urgent(), 17u);
    nvic.begin(17);
    EXPECT_EQ(nvic.most_urgent(), 19u);
    EXPECT_EQ(nvic.running_priority(), 0x20);
    nvic.write(0x180, 4, 1 << 3);
    EXPECT_EQ(nvic.most_urgent(), 16u);
    nvic.write(0x080, 4, 1 << 0);
    EXPECT_EQ(nvic.most_urgent(), 18u);
    EXPECT_EQ(nvic.read(0x000), 0xeu);
    EXPECT_EQ(nvic.read(0x100), 0x5u);
    EXPECT_EQ(nvic.read(0x200), 0x2u);
    EXPECT_EQ(nvic.read(0x300), 0x20402040u);
}

TEST(nvic, writes_one_priority_by_its_byte) {
    Nvic nvic;
    nvic.write(0x300, 4, 0x44332211);
    nvic.write(0x302, 1, 0xee);
    EXPECT_EQ(nvic.read(0x300), 0x44ee2211u);
    nvic.set_system_priorities(10, 1, 0xff);  // PendSV
    EXPECT_EQ(nvic.system_priorities(8), 0x00ff0000u);
}

TEST(nvic, compares_groups_when_it_preempts) {
    Nvic nvic;
    nvic.set_grouping(5);  // Bits 7 and 6.
    nvic.write(0x300, 4, 0x4050);
    EXPECT_EQ(nvic.group_priority(16), nvic.group_priority(17));
    nvic.set_grouping(3);
    EXPECT_LT(nvic.group_priority(17), nvic.group_priority(16));
}

}  // namespace
}  // namespace ingot::sim
