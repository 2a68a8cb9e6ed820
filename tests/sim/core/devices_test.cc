// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Devices on the bus of a Cortex-M4 at 25 MHz, whose cycle is 40 ns.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/support/machine.h"
#include "tests/sim/support/test_device.h"

namespace ingot::sim {
namespace {

using testing::HasSubstr;

constexpr int kException = 16 + TestDevice::kLine;
constexpr Time kCycle = 40'000;
constexpr uint32_t kMicrosecond = 1000;  // Of an alarm.

// clang-format off

// Words, a halfword and bytes at 0x50000000.
constexpr const char *kAccesses =
    "f04f44a0 "  // mov.w r4, #1342177280
    "2077 "      // movs r0, #119
    "6020 "      // str r0, [r4, #0]
    "7160 "      // strb r0, [r4, #5]
    "8060 "      // strh r0, [r4, #2]
    "7961 "      // ldrb r1, [r4, #5]
    "6822 "      // ldr r2, [r4, #0]
    "bf30 "      // wfi
    "e7fe ";     // b.n (+0x12)

// Enables interrupt 5, asks for an alarm that is r0 ns away, and sleeps until it came.
constexpr const char *kAwaitAlarm =
    "f04f44a0 "   // mov.w r4, #1342177280
    "4d03 "       // ldr r5, [pc, #12]
    "2120 "       // movs r1, #32
    "6029 "       // str r1, [r5, #0]
    "60a0 "       // str r0, [r4, #8]
    "bf30 "       // wfi
    "2701 "       // movs r7, #1
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x10)
    "e100 e000 "; // .word 0xe000e100

// A handler that counts in r6 and lets the line go.
constexpr const char *kClearLine =
    "f04f43a0 "  // mov.w r3, #1342177280
    "3601 "      // adds r6, #1
    "2200 "      // movs r2, #0
    "605a "      // str r2, [r3, #4]
    "4770 ";     // bx lr

// One that lets the line go the third time.
constexpr const char *kCountThree =
    "f04f43a0 "   // mov.w r3, #1342177280
    "4a04 "       // ldr r2, [pc, #16]
    "6811 "       // ldr r1, [r2, #0]
    "3101 "       // adds r1, #1
    "6011 "       // str r1, [r2, #0]
    "2903 "       // cmp r1, #3
    "d101 "       // bne.n (+0x14)
    "2100 "       // movs r1, #0
    "6059 "       // str r1, [r3, #4]
    "4770 "       // bx lr
    "0000 "       // .short 0x0000
    "0040 2000 "; // .word 0x20000040

constexpr const char *kReturn =
    "4770 "; // bx lr

// Asks for an alarm and looks whether it came, with nothing enabled.
constexpr const char *kPollAlarm =
    "f04f44a0 "  // mov.w r4, #1342177280
    "60a0 "      // str r0, [r4, #8]
    "2600 "      // movs r6, #0
    "3601 "      // adds r6, #1
    "6861 "      // ldr r1, [r4, #4]
    "2900 "      // cmp r1, #0
    "d0fb "      // beq.n (+0x8)
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x10)

// Jumps to itself until the handler has come.
constexpr const char *kSpinForAlarm =
    "f04f44a0 "   // mov.w r4, #1342177280
    "4d02 "       // ldr r5, [pc, #8]
    "2120 "       // movs r1, #32
    "6029 "       // str r1, [r5, #0]
    "60a0 "       // str r0, [r4, #8]
    "e7fe "       // b.n (+0xc)
    "0000 "       // .short 0x0000
    "e100 e000 "; // .word 0xe000e100

constexpr const char *kExit =
    "2018 "       // movs r0, #24
    "4901 "       // ldr r1, [pc, #4]
    "beab "       // bkpt 0x00ab
    "0000 "       // .short 0x0000
    "0026 0002 "; // .word 0x00020026

// Interrupts are masked: it wakes, and the handler does not run until they are not.
constexpr const char *kMaskedSleep =
    "b672 "       // cpsid i
    "f04f44a0 "   // mov.w r4, #1342177280
    "4d05 "       // ldr r5, [pc, #20]
    "2120 "       // movs r1, #32
    "6029 "       // str r1, [r5, #0]
    "60a0 "       // str r0, [r4, #8]
    "bf30 "       // wfi
    "4637 "       // mov r7, r6
    "b662 "       // cpsie i
    "bf00 "       // nop
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x16)
    "0000 "       // .short 0x0000
    "e100 e000 "; // .word 0xe000e100

