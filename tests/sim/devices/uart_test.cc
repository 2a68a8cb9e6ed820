// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A serial port at 115200 baud, by the oscillator that is there for it: 64 of its cycles each bit.

#include "sim/devices/uart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/support/device_bench.h"

namespace ingot::sim {
namespace {

using testing::HasSubstr;

constexpr uint32_t kCtrl = 0, kStatus = 4, kIntEn = 8, kIntFl = 0xc, kClkdiv = 0x10, kFifo = 0x20;
constexpr uint32_t kEightBits = 3u << 10, kBaudClock = 1u << 15, kBaudRate = 2u << 16;
constexpr uint32_t kBusy = 1, kEmpty = 1u << 6, kFull = 1u << 7;
constexpr int kLine = 14;
constexpr Time kCharacter = 86'805'555;  // 10 bits of 64 / 7372800 s.

struct Bench : DeviceBench {
    ClockTree clocks{kOscillators, *this};
    Uart uart{{.name = "uart0", .bytes = 0x100, .interrupt = kLine}, clocks, parts()};

    Bench() {
        write(uart, kClkdiv, 64);
        write(uart, kCtrl, kEightBits | kBaudClock | kBaudRate);
    }
    void send(const std::string &text, Time now) {
        for (const char c : text) write(uart, kFifo, static_cast<uint8_t>(c), now);
    }
    uint32_t status(Time now) { return read(uart, kStatus, now); }
};

TEST(uart, sends_to_the_console) {
    Bench bench;
    bench.send("ingot\n", 0);
    EXPECT_EQ(bench.console.text, "ingot\n");
}

TEST(uart, is_busy_for_as_long_as_the_baud_rate_says) {
    Bench bench;
    EXPECT_EQ(bench.status(0) & (kBusy | kEmpty | kFull), kEmpty);
    bench.send("a", 1000);
    EXPECT_EQ(bench.status(1000) & (kBusy | kEmpty), kBusy | kEmpty) << "it is on the wire";
    EXPECT_EQ(bench.status(1000 + kCharacter - 1) & kBusy, kBusy);
    EXPECT_EQ(bench.status(1000 + kCharacter) & kBusy, 0u);
}

TEST(uart, is_slower_by_a_parity_bit_and_a_second_stop_bit) {
    Bench bench;
    write(bench.uart, kCtrl, kEightBits | kBaudClock | kBaudRate | 1u << 4 | 1u << 12);
    bench.send("a", 0);
    EXPECT_EQ(bench.status(kCharacter * 12 / 10 - 1) & kBusy, kBusy);
    EXPECT_EQ(bench.status(kCharacter * 12 / 10 + 1) & kBusy, 0u);
}

// One on the wire and eight that wait.
TEST(uart, is_full_with_eight_characters_that_wait) {
    Bench bench;
    bench.send("12345678", 0);
    EXPECT_EQ(bench.status(0) & kFull, 0u);
    EXPECT_EQ(bench.status(0) >> 12 & 15, 7u);
    bench.send("9", 0);
    EXPECT_EQ(bench.status(0) & kFull, kFull);
    EXPECT_THAT(misuse(bench.uart, kFifo, 'x', kCharacter - 1), HasSubstr("FIFO is full"));
    bench.send("a", kCharacter);
    EXPECT_EQ(bench.status(9 * kCharacter - 9) & kEmpty, 0u);
    EXPECT_EQ(bench.status(9 * kCharacter) & kEmpty, kEmpty);
    EXPECT_EQ(bench.status(10 * kCharacter) & kBusy, 0u);
    EXPECT_EQ(bench.console.text, "123456789a");
}

TEST(uart, interrupts_when_half_of_its_fifo_is_empty) {
    Bench bench;
    write(bench.uart, kIntEn, 1u << 6);
    bench.send("123456789", 0);
    EXPECT_EQ(bench.uart.next_event(), 4 * kCharacter);
    EXPECT_TRUE(bench.uart.advance(4 * kCharacter));
    EXPECT_TRUE(bench.lines[kLine]);
    EXPECT_EQ(read(bench.uart, kIntFl, 4 * kCharacter), 1u << 6);
    write(bench.uart, kIntFl, 1u << 6, 4 * kCharacter);
    EXPECT_FALSE(bench.lines[kLine]);
    EXPECT_EQ(bench.uart.next_event(), kNever);
}

TEST(uart, needs_a_baud_clock) {
    Bench bench;
    for (const uint32_t control : {kEightBits, kEightBits | kBaudClock | 1u << 16}) {
        write(bench.uart, kCtrl, control);
        EXPECT_THAT(misuse(bench.uart, kFifo, 'x'), HasSubstr("without a baud clock"));
    }
    EXPECT_EQ(bench.console.text, "");
}

TEST(uart, receives_nothing) {
    Bench bench;
    EXPECT_EQ(bench.status(0) >> 4 & 1, 1u);
    EXPECT_EQ(read(bench.uart, kFifo), 0u);
}

TEST(uart, says_that_its_clock_is_ready) {
    Bench bench;
    EXPECT_EQ(read(bench.uart, kCtrl) >> 19 & 1, 1u);
    write(bench.uart, kCtrl, kEightBits | 3u << 8);
    EXPECT_EQ(read(bench.uart, kCtrl), kEightBits) << "and flushes are done at once";
}

}  // namespace
}  // namespace ingot::sim
