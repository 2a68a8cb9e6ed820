// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Counters, timers and calls of a Cortex-M4.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/systick.h"
#include "tests/sim/core/sequences.h"
#include "tests/sim/support/machine.h"

namespace ingot::sim {
namespace {

// clang-format off

constexpr const char *kDwtBlocks =
    "4c06 "       // ldr r4, [pc, #24]
    "2101 "       // movs r1, #1
    "6021 "       // str r1, [r4, #0]
    "6860 "       // ldr r0, [r4, #4]
    "e7ff "       // b.n (+0xa)
    "3201 "       // adds r2, #1
    "3201 "       // adds r2, #1
    "fb02f302 "   // mul.w r3, r2, r2
    "e7ff "       // b.n (+0x14)
    "6865 "       // ldr r5, [r4, #4]
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x16)
    "0000 "       // .short 0x0000
    "1000 e000 "; // .word 0xe0001000

constexpr const char *kDwtOneBlock =
    "4c06 "       // ldr r4, [pc, #24]
    "f04f5600 "   // mov.w r6, #536870912
    "2101 "       // movs r1, #1
    "6021 "       // str r1, [r4, #0]
    "e7ff "       // b.n (+0xc)
    "6860 "       // ldr r0, [r4, #4]
    "6832 "       // ldr r2, [r6, #0]
    "3201 "       // adds r2, #1
    "68b3 "       // ldr r3, [r6, #8]
    "6865 "       // ldr r5, [r4, #4]
    "6867 "       // ldr r7, [r4, #4]
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x18)
    "1000 e000 "; // .word 0xe0001000

constexpr const char *kSysTickPolled =
    "4c09 "       // ldr r4, [pc, #36]
    "2063 "       // movs r0, #99
    "6060 "       // str r0, [r4, #4]
    "60a0 "       // str r0, [r4, #8]
    "2005 "       // movs r0, #5
    "6020 "       // str r0, [r4, #0]
    "2700 "       // movs r7, #0
    "6821 "       // ldr r1, [r4, #0]
    "0c49 "       // lsrs r1, r1, #17
    "d3fc "       // bcc.n (+0xe)
    "6825 "       // ldr r5, [r4, #0]
    "68a6 "       // ldr r6, [r4, #8]
    "3701 "       // adds r7, #1
    "2f05 "       // cmp r7, #5
    "d1f7 "       // bne.n (+0xe)
    "2000 "       // movs r0, #0
    "60a0 "       // str r0, [r4, #8]
    "6822 "       // ldr r2, [r4, #0]
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x24)
    "e010 e000 "; // .word 0xe000e010

constexpr const char *kSleepTicks =
    "4c07 "       // ldr r4, [pc, #28]
    "f24030e7 "   // movw r0, #999
    "6060 "       // str r0, [r4, #4]
    "60a0 "       // str r0, [r4, #8]
    "2007 "       // movs r0, #7
    "6020 "       // str r0, [r4, #0]
    "270a "       // movs r7, #10
    "bf30 "       // wfi
    "3f01 "       // subs r7, #1
    "d1fc "       // bne.n (+0x10)
    "2000 "       // movs r0, #0
    "6020 "       // str r0, [r4, #0]
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x1a)
    "0000 "       // .short 0x0000
    "e010 e000 "; // .word 0xe000e010

