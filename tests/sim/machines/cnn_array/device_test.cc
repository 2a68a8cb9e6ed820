// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The CNN accelerator as a program meets it: start, done, interrupt, FIFOs and memories.

#include "sim/machines/cnn_array/device.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/sim/machines/cnn_array/program.h"

namespace ingot::sim::test {
namespace {

using enum CnnField;
using namespace cnn_bit;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Fields kTimesOne = {{shift, 1}};

void finish(Bench &bench) {
    bench.now = bench.device.next_event();
    ASSERT_NE(bench.now, kNever);
    ASSERT_TRUE(bench.device.advance(bench.now));
}

void convolve(Bench &bench) {
    bench.prepare();
    bench.layer(0, small_convolution(bench.array), kTimesOne);
    bench.control(kEnable);
}

TEST(cnn_run, computes_and_interrupts_when_it_is_done) {
    Bench bench;
    convolve(bench);
    EXPECT_FALSE(bench.line.is_high());
    EXPECT_EQ(bench.control_of(0) & kDone, 0u);
    finish(bench);
    EXPECT_TRUE(bench.line.is_high());
    EXPECT_EQ(bench.line.number(), bench.array.interrupt);
    EXPECT_EQ(bench.control_of(0) & kDone, kDone);
    for (int pixel = 0; pixel < 16; ++pixel) {
        EXPECT_EQ(bench.data(0, 0x100 + pixel) & 0xff, static_cast<uint32_t>(pixel));
    }
    EXPECT_THAT(bench.device.hazards(), IsEmpty());
}

TEST(cnn_run, ends_after_its_cycles_and_not_before) {
    Bench bench;
    convolve(bench);
    const CnnRun &run = bench.device.runs().back();
    EXPECT_EQ(run.end, run.schedule.cycles * 20'000);  // 50 MHz
    ASSERT_TRUE(bench.device.advance(run.end - 1));
    EXPECT_FALSE(bench.line.is_high());
    ASSERT_TRUE(bench.device.advance(run.end));
    EXPECT_TRUE(bench.line.is_high());
}

TEST(cnn_run, takes_twice_as_long_at_half_the_clock) {
    Bench fast;
    Bench slow;
    slow.device.set_clock_hz(fast.array.clock_hz / 2);
    convolve(fast);
    convolve(slow);
    EXPECT_EQ(2 * fast.device.runs().back().end, slow.device.runs().back().end);
}

TEST(cnn_run, lowers_its_line_when_the_done_bit_is_cleared) {
    Bench bench;
    convolve(bench);
    finish(bench);
    bench.control(kEnable | kDone);
    EXPECT_TRUE(bench.line.is_high());
    bench.control(0);
    EXPECT_FALSE(bench.line.is_high());
    EXPECT_EQ(bench.control_of(0) & kDone, 0u);
}

TEST(cnn_run, cannot_be_declared_done_by_a_program) {
    Bench bench;
    bench.control(kDone);
    EXPECT_EQ(bench.control_of(0), 0u);
    EXPECT_FALSE(bench.line.is_high());
}

TEST(cnn_run, begins_again_when_the_enable_bit_rises_again) {
    Bench bench;
    convolve(bench);
    finish(bench);
    bench.control(kEnable | kDone);
    EXPECT_THAT(bench.device.runs(), SizeIs(1));
    bench.control(0);
    bench.control(kEnable);
    EXPECT_THAT(bench.device.runs(), SizeIs(2));
}

TEST(cnn_run, waits_for_the_master_when_a_follower_is_enabled) {
    Bench bench;
    bench.prepare();
    bench.layer(0, small_convolution(bench.array), kTimesOne);
    bench.control(kEnable | 1 << 11, 1);
    EXPECT_FALSE(bench.device.is_running());
    bench.control(kEnable);
    EXPECT_TRUE(bench.device.is_running());
    finish(bench);
    EXPECT_EQ(bench.control_of(1) & kDone, kDone);
    EXPECT_EQ(bench.control_of(2) & kDone, 0u);
}

TEST(cnn_run, that_is_stopped_never_interrupts) {
    Bench bench;
    convolve(bench);
    bench.control(0);
    EXPECT_FALSE(bench.device.is_running());
    EXPECT_EQ(bench.device.next_event(), kNever);
    EXPECT_THAT(bench.device.hazards(), Contains(HasSubstr("stops")));
}

TEST(cnn_run, of_an_invalid_program_is_a_diagnosis) {
    Bench bench;
    bench.layer(0, small_convolution(bench.array), {{write_pointer, 0x1fff}});
    const auto started = bench.device.write(bench.array.map.control, 4, kEnable, 0);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, Code::kCnnProgramInvalid);
    EXPECT_FALSE(bench.device.is_running());
}

TEST(cnn_run, tells_what_each_layer_did) {
    Bench bench;
    std::vector<int> layers;
    bench.device.set_listener(
        [&](const Layer &layer, const DataMemory &) { layers.push_back(layer.index); });
    convolve(bench);
    EXPECT_THAT(layers, testing::ElementsAre(0));
    const LayerRun &run = bench.device.runs().back().layers.at(0);
    EXPECT_EQ(run.macs, 16 * 9);
    EXPECT_EQ(run.bytes_read, 16 * 4);
    EXPECT_EQ(run.bytes_written, 16);
    EXPECT_EQ(run.kernel_bytes, 9);
}

TEST(cnn_hazards, name_accesses_while_layers_run) {
    Bench bench;
    convolve(bench);
    bench.read(bench.data_address(0, 0));
    EXPECT_THAT(bench.device.hazards(), Contains(HasSubstr("reads data memory of quadrant 0")));
    finish(bench);
    const size_t before = bench.device.hazards().size();
    bench.write(bench.data_address(4, 0), 1);
    EXPECT_THAT(bench.device.hazards(), SizeIs(before));
}

TEST(cnn_hazards, name_input_and_kernels_that_nobody_wrote) {
    Bench bench;
    bench.layer(0, small_convolution(bench.array));
    bench.control(kEnable);
    EXPECT_THAT(bench.device.hazards(), Contains(HasSubstr("reads word 0 of instance 0")));
    EXPECT_THAT(bench.device.hazards(), Contains(HasSubstr("kernel word 0 of processor 0")));
}

TEST(cnn_bus, answers_words_only) {
    Bench bench;
    const auto half = bench.device.write(bench.data_address(0, 0), 2, 0, 0);
    ASSERT_FALSE(half);
    EXPECT_EQ(half.error().code, Code::kCnnProgramInvalid);
    EXPECT_FALSE(bench.device.read(bench.data_address(0, 0), 1, 0));
    EXPECT_FALSE(bench.device.write(bench.array.map.kernels, 1, 1, 0));
    EXPECT_TRUE(bench.device.write(bench.array.map.kernels + 1, 1, 1, 0));
}

TEST(cnn_bus, has_nothing_between_its_parts) {
    Bench bench("max78002");
    const auto gap = bench.device.read(bench.data_address(0, 20480), 4, 0);
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().code, Code::kUnmappedAccess);
    EXPECT_TRUE(bench.device.read(bench.data_address(0, 20479), 4, 0));
}

TEST(cnn_bus, remembers_what_is_written) {
    Bench bench("max78002");
    const CnnArrayMap &map = bench.array.map;
    for (const uint32_t address : {map.always_on, map.input_frame, map.input_frame + 0x20,
                                   map.layer_registers, map.stream_registers + 4, map.bias + 8,
                                   map.line_buffer + 12, bench.data_address(15, 7), map.fifo}) {
        bench.write(address, 0x15);
        EXPECT_EQ(bench.read(address), 0x15u) << std::hex << address;
    }
    EXPECT_THAT(bench.device.notes(), Contains(HasSubstr("snoop")));
}

TEST(cnn_test_register, clears_memories_at_once_and_says_so) {
    Bench bench;
    bench.write(bench.data_address(1, 5), 0xffffffff);
    bench.write(bench.data_address(4, 5), 0xffffffff);
    bench.control(cnn_test::test_start(0), 0, cnn_control::kTest);
    EXPECT_EQ(bench.data(1, 5), 0u);
    EXPECT_EQ(bench.data(4, 5), 0xffffffffu);  // Another quadrant's.
    const uint32_t wanted = 1u << 27 | 1u << 18;
    EXPECT_EQ(bench.control_of(0, cnn_control::kTest) & wanted, wanted);
    bench.control(0, 0, cnn_control::kTest);
    EXPECT_EQ(bench.control_of(0, cnn_control::kTest), 0u);
}

// What programs of the vendor write and wait for, memory by memory; and no error bit is set.
TEST(cnn_test_register, sets_the_bits_that_programs_wait_for) {
    const struct {
        std::string board;
        uint32_t start, done;
    } cases[] = {{"max78000", 1u << 2, 1u << 27 | 1u << 19},
                 {"max78000", 1u << 4, 1u << 27 | 1u << 20},
                 {"max78000", 1u << 6, 1u << 27 | 1u << 21},
                 {"max78002", 0x1c80, 1u << 25},
                 {"max78002", 0x1880, 1u << 25},
                 {"max78002", 0x2004, 1u << 19}};
    for (const auto &test : cases) {
        Bench bench(test.board);
        bench.control(test.start, 0, cnn_control::kTest);
        const uint32_t found = bench.control_of(0, cnn_control::kTest);
        EXPECT_EQ(found & test.done, test.done) << std::hex << test.start;
        EXPECT_EQ(found & 0x3c000, 0u);
    }
}

TEST(cnn_test_register, clears_the_registers_of_the_max78002) {
    Bench bench("max78002");
    bench.write(bench.array.map.layer_registers + 4, 7);
    bench.control(0x1880, 0, cnn_control::kTest);
    EXPECT_EQ(bench.read(bench.array.map.layer_registers + 4), 0u);
}

TEST(cnn_mlator, gathers_four_pixels_of_a_channel_after_one_read_for_nothing) {
    Bench bench;
    for (uint32_t word = 0; word < 8; ++word) {
        bench.write(bench.data_address(0, 2 + word), 0x44332200 * word + 0x01010101 * word);
    }
    for (uint32_t word = 0; word < 8; ++word)
        bench.write(bench.data_address(0, 2 + word), word << 8);
    bench.layer(0, {}, {{write_pointer, 2}});
    bench.control(kMlatorLoad | 1 << kMlatorLaneShift);
    EXPECT_EQ(bench.read(bench.array.map.mlator), 0u);
    EXPECT_EQ(bench.read(bench.array.map.mlator), 0x03020100u);
    EXPECT_EQ(bench.read(bench.array.map.mlator), 0x07060504u);
}

TEST(cnn_mlator, reads_zeros_beyond_its_memory) {
    Bench bench;
    bench.write(bench.data_address(0, 8191), 0x5a);
    bench.layer(0, {}, {{write_pointer, 8191}});
    bench.control(kMlatorLoad);
    bench.read(bench.array.map.mlator);
    EXPECT_EQ(bench.read(bench.array.map.mlator), 0x5au);
    EXPECT_EQ(bench.read(bench.array.map.mlator), 0u);
}

class cnn_fifos : public testing::Test {
protected:
    cnn_fifos() {
        bench.kernel(0, {0x00000000, 0x40000000, 0x00000000});
        bench.layer(0, small_convolution(bench.array), kTimesOne);
        bench.write(bench.array.map.fifo, 1u << 12);
        bench.write(bench.array.map.input_frame, 16);
    }
    void start() { bench.control(kEnable | kFifo); }
    void push(uint32_t count) {
        for (uint32_t i = 0; i < count; ++i) bench.write(bench.array.map.fifo + 8, pushed++);
    }
    void start_streaming() {
        bench.layer(0, small_convolution(bench.array),
                    {{shift, 1}, {stream_start, 9}, {ring_words, 12}});
        bench.control(kEnable | kFifo | kStream);
    }
    // Each as soon as there is room, and then to the end.
    void stream(uint32_t count) {
        for (uint32_t i = 0; i < count; ++i) {
            while (status() & 1 && bench.device.next_event() != kNever) skip();
            push(1);
        }
        while (bench.device.next_event() != kNever) skip();
    }
    void skip() {
        bench.now = std::max(bench.now, bench.device.next_event());
        ASSERT_TRUE(bench.device.advance(bench.now));
    }
    uint32_t status() { return bench.read(bench.array.map.fifo + 4); }