// The line goes up and down while its interrupt is disabled, which is remembered.
constexpr const char *kPulse =
    "f04f44a0 "   // mov.w r4, #1342177280
    "4d04 "       // ldr r5, [pc, #16]
    "2001 "       // movs r0, #1
    "6060 "       // str r0, [r4, #4]
    "2000 "       // movs r0, #0
    "6060 "       // str r0, [r4, #4]
    "2120 "       // movs r1, #32
    "6029 "       // str r1, [r5, #0]
    "bf00 "       // nop
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x14)
    "e100 e000 "; // .word 0xe000e100

// A line that is high stays pending; one that is low does not.
constexpr const char *kClearPending =
    "f04f44a0 "   // mov.w r4, #1342177280
    "4d06 "       // ldr r5, [pc, #24]
    "2120 "       // movs r1, #32
    "2001 "       // movs r0, #1
    "6060 "       // str r0, [r4, #4]
    "4b05 "       // ldr r3, [pc, #20]
    "6019 "       // str r1, [r3, #0]
    "681f "       // ldr r7, [r3, #0]
    "2000 "       // movs r0, #0
    "6060 "       // str r0, [r4, #4]
    "6019 "       // str r1, [r3, #0]
    "f8d38000 "   // ldr.w r8, [r3]
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x1c)
    "e100 e000 "  // .word 0xe000e100
    "e280 e000 "; // .word 0xe000e280

// Sets SLEEPONEXIT and DEEPSLEEP, reads them back, and sleeps: only handlers run from then on.
constexpr const char *kSleepOnExit =
    "4d06 "       // ldr r5, [pc, #24]
    "2106 "       // movs r1, #6
    "6029 "       // str r1, [r5, #0]
    "f8d58000 "   // ldr.w r8, [r5]
    "f04f44a0 "   // mov.w r4, #1342177280
    "4d04 "       // ldr r5, [pc, #16]
    "2120 "       // movs r1, #32
    "6029 "       // str r1, [r5, #0]
    "60a0 "       // str r0, [r4, #8]
    "bf30 "       // wfi
    "2701 "       // movs r7, #1
    "e7fe "       // b.n (+0x1a)
    "ed10 e000 "  // .word 0xe000ed10
    "e100 e000 "; // .word 0xe000e100

// Masked, but a pending interrupt is an event: SEVONPEND.
constexpr const char *kAwaitEvent =
    "b672 "       // cpsid i
    "4d05 "       // ldr r5, [pc, #20]
    "2110 "       // movs r1, #16
    "6029 "       // str r1, [r5, #0]
    "f04f44a0 "   // mov.w r4, #1342177280
    "60a0 "       // str r0, [r4, #8]
    "bf20 "       // wfe
    "2701 "       // movs r7, #1
    "bf30 "       // wfi
    "e7fd "       // b.n (+0x12)
    "0000 "       // .short 0x0000
    "ed10 e000 "; // .word 0xe000ed10

// An interrupt that may be taken ends the wait; its return is the next event.
constexpr const char *kAwaitInterrupt =
    "f04f44a0 "   // mov.w r4, #1342177280
    "4d04 "       // ldr r5, [pc, #16]
    "2120 "       // movs r1, #32
    "6029 "       // str r1, [r5, #0]
    "60a0 "       // str r0, [r4, #8]
    "bf20 "       // wfe
    "bf20 "       // wfe
    "2701 "       // movs r7, #1
    "bf20 "       // wfe
    "2702 "       // movs r7, #2
    "e7fe "       // b.n (+0x16)
    "e100 e000 "; // .word 0xe000e100

// Beside the device, on its page.
constexpr const char *kUnmapped =
    "f04f44a0 "  // mov.w r4, #1342177280
    "6c20 "      // ldr r0, [r4, #64]
    "e7fe ";     // b.n (+0x6)

