// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images for every board: that they link, where their sections lie, and how large they are.

#include <algorithm>
#include <map>

#include "apps/elf_file.h"
#include "apps/link_script.h"
#include "base/process.h"
#include "codegen/compile.h"
#include "tests/firmware/emulator.h"
#include "tests/models/networks.h"

namespace ingot::test {
namespace {

using cli::ElfSection;
using cli::FirmwareImage;
using cli::Variant;

std::vector<std::string> firmware_boards() {
    std::vector<std::string> names = board_names(installation().boards());
    std::erase_if(names,
                  [](const std::string &name) { return board_named(name).firmware.start.empty(); });
    return names;
}

FirmwareImage shipped(const codegen::Program &program, const Board &board) {
    return image_of(program, board, {.installation = installation(), .cache = cache()});
}

ElfSection section(const FirmwareImage &image, const std::string &name) {
    const auto sections = cli::elf_sections(image.elf).value();
    const auto found = std::ranges::find(sections, name, &ElfSection::name);
    return found == sections.end() ? ElfSection{} : *found;
}

class image : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        board_ = board_named(GetParam());
        if (const auto missing = missing_compiler(board_); !missing.empty()) {
            GTEST_SKIP() << missing;
        }
    }

    Board board_;
};

TEST_P(image, of_every_variant_links) {
    const codegen::Program program = tiny_program();
    const codegen::KnownAnswer answer = host_answer(program);
    int64_t flash_bytes = 0;
    for (const Variant variant : {Variant::kShipped, Variant::kCheck, Variant::kSemihosting}) {
        const FirmwareImage built = image_of(program, board_,
                                             {.installation = installation(),
                                              .cache = cache(),
                                              .variant = variant,
                                              .answer = &answer});
        EXPECT_GT(built.flash_bytes, flash_bytes) << "each adds to the one before";
        flash_bytes = built.flash_bytes;
        EXPECT_TRUE(read_text(built.map).value().find("Linker script and memory map") !=
                    std::string::npos);
    }
}

TEST_P(image, of_a_shipped_model_links) {
    const codegen::Program program = compiled(installation().model("shapes"));
    const FirmwareImage built = shipped(program, board_);
    EXPECT_GT(built.flash_bytes, codegen::constant_bytes(program));
    EXPECT_GE(built.ram_bytes, program.plan.arena_bytes);
    EXPECT_LT(built.ram_bytes, program.plan.arena_bytes + 256);
    EXPECT_GT(built.stack_bytes, 0);
    EXPECT_LE(built.stack_bytes, 700);
}

TEST_P(image, has_its_vectors_first_and_its_stack_at_the_low_end_of_ram) {
    const FirmwareImage built = shipped(tiny_program(), board_);
    const cli::ImageMemories memories = cli::image_memories(board_).value();
    EXPECT_EQ(section(built, ".text").address, memories.program->address);
    const ElfSection stack = section(built, ".stack");
    EXPECT_EQ(stack.address, memories.data->address);
    EXPECT_EQ(stack.bytes, cli::kStackBytes);
    for (const char *name : {".data", ".bss", ".noinit"}) {
        const ElfSection variables = section(built, name);
        if (variables.bytes == 0) continue;
        EXPECT_GE(variables.address, stack.address + stack.bytes) << name;
        EXPECT_EQ(variables.has_content, std::string(name) == ".data") << name;
    }
    EXPECT_GE(section(built, ".noinit").bytes, 256 + 32 + 68);  // Arena, guards, mailbox.
}

// What a debugger or a simulator looks up.
TEST_P(image, names_the_mailbox_and_no_functions_of_a_c_library) {
    const FirmwareImage built = shipped(tiny_program(), board_);
    const std::string compiler = board_.core.compiler;
    const std::string nm = compiler.substr(0, compiler.size() - 3) + "nm";
    const auto symbols = run_process({.argv = {nm, built.elf}});
    ASSERT_TRUE(symbols);
    EXPECT_NE(symbols->output.find(" ingot_mailbox\n"), std::string::npos);
    EXPECT_NE(symbols->output.find(" ingot_reset\n"), std::string::npos);
    EXPECT_EQ(symbols->output.find("tiny_known_answer"), std::string::npos);
    EXPECT_EQ(symbols->output.find("printf"), std::string::npos);
}

TEST_P(image, is_the_same_bytes_every_time) {
    const codegen::Program program = tiny_program();
    const TemporaryFolder fresh = TemporaryFolder::make(testing::TempDir()).value();
    const FirmwareImage again =
        image_of(program, board_, {.installation = installation(), .cache = fresh.path()});
    EXPECT_EQ(read_file(again.elf).value(), read_file(shipped(program, board_).elf).value());
}

TEST_P(image, that_is_too_large_is_refused) {
    const codegen::Program program = tiny_program();
    const cli::FirmwareOptions options{.installation = installation(), .cache = cache()};
    Board small = board_;
    for (Memory &memory : small.memories) {
        if (!memory.is_writable) memory.bytes = 1024;
    }
    EXPECT_EQ(cli::build_firmware(program, small, options).error().code, Code::kFlashExceeded);
    small = board_;
    for (Memory &memory : small.memories) {
        if (memory.is_writable) memory.bytes = 2100;
    }
    EXPECT_EQ(cli::build_firmware(program, small, options).error().code, Code::kRamExceeded);
}

INSTANTIATE_TEST_SUITE_P(every_board, image, testing::ValuesIn(firmware_boards()),
                         [](const auto &info) { return info.param; });

TEST(images, need_parts_that_exist) {
    Board board = board_named("cortex_m4");
    if (const auto missing = missing_compiler(board); !missing.empty()) GTEST_SKIP() << missing;
    const cli::FirmwareOptions options{.installation = installation(), .cache = cache()};
    board.firmware.clock = "sundial";
    const auto built = cli::build_firmware(tiny_program(), board, options);
    ASSERT_FALSE(built);
    EXPECT_EQ(built.error().code, Code::kBoardInvalid);
    EXPECT_NE(built.error().what.find("clock_sundial.cc"), std::string::npos);
    board.firmware = {};
    EXPECT_EQ(cli::build_firmware(tiny_program(), board, options).error().code,
              Code::kBoardInvalid);
}

// Whole shipped images on the Cortex-M4, against the best that was measured of others: generated C
// that calls CMSIS-NN, of the same networks, linked without a C library; VWW without its constant
// channels. Stack: the bar that was set with them.
TEST(images, of_real_networks_are_smaller_than_those_of_others) {
    const std::map<std::string, int64_t> limits = {{"mlperf_ad01_int8", 277'800},
                                                   {"mlperf_resnet8_int8", 102'140},
                                                   {"mlperf_kws_int8", 52'804},
                                                   {"mlperf_vww_int8", 68'924}};
    const Board board = board_named("cortex_m4");
    if (const auto missing = missing_compiler(board); !missing.empty()) GTEST_SKIP() << missing;
    size_t found = 0;
    for (const Network &network : networks()) {
        const auto limit = limits.find(network.name);
        if (limit == limits.end()) continue;
        const FirmwareImage built = shipped(compiled(network.path), board);
        EXPECT_LE(built.flash_bytes, limit->second) << network.name;
        EXPECT_LE(built.stack_bytes, 700) << network.name;
        ++found;
    }
    if (found == 0) GTEST_SKIP() << "INGOT_SHARED is not set";
    EXPECT_EQ(found, limits.size());
}

}  // namespace
}  // namespace ingot::test
