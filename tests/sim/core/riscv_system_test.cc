// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Counters, traps, timers and devices of an RV32 core.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/core/sequences.h"
#include "tests/sim/support/machine.h"

namespace ingot::sim {
namespace {

// clang-format off

constexpr const char *kCounters =
    "b0002573 "  // csrr x10,mcycle
    "b02025f3 "  // csrr x11,minstret
    "0001 "      // nop
    "0001 "      // nop
    "031888b3 "  // mul x17,x17,x17
    "0001 "      // nop
    "b0002673 "  // csrr x12,mcycle
    "b02026f3 "  // csrr x13,minstret
    "c0002773 "  // rdcycle x14
    "c80027f3 "  // rdcycleh x15
    "c8202873 "  // rdinstreth x16
    "10500073 "  // wfi
    "bff5 ";     // j 26

constexpr const char *kTimer =
    "800012b7 "  // lui x5,0x80001
    "80028293 "  // add x5,x5,-2048
    "30529073 "  // csrw mtvec,x5
    "02004937 "  // lui x18,0x2004
    "00092223 "  // sw x0,4(x18)
    "3e800313 "  // li x6,1000
    "00692023 "  // sw x6,0(x18)
    "08000313 "  // li x6,128
    "30432073 "  // csrs mie,x6
    "30046073 "  // csrs mstatus,8
    "4495 "      // li x9,5
    "10500073 "  // wfi
    "14fd "      // add x9,x9,-1
    "fced "      // bnez x9,2a
    "30401073 "  // csrw mie,x0
    "10500073 "  // wfi
    "bff5 ";     // j 36

constexpr const char *kTimerLate =
    "800012b7 "  // lui x5,0x80001
    "80028293 "  // add x5,x5,-2048
    "30529073 "  // csrw mtvec,x5
    "02004937 "  // lui x18,0x2004
    "00092223 "  // sw x0,4(x18)
    "4329 "      // li x6,10
    "00692023 "  // sw x6,0(x18)
    "0001 "      // nop
    "0001 "      // nop
    "0001 "      // nop
    "0001 "      // nop
    "0001 "      // nop
    "0001 "      // nop
    "30046073 "  // csrs mstatus,8
    "08000313 "  // li x6,128
    "30432073 "  // csrs mie,x6
    "a001 ";     // j 32

constexpr const char *kTimerHandler =
    "020043b7 "  // lui x7,0x2004
    "0003ae03 "  // lw x28,0(x7)
    "3e8e0e13 "  // add x28,x28,1000
    "01c3a023 "  // sw x28,0(x7)
    "0985 "      // add x19,x19,1
    "34202a73 "  // csrr x20,mcause
    "34102af3 "  // csrr x21,mepc
    "30200073 "; // mret

constexpr const char *kSoftware =
    "800012b7 "  // lui x5,0x80001
    "80128293 "  // add x5,x5,-2047
    "30529073 "  // csrw mtvec,x5
    "30446073 "  // csrs mie,8
    "30046073 "  // csrs mstatus,8
    "020003b7 "  // lui x7,0x2000
    "4e05 "      // li x28,1
    "01c3a023 "  // sw x28,0(x7)
    "0001 "      // nop
    "0003ab03 "  // lw x22,0(x7)
    "10500073 "  // wfi
    "bff5 ";     // j 24

constexpr const char *kVectored =
    "0100006f "  // j 10
    "00c0006f "  // j 10
    "0080006f "  // j 10
    "0080006f "  // j 14
    "00100b93 "  // li x23,1
    "0003a023 "  // sw x0,0(x7)
    "00198993 "  // add x19,x19,1
    "34202a73 "  // csrr x20,mcause
    "30200073 "; // mret

constexpr const char *kEcall =
    "800012b7 "  // lui x5,0x80001
    "80028293 "  // add x5,x5,-2048
    "30529073 "  // csrw mtvec,x5
    "30046073 "  // csrs mstatus,8
    "4515 "      // li x10,5
    "00000073 "  // ecall
    "00150593 "  // add x11,x10,1
    "30002b73 "  // csrr x22,mstatus
    "10500073 "  // wfi
    "bff5 ";     // j 1e

constexpr const char *kEcallHandler =
    "34202a73 "  // csrr x20,mcause
    "34102af3 "  // csrr x21,mepc
    "30002bf3 "  // csrr x23,mstatus
    "004a8293 "  // add x5,x21,4
    "34129073 "  // csrw mepc,x5
    "02900513 "  // li x10,41
    "30200073 "; // mret

constexpr const char *kRiscvSemihosting =
    "00400513 "  // li x10,4
    "800005b7 "  // lui x11,0x80000
    "04058593 "  // add x11,x11,64
    "01f01013 "  // sll x0,x0,0x1f
    "00100073 "  // ebreak
    "40705013 "  // sra x0,x0,0x7
    "00300513 "  // li x10,3
    "00658593 "  // add x11,x11,6
    "01f01013 "  // sll x0,x0,0x1f
    "00100073 "  // ebreak
    "40705013 "  // sra x0,x0,0x7
    "02000513 "  // li x10,32
    "00258593 "  // add x11,x11,2
    "01f01013 "  // sll x0,x0,0x1f
    "00100073 "  // ebreak
    "40705013 "  // sra x0,x0,0x7
    "6c6c6548 "  // .word 0x6c6c6548
    "0021006f "  // .word 0x0021006f
    "00020026 "  // .word 0x00020026
    "0000002a "; // .word 0x0000002a

constexpr const char *kTestDevicePass =
    "001002b7 "  // lui x5,0x100
    "6315 "      // lui x6,0x5
    "55530313 "  // add x6,x6,1365
    "0062a023 "  // sw x6,0(x5)
    "a001 ";     // j e

constexpr const char *kTestDeviceFail =
    "001002b7 "  // lui x5,0x100
    "00073337 "  // lui x6,0x73
    "33330313 "  // add x6,x6,819
    "0062a023 "  // sw x6,0(x5)
    "a001 ";     // j 10

constexpr const char *kSerial =
    "100002b7 "  // lui x5,0x10000
    "06800313 "  // li x6,104
    "00628023 "  // sb x6,0(x5)
    "0052c383 "  // lbu x7,5(x5)
    "0203f393 "  // and x7,x7,32
    "fe038ce3 "  // beqz x7,c
    "06900313 "  // li x6,105
    "00628023 "  // sb x6,0(x5)
    "10500073 "  // wfi
    "bff5 ";     // j 20

// clang-format on

Machine machine_of(const char *main, const char *handler = "") {
    return Machine(board_named("rv32"), riscv_elf(main, handler));
}

TEST(riscv_counters, count_the_cycles_and_instructions_between_two_reads) {
    Machine machine = machine_of(kCounters);
    machine.run();
    const BlockCost cost =
        cost_of(decode_all(Isa::kRiscV32, "b0002573 b02025f3 0001 0001 031888b3 0001 b0002673"),
                core("rv32"));
    EXPECT_EQ(machine->reg(12) - machine->reg(10), cost.cycles_before[6] - cost.cycles_before[0]);
    EXPECT_EQ(machine->reg(13) - machine->reg(11), 6u);
    EXPECT_EQ(machine->reg(11), 1u) << "instructions before the first read";
    EXPECT_GT(machine->reg(14), machine->reg(12));
    EXPECT_EQ(machine->reg(15), 0u);
    EXPECT_EQ(machine->reg(16), 0u);
}

TEST(riscv_timer, wakes_a_sleeping_core_when_it_is_due) {
    Machine machine = machine_of(kTimer, kTimerHandler);
    EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep);
    EXPECT_EQ(machine->reg(9), 0u);
    EXPECT_EQ(machine->reg(19), 5u);
    EXPECT_EQ(machine->reg(20), 0x80000007u) << "mcause";
    EXPECT_GT(machine->snapshot().cycles.sleep, 4500);
    EXPECT_EQ(machine->snapshot().cycles.total(), machine->clock().cycle);
}

// It was due before it was allowed.
TEST(riscv_timer, interrupts_the_moment_it_is_allowed_to) {
    Machine machine = machine_of(kTimerLate, kTimerHandler);
    machine.run({.cycle = 500});
    EXPECT_EQ(machine->reg(19), 1u);
    machine.run({.cycle = 1500});
    EXPECT_EQ(machine->reg(19), 2u);
}

TEST(riscv_interrupts, jump_into_a_table_in_vectored_mode) {
    Machine machine = machine_of(kSoftware, kVectored);
    EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep);
    EXPECT_EQ(machine->reg(19), 1u);
    EXPECT_EQ(machine->reg(20), 0x80000003u) << "mcause: software";
    EXPECT_EQ(machine->reg(23), 0u) << "the first entry of the table is not this one's";
}

