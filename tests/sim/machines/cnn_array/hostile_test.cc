// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Programs of random registers: each runs or is diagnosed, and none takes forever.

#include <gtest/gtest.h>

#include <random>

#include "tests/sim/machines/cnn_array/program.h"

namespace ingot::sim::test {
namespace {

class hostile_program : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(parts, hostile_program, testing::Values("max78000", "max78002"));

// A field's value: often small, sometimes as large as can be.
uint32_t value_of(std::mt19937 &random) {
    const uint32_t value = random();
    return value >> random() % 32;
}

// A layer that runs, with a few fields gone wild.
CnnLayerRegisters wild_layer(const CnnArray &array, std::mt19937 &random) {
    CnnLayerRegisters registers = random() % 2 ? small_convolution(array) : small_copy(array);
    for (uint32_t changes = random() % 6; changes > 0; --changes) {
        const auto field = static_cast<CnnField>(random() % std::size(kCnnFields));
        registers.set(field, array.layout, value_of(random));
    }
    return registers;
}

TEST_P(hostile_program, runs_or_is_diagnosed) {
    std::mt19937 random(1);
    int started = 0;
    for (int i = 0; i < 400; ++i) {
        Bench bench(GetParam());
        const uint32_t layers = random() % 4;
        for (uint32_t layer = 0; layer <= layers; ++layer) {
            bench.layer(static_cast<int>(layer), wild_layer(bench.array, random));
        }
        bench.write(bench.array.map.fifo, 1u << 12);
        bench.write(bench.array.map.input_frame, value_of(random));
        bench.control(layers, 0, cnn_control::kLayerCount);
        const uint32_t control = value_of(random) << 1 | cnn_bit::kEnable;
        if (!bench.device.write(bench.array.map.control, 4, control, 0)) continue;
        for (uint32_t word = 0; word < 32; ++word) {
            bench.write(bench.array.map.fifo + 8, random());
        }
        ++started;
        if (bench.device.next_event() == kNever) continue;
        EXPECT_TRUE(bench.device.advance(bench.device.next_event()));
    }
    EXPECT_GT(started, 40);
}

// 256 passes of 64 channels and nine taps of -128 each would make a sum of more than 2^31.
TEST_P(hostile_program, flattens_with_one_tap_only) {
    Registers program(GetParam());
    program.layer(0, small_convolution(program.array),
                  {{CnnField::flattens, 1},
                   {CnnField::passes, 15},
                   {CnnField::more_passes, 15},
                   {CnnField::kernel_last, 8 * 255},
                   {CnnField::outputs, 255}});
    const auto decoded = decode(program.registers, program.array);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, Code::kCnnProgramInvalid);
    EXPECT_EQ(decoded.error().what, "a flattened layer with 9 taps");
}

TEST_P(hostile_program, is_refused_where_it_takes_too_long) {
    Registers program(GetParam());
    program.layer(0, small_convolution(program.array));
    constexpr int64_t kWork = 16 * 36 + 16 * 32;  // 16 sums of nine words, 16 words read.
    EXPECT_TRUE(decode(program.registers, program.array, kWork + 1));
    const auto decoded = decode(program.registers, program.array, kWork);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, Code::kCnnProgramInvalid);
}

TEST_P(hostile_program, may_access_any_address) {
    std::mt19937 random(2);
    Bench bench(GetParam());
    for (int i = 0; i < 20000; ++i) {
        const uint32_t bytes = 1u << random() % 3;
        const uint32_t offset = random() % bench.array.map.window_bytes & ~(bytes - 1);
        const uint32_t address = bench.array.map.fifo + offset;
        if (random() % 2) {
            (void)bench.device.read(address, bytes, i);
        } else {
            (void)bench.device.write(address, bytes, random(), i);
        }
    }
    SUCCEED();
}

}  // namespace
}  // namespace ingot::sim::test
