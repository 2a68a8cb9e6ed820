// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Programs on whole boards: what their descriptions name, on the bus of their core.

#include "sim/devices/board_devices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/sim/support/device_bench.h"
#include "tests/sim/support/machine.h"

namespace ingot::sim {
namespace {

using testing::HasSubstr;

constexpr int kTimer0 = 16 + 5;

// clang-format off

// To the primary oscillator and the cache on, as a start-up file does.
constexpr const char *kBoot =
    "4c0a "       // ldr r4, [pc, #40]
    "6820 "       // ldr r0, [r4, #0]
    "f4402000 "   // orr.w r0, r0, #524288
    "6020 "       // str r0, [r4, #0]
    "6820 "       // ldr r0, [r4, #0]
    "0101 "       // lsls r1, r0, #4
    "d5fc "       // bpl.n (+0xa)
    "f4206060 "   // bic.w r0, r0, #3584
    "f4406000 "   // orr.w r0, r0, #2048
    "6020 "       // str r0, [r4, #0]
    "6820 "       // ldr r0, [r4, #0]
    "0481 "       // lsls r1, r0, #18
    "d5fc "       // bpl.n (+0x1a)
    "4c03 "       // ldr r4, [pc, #12]
    "2001 "       // movs r0, #1
    "6020 "       // str r0, [r4, #0]
    "2701 "       // movs r7, #1
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x28)
    "0008 4000 "  // .word 0x40000008
    "a100 4002 "; // .word 0x4002a100

// Opens the gate, 115200 baud by the baud rate oscillator, and 20 characters, waiting for room.
constexpr const char *kPrint =
    "4c09 "       // ldr r4, [pc, #36]
    "2000 "       // movs r0, #0
    "6020 "       // str r0, [r4, #0]
    "4c09 "       // ldr r4, [pc, #36]
    "2040 "       // movs r0, #64
    "6120 "       // str r0, [r4, #16]
    "f44f3023 "   // mov.w r0, #166912
    "6020 "       // str r0, [r4, #0]
    "2141 "       // movs r1, #65
    "6860 "       // ldr r0, [r4, #4]
    "0600 "       // lsls r0, r0, #24
    "d4fc "       // bmi.n (+0x14)
    "6221 "       // str r1, [r4, #32]
    "3101 "       // adds r1, #1
    "2955 "       // cmp r1, #85
    "d1f8 "       // bne.n (+0x14)
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x22)
    "0000 "       // .short 0x0000
    "0024 4000 "  // .word 0x40000024
    "2000 4004 "; // .word 0x40042000

// A timer of a millisecond at 30 MHz wakes it, and its handler clears the flag.
constexpr const char *kAwaitTimer =
    "4c0a "       // ldr r4, [pc, #40]
    "2000 "       // movs r0, #0
    "6020 "       // str r0, [r4, #0]
    "4c0a "       // ldr r4, [pc, #40]
    "480a "       // ldr r0, [pc, #40]
    "61a0 "       // str r0, [r4, #24]
    "2001 "       // movs r0, #1
    "6020 "       // str r0, [r4, #0]
    "f2475030 "   // movw r0, #30000
    "6060 "       // str r0, [r4, #4]
    "4d08 "       // ldr r5, [pc, #32]
    "2120 "       // movs r1, #32
    "6029 "       // str r1, [r5, #0]
    "f44f4040 "   // mov.w r0, #49152
    "6120 "       // str r0, [r4, #16]
    "bf30 "       // wfi
    "6926 "       // ldr r6, [r4, #16]
    "2701 "       // movs r7, #1
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x28)
    "0024 4000 "  // .word 0x40000024
    "0000 4001 "  // .word 0x40010000
    "0100 8000 "  // .word 0x80000100
    "e100 e000 "; // .word 0xe000e100

constexpr const char *kClearTimer =
    "4b02 "       // ldr r3, [pc, #8]
    "2201 "       // movs r2, #1
    "60da "       // str r2, [r3, #12]
    "3501 "       // adds r5, #1
    "4770 "       // bx lr
    "0000 "       // .short 0x0000
    "0000 4001 "; // .word 0x40010000

constexpr const char *kGateShut =
    "4c01 "       // ldr r4, [pc, #4]
    "6820 "       // ldr r0, [r4, #0]
    "e7fe "       // b.n (+0x4)
    "0000 "       // .short 0x0000
    "0000 4001 "; // .word 0x40010000

// clang-format on

Machine machine_of(const std::string &board, const char *main,
                   const std::vector<Handler> &handlers = {}) {
    return Machine(board_named(board), arm_elf(main, handlers), {}, &make_devices);
}

TEST(board_devices, are_those_of_the_description_on_every_board) {
    for (const std::string &name : board_names(INGOT_BOARDS)) {
        const Board board = read_board(INGOT_BOARDS "/" + name + "/board.toml").value();
        DeviceBench bench;
        const auto devices = make_devices(board, bench.parts());
        ASSERT_TRUE(devices) << to_string(devices.error());
        std::set<std::string> expected, made;
        for (const BoardDevice &device : board.devices) expected.insert(device.name);
        for (const auto &device : *devices) made.insert(device->name());
        EXPECT_TRUE(std::ranges::includes(made, expected)) << name;
    }
}

