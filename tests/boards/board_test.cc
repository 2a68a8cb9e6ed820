// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the board reader, and of the boards that are shipped.

#include "boards/board.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace ingot {
namespace {

const std::string kGood = R"(schema = 1
summary = "an invented part"

[core]
isa = "armv7em"
compiler = "cc"
flags = ["-O2", "#not a comment"]

[clock]
core_hz = 40_000_000  # datasheet rev 3, table 12

[memory.rom]
address = 0x0800_0000  # datasheet rev 3, table 2
bytes = 0x1000  # assumed: as in the next larger part
access = "read"

[memory.ram]
address = 0x2000_0000  # datasheet rev 3, table 2
bytes = 2_048  # datasheet rev 3, table 2
access = "read-write"
)";

// The good description with one piece of text replaced.
std::string with(const std::string &old, const std::string &replacement) {
    std::string text = kGood;
    const size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), replacement);
}

class board : public testing::Test {
protected:
    Result<Board> read(const std::string &text) {
        EXPECT_TRUE(
            write_files(folder_.path() + "/part", std::vector{text_file("board.toml", text)}));
        return read_board(folder_.path() + "/part/board.toml");
    }

    // Reads a text that must be refused, and answers "line: what".
    std::string refusal(const std::string &text, Code code) {
        const Result<Board> result = read(text);
        if (result) return "was accepted";
        EXPECT_EQ(result.error().code, code) << to_string(result.error());
        const std::string where = result.error().where;
        return where.substr(where.rfind(':') + 1) + ": " + result.error().what;
    }

    TemporaryFolder folder_ = TemporaryFolder::make(testing::TempDir()).value();
};

TEST_F(board, is_read_whole) {
    const Board part = read(kGood).value();
    EXPECT_EQ(part.name, "part");
    EXPECT_EQ(part.summary, "an invented part");
    EXPECT_EQ(part.clock_hz, 40'000'000);
    EXPECT_EQ(part.core.isa, "armv7em");
    EXPECT_EQ(part.core.flags, (std::vector<std::string>{"-O2", "#not a comment"}));
    ASSERT_EQ(part.memories.size(), 2u);
    EXPECT_EQ(part.memories[0].name, "rom");
    EXPECT_EQ(part.memories[1].address, 0x20000000u);
    EXPECT_EQ(part.flash_bytes(), 4096);
    EXPECT_EQ(part.ram_bytes(), 2048);
}

TEST_F(board, files_the_source_of_every_number) {
    const std::vector<Provenance> found = read(kGood).value().provenance;
    ASSERT_EQ(found.size(), 5u);
    EXPECT_EQ(found[0].key, "clock.core_hz");
    EXPECT_EQ(found[0].value, "40_000_000");
    EXPECT_EQ(found[0].source, "datasheet rev 3, table 12");
    EXPECT_FALSE(found[0].is_assumed);
    EXPECT_EQ(found[2].source, "as in the next larger part");
    EXPECT_TRUE(found[2].is_assumed);
}

TEST_F(board, tells_what_is_fitted_from_what_is_assumed) {
    const std::string fitted = with("datasheet rev 3, table 12", "fitted: to two boards");
    const std::vector<Provenance> found = read(fitted).value().provenance;
    EXPECT_TRUE(found[0].is_fitted);
    EXPECT_FALSE(found[0].is_assumed);
    EXPECT_EQ(found[0].source, "to two boards");
    EXPECT_FALSE(found[2].is_fitted);
}

const std::string kDevices = kGood + R"(
[cache.icc]
memory = "rom"
serves = "both"
bytes = 1024  # datasheet
line_bytes = 16  # datasheet
ways = 2  # datasheet

[oscillators]
primary_hz = 40_000_000  # datasheet
secondary_hz = 8_000_000  # datasheet

[device.clocks]
kind = "clock_control"
address = 0x4000_0000  # datasheet
bytes = 0x400  # datasheet

[device.timer0]
kind = "timer"
address = 0x4001_0000  # datasheet
bytes = 0x100  # datasheet
interrupt = 7  # datasheet
gate = 15  # datasheet

[device.cache]
kind = "cache_control"
cache = "icc"
address = 0x4002_0000  # datasheet
bytes = 0x800  # datasheet
)";

TEST_F(board, has_the_devices_that_it_names) {
    const Board part = read(kDevices).value();
    ASSERT_EQ(part.devices.size(), 3u);
    EXPECT_EQ(part.devices[1].name, "timer0");
    EXPECT_EQ(part.devices[1].kind, "timer");
    EXPECT_EQ(part.devices[1].address, 0x40010000u);
    EXPECT_EQ(part.devices[1].bytes, 0x100u);
    EXPECT_EQ(part.devices[1].interrupt, 7);
    EXPECT_EQ(part.devices[1].gate, 15);
    EXPECT_EQ(part.devices[0].interrupt, -1);
    EXPECT_EQ(part.devices[2].cache, "icc");
    EXPECT_EQ(part.oscillators->secondary_hz, 8'000'000);
    EXPECT_EQ(part.oscillators->pll_hz, 0);
}