    Bench bench;
    uint32_t pushed = 0;
};

TEST_F(cnn_fifos, are_empty_at_first_and_full_after_their_depth) {
    EXPECT_EQ(status() & 0xff, 0xf0u);
    push(static_cast<uint32_t>(bench.array.fifo_words) - 1);
    EXPECT_EQ(status() & 0xff, 0xe0u);
    push(1);
    EXPECT_EQ(status() & 0xff, 0xe1u);
    EXPECT_THAT(bench.device.hazards(), IsEmpty());
    push(1);
    EXPECT_THAT(bench.device.hazards(), Contains(HasSubstr("FIFO 0 is full")));
}

TEST_F(cnn_fifos, feed_the_first_layer_and_their_last_word_begins_the_run) {
    start();
    push(15);
    EXPECT_EQ(bench.device.next_event(), kNever);
    bench.now = 1'000'000;
    push(1);
    const CnnRun &run = bench.device.runs().back();
    EXPECT_EQ(run.input, 1'000'000);
    EXPECT_EQ(run.end, 1'000'000 + run.schedule.cycles * 20'000);
    for (int pixel = 0; pixel < 16; ++pixel) {
        EXPECT_EQ(bench.data(0, 0x100 + pixel) & 0xff, static_cast<uint32_t>(pixel));
    }
}

TEST_F(cnn_fifos, hand_over_what_they_held_at_the_start) {
    push(16);
    start();
    EXPECT_NE(bench.device.next_event(), kNever);
    EXPECT_EQ(status() & 1 << 4, 1u << 4);
}

TEST_F(cnn_fifos, keep_words_of_the_next_frame) {
    start();
    push(18);
    EXPECT_EQ(status() & 1 << 4, 0u);
}

TEST_F(cnn_fifos, that_starve_never_interrupt) {
    start();
    push(15);
    ASSERT_TRUE(bench.device.advance(1'000'000'000'000));
    EXPECT_FALSE(bench.line.is_high());
}

TEST_F(cnn_fifos, keep_to_the_frame_that_the_run_began_with) {
    start();
    push(15);
    bench.write(bench.array.map.input_frame, 100'000);
    bench.write(bench.array.map.fifo, 0xfu << 12);
    for (int i = 0; i < 20; ++i) bench.write(bench.array.map.fifo + 12, 0);
    push(1);
    EXPECT_NE(bench.device.next_event(), kNever);
}

TEST_F(cnn_fifos, bring_a_whole_frame_each) {
    bench.write(bench.array.map.fifo, 3u << 12);
    bench.write(bench.array.map.input_frame + bench.array.map.quadrant_stride, 40);
    bench.layer(0, small_convolution(bench.array), {{processors, 0}, {kernels, 0}}, 1);
    bench.control(kEnable | 1 << 11, 1);
    start();
    push(16);
    for (int i = 0; i < 39; ++i) bench.write(bench.array.map.fifo + 12, 0);
    EXPECT_EQ(bench.device.next_event(), kNever);
    bench.write(bench.array.map.fifo + 12, 0x77);
    EXPECT_NE(bench.device.next_event(), kNever);
    EXPECT_EQ(bench.data(4, 39), 0x77u);
    EXPECT_THAT(bench.device.hazards(), IsEmpty());
}

TEST_F(cnn_fifos, cannot_have_frames_larger_than_data_memory) {
    bench.write(bench.array.map.input_frame, 8193);
    const auto started = bench.device.write(bench.array.map.control, 4, kEnable | kFifo, 0);
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error().where, HasSubstr("input frame"));
}

// As a ring of a few words never holds all of the frame, data memory keeps what it had.
TEST_F(cnn_fifos, fill_a_ring_without_touching_data_memory) {
    start_streaming();
    stream(16);
    EXPECT_TRUE(bench.line.is_high());
    EXPECT_EQ(bench.data(0, 7), 0u);
    EXPECT_EQ(bench.data(0, 0x107) & 0xff, 7u);
}

TEST_F(cnn_fifos, may_bring_more_than_a_ring_s_layer_reads) {
    bench.write(bench.array.map.input_frame, 100'000);
    start_streaming();
    stream(100'000);
    EXPECT_TRUE(bench.line.is_high());
    EXPECT_EQ(bench.data(0, 0x107) & 0xff, 7u);
}

TEST_F(cnn_fifos, fill_up_while_streaming_layers_take_words_at_their_own_pace) {
    bench.write(bench.array.map.input_frame, 1000);
    start_streaming();
    push(1);  // Taken at once.
    EXPECT_EQ(status() >> 4 & 1, 1u);
    push(static_cast<uint32_t>(bench.array.fifo_words));
    EXPECT_EQ(status() & 1, 1u);

    const Time taken = bench.device.next_event();
    const CnnRun &run = bench.device.runs().back();
    EXPECT_EQ(taken - run.start, run.schedule.frame_cycles * 20'000 / 1000);
    bench.now = taken - 1;
    EXPECT_EQ(status() & 1, 1u);
    bench.now = taken;
    EXPECT_EQ(status() & 1, 0u);
    EXPECT_THAT(bench.device.hazards(), IsEmpty());
}

}  // namespace
}  // namespace ingot::sim::test