constexpr const char *kUnmappedPage =
    "4c01 "       // ldr r4, [pc, #4]
    "6020 "       // str r0, [r4, #0]
    "e7fe "       // b.n (+0x4)
    "0000 "       // .short 0x0000
    "2000 5000 "; // .word 0x50002000

constexpr const char *kMisuse =
    "f04f44a0 "  // mov.w r4, #1342177280
    "60e0 "      // str r0, [r4, #12]
    "e7fe ";     // b.n (+0x6)

// Asks for an alarm that the device takes amiss.
constexpr const char *kSleepToMisuse =
    "f04f44a0 "  // mov.w r4, #1342177280
    "6120 "      // str r0, [r4, #16]
    "bf30 "      // wfi
    "e7fe ";     // b.n (+0x8)

// Two loops of a thousand rounds; between them the core's clock becomes what r0 says, in kHz.
constexpr const char *kChangeClock =
    "f04f44a0 "  // mov.w r4, #1342177280
    "f44f717a "  // mov.w r1, #1000
    "3901 "      // subs r1, #1
    "d1fd "      // bne.n (+0x8)
    "6021 "      // str r1, [r4, #0]
    "6160 "      // str r0, [r4, #20]
    "f44f717a "  // mov.w r1, #1000
    "3901 "      // subs r1, #1
    "d1fd "      // bne.n (+0x14)
    "6021 "      // str r1, [r4, #0]
    "bf30 "      // wfi
    "e7fd ";     // b.n (+0x1a)

// clang-format on

// A machine with the device, and what the device was told.
struct Bench {
    explicit Bench(const char *main, const std::vector<Handler> &handlers = {},
                   DeviceRange range = {.address = TestDevice::kAddress,
                                        .bytes = TestDevice::kBytes},
                   const ProcessorOptions &options = {})
        : machine(board_named("cortex_m4"), arm_elf(main, handlers), options,
                  one_device(log, range)) {}

    void run() { EXPECT_EQ(machine.run().kind, Stop::Kind::kAsleep); }

    std::vector<Told> log = {};
    Machine machine;
};