TEST_F(board, refuses_devices_that_it_does_not_know_or_that_lack_what_they_need) {
    const auto spoilt = [](const std::string &old, const std::string &replacement) {
        std::string text = kDevices;
        const size_t at = text.find(old);
        EXPECT_NE(at, std::string::npos) << old;
        return text.replace(at, old.size(), replacement);
    };
    const auto refused = [&](const std::string &old, const std::string &replacement) {
        return refusal(spoilt(old, replacement), Code::kBoardInvalid);
    };
    EXPECT_NE(refused("\"timer\"", "\"stopwatch\"").find("device.timer0.kind is \"stopwatch\""),
              std::string::npos);
    EXPECT_NE(refused("\"clock_control\"", "\"storage\"").find("device.timer0 needs [oscillators]"),
              std::string::npos);
    EXPECT_NE(refused("cache = \"icc\"", "cache = \"dcc\"")
                  .find("device.cache.cache is \"dcc\", and there is no such cache"),
              std::string::npos);
    EXPECT_NE(refused("0x4001_0000", "0x4001_0002").find("device.timer0: address and bytes"),
              std::string::npos);
    EXPECT_NE(refused("gate = 15", "gate = 96").find("device.timer0.gate is 96; accepted: 0..95"),
              std::string::npos);
}

TEST_F(board, without_clock_and_memory_has_no_limits) {
    const Board part = read(kGood.substr(0, kGood.find("[clock]"))).value();
    EXPECT_EQ(part.clock_hz, 0);
    EXPECT_EQ(part.ram_bytes(), 0);
    EXPECT_EQ(part.flash_bytes(), 0);
}

TEST_F(board, refuses_a_number_without_a_source) {
    EXPECT_EQ(refusal(with("  # datasheet rev 3, table 12", ""), Code::kBoardUnsourced),
              "10: clock.core_hz: the number has no comment that names its source");
    EXPECT_EQ(refusal(with("# datasheet rev 3, table 12", "#  "), Code::kBoardUnsourced),
              "10: clock.core_hz: the number has no comment that names its source");
}

TEST_F(board, refuses_what_is_not_toml_and_names_the_line) {
    EXPECT_TRUE(refusal(with("core_hz = 40", "core_hz = = 40"), Code::kBoardUnreadable)
                    .starts_with("10: "));
}

TEST_F(board, refuses_keys_that_are_unknown_missing_mistyped_or_out_of_range) {
    const struct {
        std::string old, replacement, refusal;
    } cases[] = {
        {"summary =", "sumary =", "1: summary is missing; it must be a string"},
        {"[clock]", "[clock]\ncpu_hz = 3", "10: unknown key clock.cpu_hz; known: core_hz"},
        {"schema = 1", "schema = 2", "1: schema is 2; accepted: 1"},
        {"40_000_000", "\"fast\"", "10: clock.core_hz must be an integer"},
        {"40_000_000", "0", "10: clock.core_hz is 0; accepted: 1..100000000000"},
        {"0x1000", "0", "14: memory.rom.bytes is 0; accepted: 1..4294967296"},
        {"\"read\"", "\"reed\"", "15: memory.rom.access is \"reed\"; accepted: read, read-write"},
        {"\"-O2\"", "2", "7: core.flags must be an array of strings"},
        {"[\"-O2\", \"#not a comment\"]", "\"-O2\"", "7: core.flags must be an array of strings"},
    };
    for (const auto &c : cases) {
        EXPECT_EQ(refusal(with(c.old, c.replacement), Code::kBoardInvalid), c.refusal);
    }
}

TEST_F(board, refuses_a_cache_that_cannot_be) {
    const std::string cache = R"(
[cache.l1]
memory = "rom"
serves = "both"
bytes = 1024     # datasheet rev 3, table 4
line_bytes = 32  # datasheet rev 3, table 4
ways = 4         # datasheet rev 3, table 4
)";
    EXPECT_TRUE(read(kGood + cache));
    const auto refused = [&](const std::string &old, const std::string &replacement) {
        std::string text = cache;
        const auto board = read(kGood + text.replace(text.find(old), old.size(), replacement));
        if (board) return std::string("was accepted");
        EXPECT_EQ(board.error().code, Code::kBoardInvalid);
        return board.error().what;
    };
    EXPECT_EQ(refused("\"rom\"", "\"sdram\""),
              "cache.l1.memory is sdram, and there is no such memory");
    EXPECT_EQ(refused("1024", "1000"),
              "cache.l1.bytes is 1000; accepted: a multiple of 128, its line_bytes x ways");
    EXPECT_EQ(refused("1024", "64"),
              "cache.l1.bytes is 64; accepted: a multiple of 128, its line_bytes x ways");
}

TEST_F(board, is_found_by_name_or_by_path) {
    ASSERT_TRUE(read(kGood));
    EXPECT_EQ(find_board("part", folder_.path()).value().name, "part");
    EXPECT_EQ(find_board("part", folder_.path()).value().path, "");
    const std::string path = folder_.path() + "/part/board.toml";
    EXPECT_EQ(find_board(path, "elsewhere").value().name, "part");
    EXPECT_EQ(find_board(path, "elsewhere").value().path, path);
    const auto missing = find_board("prat", folder_.path());
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, Code::kUnknownBoard);
    EXPECT_EQ(missing.error().what, "no such board; known: part");
    EXPECT_EQ(find_board("nothing.toml", folder_.path()).error().code, Code::kFileMissing);
}

TEST(boards, that_are_shipped_can_all_be_read) {
    const std::vector<std::string> names = board_names(INGOT_BOARDS);
    EXPECT_GE(names.size(), 3u);
    for (const std::string &name : names) {
        const auto found = find_board(name, INGOT_BOARDS);
        ASSERT_TRUE(found) << to_string(found.error());
        EXPECT_FALSE(found->core.compiler.empty());
    }
}

}  // namespace
}  // namespace ingot