constexpr const char *kSemihosting =
    "2004 "       // movs r0, #4
    "a10b "       // add r1, pc, #44
    "beab "       // bkpt 0x00ab
    "2003 "       // movs r0, #3
    "a10b "       // add r1, pc, #44
    "beab "       // bkpt 0x00ab
    "2005 "       // movs r0, #5
    "a10b "       // add r1, pc, #44
    "beab "       // bkpt 0x00ab
    "4604 "       // mov r4, r0
    "2010 "       // movs r0, #16
    "beab "       // bkpt 0x00ab
    "4605 "       // mov r5, r0
    "207f "       // movs r0, #127
    "beab "       // bkpt 0x00ab
    "4606 "       // mov r6, r0
    "2001 "       // movs r0, #1
    "a10b "       // add r1, pc, #44
    "beab "       // bkpt 0x00ab
    "4607 "       // mov r7, r0
    "2020 "       // movs r0, #32
    "a107 "       // add r1, pc, #28
    "beab "       // bkpt 0x00ab
    "bf00 "       // nop
    "6548 6c6c "  // .word 0x6c6c6548
    "206f 0000 "  // .word 0x0000206f
    "0077 0000 "  // .word 0x00000077
    "0001 0000 "  // .word 0x00000001
    "045c 0000 "  // .word 0x0000045c
    "0004 0000 "  // .word 0x00000004
    "0026 0002 "  // .word 0x00020026
    "002a 0000 "  // .word 0x0000002a
    "045c 0000 "  // .word 0x0000045c
    "0000 0000 "  // .word 0x00000000
    "0004 0000 "  // .word 0x00000004
    "726f 646c "; // .word 0x646c726f

constexpr const char *kExit =
    "2018 "       // movs r0, #24
    "4901 "       // ldr r1, [pc, #4]
    "beab "       // bkpt 0x00ab
    "0000 "       // .short 0x0000
    "0026 0002 "; // .word 0x00020026

constexpr const char *kExitBadly =
    "2018 "       // movs r0, #24
    "4901 "       // ldr r1, [pc, #4]
    "beab "       // bkpt 0x00ab
    "0000 "       // .short 0x0000
    "0023 0002 "; // .word 0x00020023

constexpr const char *kReturnAtOnce =
    "4770 "; // bx lr

// clang-format on

Machine machine_of(const char *main, const std::vector<Handler> &handlers = {}) {
    return Machine(board_named("cortex_m4"), arm_elf(main, handlers));
}

// From one read to the other: the first load, with its jump; three cycles; a jump.
TEST(cycle_counter, counts_what_lies_between_two_reads_in_two_blocks) {
    Machine machine = machine_of(kDwtBlocks);
    machine.run();
    const int64_t load = 2, jump = 2, work = 3;
    EXPECT_EQ(machine->reg(5) - machine->reg(0), load + jump + work + jump);
}

// One load after the other overlaps; the addition needs what the load before it brings.
TEST(cycle_counter, counts_what_lies_between_reads_in_one_block) {
    Machine machine = machine_of(kDwtOneBlock);
    machine.run();
    const BlockCost cost =
        cost_of(decode_all(Isa::kThumb, "6860 6832 3201 68b3 6865 6867"), core("cortex_m4"));
    EXPECT_EQ(machine->reg(5) - machine->reg(0), cost.cycles_before[4] - cost.cycles_before[0]);
    EXPECT_EQ(machine->reg(7) - machine->reg(5), cost.cycles_before[5] - cost.cycles_before[4]);
    EXPECT_GT(machine->reg(7), machine->reg(5));
}

TEST(cycle_counter, counts_waits_for_memory_too) {
    Board slow = board_named("cortex_m4");
    slow.memories[1].read_wait_cycles = 10;
    Machine fast = machine_of(kDwtOneBlock), slowed(slow, arm_elf(kDwtOneBlock));
    fast.run();
    slowed.run();
    EXPECT_EQ((slowed->reg(5) - slowed->reg(0)) - (fast->reg(5) - fast->reg(0)), 20u);
}

TEST(systick, flags_each_count_to_zero_once) {
    Machine machine = machine_of(kSysTickPolled);
    machine.run();
    EXPECT_EQ(machine->reg(7), 5u);
    EXPECT_EQ(machine->reg(5) >> 16, 0u) << "reading the flag clears it";
    EXPECT_EQ(machine->reg(2) >> 16, 0u) << "so does writing the counter";
    // Five periods of 100 cycles, and as long as a round of the loop until the last was seen.
    EXPECT_GE(machine->clock().cycle, 500);
    EXPECT_LE(machine->clock().cycle, 540);
    EXPECT_GT(machine->reg(6), 80u) << "it has just been reloaded";
    EXPECT_LE(machine->reg(6), 99u);
}