constexpr DeviceRange kSlow = {.address = TestDevice::kAddress,
                               .bytes = TestDevice::kBytes,
                               .read_time = 230'000,
                               .write_time = 280'000};

// -- Accesses ------------------------------------------------------------------------------------

TEST(devices, are_told_addresses_sizes_and_values) {
    Bench bench(kAccesses);
    bench.run();
    ASSERT_EQ(bench.log.size(), 5u);
    const DeviceAccess expected[] = {{0x50000000, 4, true, 0x77},
                                     {0x50000005, 1, true, 0x77},
                                     {0x50000002, 2, true, 0x77},
                                     {0x50000005, 1, false, 0},
                                     {0x50000000, 4, false, 0}};
    for (size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(bench.log[i].access.address, expected[i].address) << i;
        EXPECT_EQ(bench.log[i].access.bytes, expected[i].bytes) << i;
        EXPECT_EQ(bench.log[i].access.is_write, expected[i].is_write) << i;
        EXPECT_EQ(bench.log[i].access.value, expected[i].value) << i;
    }
    EXPECT_EQ(bench.machine->reg(1), 0xefu) << "a byte of what it answered";
    EXPECT_EQ(bench.machine->reg(2), 0x89abcdefu);
}

// 280 ns and 230 ns are 7 and 5.75 cycles of 40 ns.
TEST(devices, cost_what_their_accesses_take_in_whole_cycles) {
    for (const bool is_recorded : {true, false}) {
        const ProcessorOptions options{.is_traffic_recorded = is_recorded};
        Bench quick(kAccesses, {}, {.address = 0x50000000, .bytes = 0x20}, options);
        Bench slow(kAccesses, {}, kSlow, options);
        quick.run();
        slow.run();
        const int64_t waited = 3 * 7 + 2 * 6;
        EXPECT_EQ(slow.machine->clock().cycle - quick.machine->clock().cycle, waited);
        EXPECT_EQ(slow.machine->snapshot().cycles.data - quick.machine->snapshot().cycles.data,
                  waited);
        // The second access is told when the first one has been waited for.
        const Time between = quick.log[1].now - quick.log[0].now;
        EXPECT_EQ(slow.log[1].now - slow.log[0].now, between + 7 * kCycle);
    }
}

TEST(devices, are_rows_of_a_sound_report) {
    Bench bench(kAccesses, {}, kSlow);
    bench.run();
    const Report report = bench.machine.report();
    EXPECT_EQ(faults(report), std::vector<std::string>{});
    ASSERT_EQ(report.devices.size(), 1u);
    const DeviceReport &row = report.devices[0];
    EXPECT_EQ(row.name, "test");
    EXPECT_EQ(row.writes, 3);
    EXPECT_EQ(row.reads, 2);
    EXPECT_EQ(row.traffic.bytes_written, 7);
    EXPECT_EQ(row.traffic.bytes_read, 5);
    EXPECT_EQ(row.wait_cycles, 33);
    const auto stream = std::ranges::find(report.streams, "test", &Stream::memory);
    ASSERT_NE(stream, report.streams.end());
    EXPECT_EQ(stream->master, "core.data");
    EXPECT_EQ(stream->traffic.bytes(), 12);
}

TEST(devices, count_from_a_restart_on) {
    Bench bench(kAccesses, {}, kSlow);
    bench.run();
    bench.machine->restart();
    const Report report = bench.machine.report();
    EXPECT_EQ(report.devices[0].reads + report.devices[0].writes, 0);
    EXPECT_EQ(report.devices[0].wait_cycles, 0);
    EXPECT_EQ(faults(report), std::vector<std::string>{});
}

// -- Interrupts ----------------------------------------------------------------------------------

TEST(devices, interrupt_by_their_line_until_the_handler_lets_it_go) {
    Bench bench(kAwaitAlarm, {{kException, kClearLine}});
    bench.machine->set_reg(0, 10 * kMicrosecond);
    bench.run();
    EXPECT_EQ(bench.machine->reg(6), 1u) << "taken once";
    EXPECT_EQ(bench.machine->reg(7), 1u) << "and gone on";
}

TEST(devices, wake_a_sleeping_core_at_their_time_and_not_later) {
    Bench bench(kAwaitAlarm, {{kException, kClearLine}});
    bench.machine->set_reg(0, 10 * kMicrosecond + 1);
    bench.run();
    const Time asked = bench.log[0].now, let_go = bench.log[1].now;
    // Awake at the first edge behind it; then 12 cycles into the handler, and at least 3 in it.
    const Time event = asked + Time{10 * kMicrosecond + 1} * 1000;
    EXPECT_GT(let_go, event + 12 * kCycle);
    EXPECT_LT(let_go, event + 30 * kCycle);
    EXPECT_EQ(let_go % kCycle, 0);
}

TEST(devices, interrupt_again_while_their_line_stays_high) {
    Bench bench(kAwaitAlarm, {{kException, kCountThree}});
    bench.machine->set_reg(0, kMicrosecond);
    bench.run();
    EXPECT_EQ(bench.machine->read_word(0x20000040), 3u);
}

TEST(devices, whose_line_nobody_lets_go_are_a_storm) {
    Bench bench(kAwaitAlarm, {{kException, kReturn}});
    bench.machine->set_reg(0, kMicrosecond);
    EXPECT_EQ(bench.machine.fault().code, Code::kInterruptStorm);
}

TEST(devices, are_looked_at_in_between_by_a_program_that_polls) {
    Bench bench(kPollAlarm);
    bench.machine->set_reg(0, 100 * kMicrosecond);
    bench.run();
    const Time seen = bench.log.back().now, asked = bench.log[0].now;
    EXPECT_GE(seen - asked, 100'000'000);
    EXPECT_LT(seen - asked, 100'000'000 + 12 * kCycle) << "in the next round";
    EXPECT_EQ(bench.machine->reg(6) + 1, bench.log.size());
}

TEST(devices, end_a_jump_to_itself) {
    Bench bench(kSpinForAlarm, {{kException, kExit}});
    bench.machine->set_reg(0, 100 * kMicrosecond);
    EXPECT_EQ(bench.machine.run().kind, Stop::Kind::kExited);
    EXPECT_GT(bench.machine->clock().cycle, 2500);
    EXPECT_LT(bench.machine->clock().cycle, 2550);
}

TEST(devices, wake_a_core_that_masks_interrupts_and_are_taken_when_it_no_longer_does) {
    Bench bench(kMaskedSleep, {{kException, kClearLine}});
    bench.machine->set_reg(0, kMicrosecond);
    bench.run();
    EXPECT_EQ(bench.machine->reg(7), 0u) << "awake, and the handler has not run";
    EXPECT_EQ(bench.machine->reg(6), 1u);
}

TEST(devices, are_remembered_when_their_line_was_high_for_a_moment) {
    Bench bench(kPulse, {{kException, kClearLine}});
    bench.run();
    EXPECT_EQ(bench.machine->reg(6), 1u);
}

TEST(devices, stay_pending_as_long_as_their_line_is_high) {
    Bench bench(kClearPending);
    bench.run();
    EXPECT_EQ(bench.machine->reg(7), 32u);
    EXPECT_EQ(bench.machine->reg(8), 0u);
}

TEST(devices, let_only_handlers_run_where_the_core_sleeps_on_exit) {
    Bench bench(kSleepOnExit, {{kException, kClearLine}});
    bench.machine->set_reg(0, kMicrosecond);
    bench.run();
    EXPECT_EQ(bench.machine->reg(6), 1u);
    EXPECT_EQ(bench.machine->reg(7), 0u) << "asleep again behind the handler";
    EXPECT_EQ(bench.machine->reg(8), 6u) << "SCR reads as it was written";
}

TEST(devices, are_events_when_pending_ones_are) {
    Bench bench(kAwaitEvent, {{kException, kClearLine}});
    bench.machine->set_reg(0, 10 * kMicrosecond);
    bench.run();
    EXPECT_EQ(bench.machine->reg(7), 1u);
    EXPECT_EQ(bench.machine->reg(6), 0u) << "masked all the time";
    EXPECT_GE(bench.machine->snapshot().cycles.sleep, 200);
}

// Entering and leaving a handler is an event too: the second wait ends at once, the third never.
TEST(devices, are_events_when_they_interrupt) {
    Bench bench(kAwaitInterrupt, {{kException, kClearLine}});
    bench.machine->set_reg(0, 10 * kMicrosecond);
    bench.run();
    EXPECT_EQ(bench.machine->reg(6), 1u);
    EXPECT_EQ(bench.machine->reg(7), 1u);
}

// Cut into single cycles, a run costs what it costs in one, and devices are told the same.
TEST(devices, are_told_the_same_times_in_a_run_that_is_cut) {
    for (const char *program : {kAccesses, kAwaitAlarm, kPollAlarm, kChangeClock}) {
        const auto told = [&](int64_t slice) {
            Bench bench(program, {{kException, kClearLine}}, kSlow);
            bench.machine->set_reg(0, 20'000);
            for (int64_t cycle = slice;; cycle += slice) {
                if (bench.machine.run({.cycle = cycle}).kind == Stop::Kind::kAsleep) break;
            }
            std::string text = counts(*bench.machine);
            for (const Told &row : bench.log) text += std::to_string(row.now) + '\n';
            return text;
        };
        const std::string whole = told(1'000'000'000);
        EXPECT_EQ(told(1), whole);
        EXPECT_EQ(told(13), whole);
    }
}

// -- What goes wrong -----------------------------------------------------------------------------

TEST(devices, are_not_everywhere_on_their_page) {
    const Diagnostic fault = Bench(kUnmapped).machine.fault();
    EXPECT_EQ(fault.code, Code::kUnmappedAccess);
    EXPECT_THAT(fault.where, HasSubstr("main+0x4 (0x00000404)"));
    EXPECT_THAT(fault.what, HasSubstr("read 4 B at 0x50000040, where the board has nothing"));
    const Diagnostic beyond = Bench(kUnmappedPage).machine.fault();
    EXPECT_EQ(beyond.code, Code::kUnmappedAccess);
    EXPECT_THAT(beyond.what, HasSubstr("wrote 4 B at 0x50002000, where the board has nothing"));
}

TEST(devices, end_the_run_with_their_diagnosis_and_where_the_program_was) {
    const Diagnostic fault = Bench(kMisuse).machine.fault();
    EXPECT_EQ(fault.code, Code::kDeviceMisused);
    EXPECT_THAT(fault.where, HasSubstr("main+0x4 (0x00000404)"));
    EXPECT_EQ(fault.what, "register 3: nobody writes here");
    EXPECT_EQ(fault.hint, "do not");
}

TEST(devices, end_the_run_while_the_core_sleeps) {
    Bench bench(kSleepToMisuse);
    bench.machine->set_reg(0, kMicrosecond);
    const Diagnostic fault = bench.machine.fault();
    EXPECT_EQ(fault.code, Code::kDeviceMisused);
    EXPECT_THAT(fault.where, HasSubstr("main+0x8"));
    EXPECT_EQ(fault.what, "the alarm was one too many");
}

Code error_of(const Board &board, const DeviceMaker &maker) {
    const Image image =
        board.core.isa.starts_with("rv") ? image_of(riscv_elf("a001")) : image_of(arm_elf("e7fe"));
    const CoreTiming timing =
        read_timing(std::string(INGOT_CORES) + "/" + board.core.name + ".toml").value();
    const auto processor = Processor::make(board, timing, image, {}, maker);
    return processor ? Code::kInternal : processor.error().code;
}

TEST(devices, have_addresses_of_their_own) {
    std::vector<Told> log;
    const Board board = board_named("cortex_m4");
    EXPECT_EQ(error_of(board, one_device(log, {.address = kArmRam + 0x100, .bytes = 4})),
              Code::kNotSimulated);
    const DeviceMaker two = [&log](const Board &, const DeviceParts &parts) -> Result<Devices> {
        Devices devices;
        for (const uint32_t address : {0x50000000u, 0x5000001cu}) {
            devices.push_back(std::make_unique<TestDevice>(
                parts, log, DeviceRange{.address = address, .bytes = 0x20}));
        }
        return devices;
    };
    EXPECT_EQ(error_of(board, two), Code::kBoardInvalid);
}

TEST(devices, need_a_core_with_lines_for_their_interrupts) {
    std::vector<Told> log;
    EXPECT_EQ(error_of(board_named("rv32"), one_device(log)), Code::kNotSimulated);
}

// -- The core's clock ----------------------------------------------------------------------------

// A thousand rounds at 25 MHz, and a thousand at what the register says.
TEST(devices, that_choose_the_clock_change_time_and_not_cycles) {
    Bench even(kChangeClock), faster(kChangeClock), slower(kChangeClock);
    even.machine->set_reg(0, 25'000);
    faster.machine->set_reg(0, 100'000);
    slower.machine->set_reg(0, 7'373);
    for (Bench *bench : {&even, &faster, &slower}) bench->run();
    EXPECT_EQ(even.machine->clock().cycle, faster.machine->clock().cycle);
    EXPECT_EQ(even.machine->clock().cycle, slower.machine->clock().cycle);

    ASSERT_EQ(even.log.size(), 3u);
    const auto loop = [](const Bench &bench) { return bench.log[2].now - bench.log[1].now; };
    EXPECT_EQ(faster.log[1].now, even.log[1].now) << "until then, nothing is different";
    EXPECT_EQ(loop(even), 4 * loop(faster));
    EXPECT_NEAR(static_cast<double>(loop(slower)), static_cast<double>(loop(even)) * 25 / 7.373, 2);

    EXPECT_FALSE(even.machine.report().changed_seconds);
    const Report report = faster.machine.report();
    EXPECT_EQ(faults(report), std::vector<std::string>{});
    const double first = static_cast<double>(faster.log[1].now) * 1e-12;
    const double rest =
        static_cast<double>(report.cycles.total()) / 25e6 - first;  // If it had not changed.
    EXPECT_NEAR(report.seconds(), first + rest / 4, 1e-11);
}

TEST(devices, are_waited_for_in_cycles_of_the_clock_there_is) {
    Bench bench(kChangeClock, {}, kSlow);
    bench.machine->set_reg(0, 100'000);
    bench.run();
    // 280 ns: 7 cycles of 40 ns, and 28 of 10 ns for the write that changes it and the next one.
    EXPECT_EQ(bench.machine.report().devices[0].wait_cycles, 7 + 28 + 28);
}

}  // namespace
}  // namespace ingot::sim
