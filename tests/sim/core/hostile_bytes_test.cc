// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Any bytes as an ELF file, and any bytes as code, give a result.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/sim/support/machine.h"

namespace ingot::sim {
namespace {

using testing::HasSubstr;

test::Elf small() {
    return {.machine = test::kElfArm,
            .entry = 0x401,
            .segments = {{.address = 0, .bytes = {0, 0x10, 0, 0x20, 0x01, 0x04, 0, 0}},
                         {.address = 0x400, .bytes = {0x30, 0xbf, 0xfd, 0xe7}}},
            .symbols = {{.name = "main", .address = 0x401, .bytes = 4},
                        {.name = "table", .address = 0, .bytes = 8, .is_function = false}}};
}

Code refusal(std::span<const uint8_t> bytes) {
    const Result<Image> image = parse_image("bad.elf", bytes);
    EXPECT_FALSE(image);
    if (image) return Code::kInternal;
    EXPECT_EQ(image.error().where, "bad.elf");
    return image.error().code;
}

TEST(image, is_what_was_written) {
    const Image image = image_of(small());
    EXPECT_EQ(image.architecture, Architecture::kArm);
    ASSERT_EQ(image.segments.size(), 2u);
    EXPECT_EQ(image.segments[1].address, 0x400u);
    EXPECT_EQ(image.segments[1].bytes.size(), 4u);
    ASSERT_NE(image.symbol("main"), nullptr);
    EXPECT_EQ(image.symbol("main")->address, 0x400u) << "without the Thumb bit";
    EXPECT_EQ(image.symbol("nothing"), nullptr);
    EXPECT_EQ(image.describe(0x402), "main+0x2 (0x00000402)");
    EXPECT_EQ(image.describe(0x404), "0x00000404") << "behind its end";
    EXPECT_EQ(image.describe(0x4), "0x00000004") << "an object is no function";
}

TEST(image, is_corrupt_when_it_is_truncated_anywhere) {
    const std::vector<uint8_t> whole = test::write_elf(small());
    for (size_t size = 0; size < whole.size(); ++size) {
        ASSERT_EQ(refusal(std::span(whole).first(size)), Code::kImageCorrupt) << size;
    }
}

TEST(image, says_what_a_truncated_file_lacks) {
    const std::vector<uint8_t> whole = test::write_elf(small());
    const auto cut = parse_image("cut.elf", std::span(whole).first(60));
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().what, "for the program headers, needs bytes up to 116; the file has 60");
}

TEST(image, names_the_machine_it_cannot_be_for) {
    test::Elf elf = small();
    elf.machine = 62;  // x86-64
    EXPECT_EQ(refusal(test::write_elf(elf)), Code::kImageMachine);
}

TEST(image, may_not_load_one_address_twice) {
    test::Elf elf = small();
    elf.segments.push_back({.address = 0x402, .bytes = {1, 2, 3, 4}});
    const Result<Image> image = parse_image("bad.elf", test::write_elf(elf));
    ASSERT_FALSE(image);
    EXPECT_EQ(image.error().code, Code::kImageLayout);
    EXPECT_THAT(image.error().what, HasSubstr("0x00000402"));
}

TEST(image, has_to_load_something) {
    test::Elf elf = small();
    elf.segments.clear();
    EXPECT_EQ(refusal(test::write_elf(elf)), Code::kImageCorrupt);
}

// Headers, tables and segments, with one to eight bytes changed; what still loads has to run.
TEST(image, gives_a_result_whatever_its_bytes_are) {
    std::mt19937 random(5);
    const std::vector<uint8_t> whole = test::write_elf(small());
    const Board board = board_named("cortex_m4");
    const CoreTiming timing = read_timing(INGOT_CORES "/cortex_m4.toml").value();
    int loaded = 0, ran = 0;
    for (int i = 0; i < 4000; ++i) {
        std::vector<uint8_t> bytes = whole;
        for (size_t k = 0; k <= random() % 8; ++k) {
            bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
        }
        const Result<Image> image = parse_image("bad.elf", bytes);
        if (!image || ++loaded % 8 != 0) continue;  // Making a processor takes milliseconds.
        const auto processor = Processor::make(board, timing, *image, {.instruction_limit = 1000});
        if (!processor) continue;
        (void)(*processor)->run({});
        ++ran;
    }
    EXPECT_GT(loaded, 500);
    EXPECT_GT(ran, 20);
}

void run_random_code(const char *name, uint16_t machine, uint32_t address, unsigned seed) {
    std::mt19937 random(seed);
    test::Elf elf = machine == test::kElfArm ? arm_elf("") : riscv_elf("");
    std::vector<uint8_t> &code = elf.segments.back().bytes;
    for (int i = 0; i < 512; ++i) code.push_back(static_cast<uint8_t>(random()));
    elf.segments.back().address = address;
    const Board board = board_named(name);
    const CoreTiming timing = read_timing(fmt::format("{}/{}.toml", INGOT_CORES, name)).value();
    const Image image = image_of(elf);
    const ProcessorOptions options{.is_traffic_recorded = seed % 2 == 0, .instruction_limit = 2000};
    const auto processor = Processor::make(board, timing, image, options);
    ASSERT_TRUE(processor);
    const Result<Stop> stop = (*processor)->run({});
    if (!stop) {
        EXPECT_FALSE(stop.error().what.empty());
        EXPECT_FALSE(stop.error().where.empty());
    }
}

TEST(random_code, ends_on_every_core) {
    for (unsigned seed = 0; seed < 150; ++seed) {
        for (const char *name : {"cortex_m0plus", "cortex_m4", "cortex_m7", "cortex_m33"}) {
            SCOPED_TRACE(fmt::format("{}, seed {}", name, seed));
            run_random_code(name, test::kElfArm, kArmCode, seed);
        }
        SCOPED_TRACE(fmt::format("rv32, seed {}", seed));
        run_random_code("rv32", test::kElfRiscv, kRiscvCode, seed);
    }
}

}  // namespace
}  // namespace ingot::sim