TEST(riscv_traps, call_a_handler_and_come_back) {
    Machine machine = machine_of(kEcall, kEcallHandler);
    machine.run();
    EXPECT_EQ(machine->reg(20), 11u) << "mcause";
    EXPECT_EQ(machine->reg(21), kRiscvCode + 18) << "mepc";
    EXPECT_EQ(machine->reg(23) & 0x88, 0x80u) << "interrupts are off, and were on";
    EXPECT_EQ(machine->reg(22) & 0x88, 0x88u) << "on again";
    EXPECT_EQ(machine->reg(11), 42u);
}

TEST(riscv_devices, speak_semihosting) {
    Machine machine = machine_of(kRiscvSemihosting);
    const Stop stop = machine.run();
    EXPECT_EQ(stop.kind, Stop::Kind::kExited);
    EXPECT_EQ(stop.exit_code, 42);
    EXPECT_EQ(machine->console(), "Hello!");
}

TEST(riscv_devices, end_the_run_by_the_test_device) {
    const Stop pass = machine_of(kTestDevicePass).run();
    EXPECT_EQ(pass.kind, Stop::Kind::kExited);
    EXPECT_EQ(pass.exit_code, 0);
    const Stop failed = machine_of(kTestDeviceFail).run();
    EXPECT_EQ(failed.kind, Stop::Kind::kExited);
    EXPECT_EQ(failed.exit_code, 7);
}

TEST(riscv_devices, print_to_the_serial_port) {
    Machine machine = machine_of(kSerial);
    machine.run();
    EXPECT_EQ(machine->console(), "hi");
}

}  // namespace
}  // namespace ingot::sim