TEST(board_devices, begin_at_the_clock_of_reset_and_go_on_at_the_one_that_is_chosen) {
    for (const char *name : {"max78000", "max78002"}) {
        Machine machine = machine_of(name, kBoot);
        EXPECT_EQ(machine->clock().hertz, 60'000'000);
        machine.run();
        EXPECT_EQ(machine->reg(7), 1u);
        EXPECT_EQ(machine->clock().hertz, board_named(name).clock_hz);
        EXPECT_TRUE(machine.report().changed_seconds);
        machine->restart();
        EXPECT_FALSE(machine.report().changed_seconds) << "from here on it is the board's";
    }
}

// The loop is longer than a line: without the cache, each round reads it from the flash again.
TEST(board_devices, make_code_cost_less_with_the_cache_on) {
    const std::string multiply = "fb02f302 ";  // mul.w r3, r2, r2
    std::string loop =
        "480a "   // ldr r0, [pc, #40]
        "6001 "   // str r1, [r0, #0]
        "2264 ";  // movs r2, #100
    for (int i = 0; i < 8; ++i) loop += multiply;
    loop +=
        "3a01 "        // subs r2, #1
        "d1ed "        // bne.n (+0x6)
        "bf30 "        // wfi
        "a100 4002 ";  // .word 0x4002a100
    const auto fetches = [&](uint32_t enable) {
        Machine machine = machine_of("max78000", loop.c_str());
        machine->set_reg(1, enable);
        machine.run();
        EXPECT_EQ(faults(machine.report()), std::vector<std::string>{});
        return machine->snapshot().cycles.fetch;
    };
    EXPECT_GT(fetches(0), 100 * 2 * 5) << "two reads of the flash and more in each round";
    EXPECT_LT(fetches(1), 100);
}

// One character is on the wire and eight wait: the last is handed over when eleven have been sent,
// each of 10 bits at 115200 baud.
TEST(board_devices, print_at_the_baud_rate) {
    Machine machine = machine_of("max78000", kPrint);
    machine.run();
    EXPECT_EQ(machine->console(), "ABCDEFGHIJKLMNOPQRST");
    const Report report = machine.report();
    EXPECT_EQ(faults(report), std::vector<std::string>{});
    EXPECT_NEAR(report.seconds(), 11 * 10 / 115200.0, 2e-6);
}

TEST(board_devices, wake_the_core_when_a_timer_has_counted) {
    Machine machine = machine_of("max78000", kAwaitTimer, {{kTimer0, kClearTimer}});
    machine.run();
    EXPECT_EQ(machine->reg(7), 1u);
    EXPECT_EQ(machine->reg(6) >> 15, 0u) << "one shot";
    const Report report = machine.report();
    EXPECT_NEAR(report.seconds(), 1e-3, 3e-6);
    EXPECT_EQ(machine->snapshot().cycles.sleep / 1000, 59) << "of 60 000 cycles";
    const auto timer = std::ranges::find(report.devices, "timer0", &DeviceReport::name);
    ASSERT_NE(timer, report.devices.end());
    EXPECT_EQ(timer->writes, 5);
    EXPECT_EQ(timer->reads, 1);
}

// Whatever is written: an answer or a diagnosis, and no event that is not later than now once it
// has been looked at.
TEST(board_devices, survive_any_access_at_any_time) {
    std::mt19937 random(1);
    for (const char *name : {"max78000", "max78002"}) {
        const Board board =
            read_board(std::string(INGOT_BOARDS "/") + name + "/board.toml").value();
        DeviceBench bench;
        const Devices devices = make_devices(board, bench.parts()).value();
        Time now = 0;
        for (int i = 0; i < 100'000; ++i) {
            Device &device = *devices[random() % devices.size()];
            const DeviceRange range = device.ranges()[0];
            const uint32_t bytes = 1u << random() % 3;
            const uint32_t offset = random() % std::min(range.bytes, 0x80u) / bytes * bytes;
            const uint32_t value = random() >> random() % 32;
            (void)device.write(range.address + offset, bytes, value, now);
            (void)device.read(range.address + offset, bytes, now);
            now += Time{1} << random() % 44;
            for (const auto &other : devices) {
                if (other->next_event() > now) continue;
                ASSERT_TRUE(other->advance(now));
                ASSERT_GT(other->next_event(), now) << other->name();
            }
        }
    }
}

TEST(board_devices, do_not_answer_while_their_clock_is_off) {
    Machine machine = machine_of("max78000", kGateShut);
    const Diagnostic fault = machine.fault();
    EXPECT_EQ(fault.code, Code::kDeviceMisused);
    EXPECT_THAT(fault.where, HasSubstr("main+0x2"));
    EXPECT_EQ(fault.what, "timer0: its clock is off (bit 15 of PCLKDIS0)");
}

TEST(board_devices, keep_what_a_program_printed_until_it_failed) {
    const std::string then_fails = std::string(kPrint);
    const size_t sleep = then_fails.find("bf30");
    const sim::Setup setup{
        .board = board_named("max78000"),
        .timing = read_timing(INGOT_CORES "/cortex_m4.toml").value(),
        .image = image_of(arm_elf(std::string(then_fails).replace(sleep, 4, "de00")))};
    const auto run = run_program(setup, {});
    ASSERT_TRUE(run) << to_string(run.error());
    ASSERT_TRUE(run->fault);
    EXPECT_EQ(run->fault->code, Code::kProgramFault);
    EXPECT_EQ(run->console, "ABCDEFGHIJKLMNOPQRST");
    EXPECT_GT(run->report.cycles.total(), 0);
}

}  // namespace
}  // namespace ingot::sim