TEST(systick, wakes_a_sleeping_core_once_each_period) {
    Machine machine = machine_of(kSleepTicks, {{15, kReturnAtOnce}});
    EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep);
    EXPECT_EQ(machine->reg(7), 0u);
    EXPECT_NEAR(static_cast<double>(machine->clock().cycle), 10'000, 50);
    EXPECT_GT(machine->snapshot().cycles.sleep, 9'000);
    EXPECT_EQ(machine->snapshot().cycles.total(), machine->clock().cycle);
}

// Reload 999: the counter comes to zero every 1000 cycles, whoever looks.
TEST(systick, does_not_drift_when_it_is_looked_at) {
    SysTick timer;
    timer.write(4, 999, 0);
    timer.write(0, 7, 0);
    int64_t ticks = 0;
    for (int64_t cycle = 0; cycle <= 100'000; cycle += 7) {
        ticks += timer.advance(cycle);
        timer.read(8, cycle);
    }
    ticks += timer.advance(100'000);
    EXPECT_EQ(ticks, 100);
    EXPECT_EQ(timer.next_interrupt(), 101'000);
}

TEST(systick, counts_down_and_reloads) {
    SysTick timer;
    timer.write(4, 3, 10);
    timer.write(0, 1, 10);
    const uint32_t expected[] = {0, 3, 2, 1, 0, 3, 2, 1, 0, 3};
    for (int64_t i = 0; i < 10; ++i) {
        EXPECT_EQ(timer.read(8, 10 + i), expected[i]) << i;
    }
    EXPECT_EQ(timer.next_interrupt(), INT64_MAX) << "it counts, and does not interrupt";
}

TEST(systick, takes_a_new_reload_value_at_the_next_zero) {
    SysTick timer;
    timer.write(4, 9, 0);
    timer.write(0, 1, 0);
    timer.write(4, 99, 5);  // 5 left of 10 cycles.
    EXPECT_EQ(timer.read(8, 6), 4u);
    EXPECT_EQ(timer.read(8, 10), 0u);
    EXPECT_EQ(timer.read(8, 11), 99u);
}

TEST(systick, stops_at_zero_without_a_reload_value) {
    SysTick timer;
    timer.write(4, 9, 0);
    timer.write(0, 3, 0);
    EXPECT_FALSE(timer.advance(9));
    timer.write(4, 0, 9);
    EXPECT_TRUE(timer.advance(10));
    EXPECT_FALSE(timer.advance(1000));
    EXPECT_EQ(timer.next_interrupt(), INT64_MAX);
    EXPECT_EQ(timer.read(8, 1000), 0u);
}

TEST(systick, holds_its_count_while_it_is_off) {
    SysTick timer;
    timer.write(4, 99, 0);
    timer.write(0, 1, 0);
    timer.write(0, 0, 50);
    EXPECT_EQ(timer.read(8, 80), 50u);
    timer.write(0, 1, 80);
    EXPECT_EQ(timer.read(8, 90), 40u);
}

TEST(semihosting, prints_answers_and_ends_with_the_code_it_is_given) {
    Machine machine = machine_of(kSemihosting);
    const Stop stop = machine.run();
    EXPECT_EQ(stop.kind, Stop::Kind::kExited);
    EXPECT_EQ(stop.exit_code, 42);
    EXPECT_EQ(machine->console(),
              "Hello worl"
              "d");
    EXPECT_EQ(machine->reg(4), 0u) << "all of it was written";
    EXPECT_EQ(machine->reg(5), 0u) << "hundredths of a second";
    EXPECT_EQ(machine->reg(6), 0xffffffffu) << "an operation that does not exist";
    EXPECT_EQ(machine->reg(7), 0xffffffffu) << "a file that cannot be opened";
}

TEST(semihosting, tells_a_normal_end_from_an_error) {
    EXPECT_EQ(machine_of(kExit).run().exit_code, 0);
    EXPECT_EQ(machine_of(kExitBadly).run().exit_code, 1);
}

}  // namespace
}  // namespace ingot::sim
