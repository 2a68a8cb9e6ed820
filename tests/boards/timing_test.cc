// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the reader of cycle tables, and of the tables that are shipped.

#include "boards/timing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"

namespace ingot {
namespace {

using enum InstructionKind;

const std::string kGood = R"(schema = 1
summary = "an invented core"

[issue]
width = 2  # manual, table 1
alone = ["divide"]

[units]
load = 2  # manual, table 2

[cycles]
alu = 1     # manual, table 3
load = 2    # manual, table 3
divide = 9  # assumed: nobody says

[stall]
load = 3    # manual, table 4

[predictor]
entries = 64        # manual, table 5
missed_cycles = 4   # manual, table 5
guessed_cycles = 1  # manual, table 5
)";

std::string with(const std::string &old, const std::string &replacement) {
    std::string text = kGood;
    const size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), replacement);
}

class timing : public testing::Test {
protected:
    Result<CoreTiming> read(const std::string &text) {
        EXPECT_TRUE(write_files(folder_.path() + "/t", std::vector{text_file("core.toml", text)}));
        return read_timing(folder_.path() + "/t/core.toml");
    }

    void expect_refusal(const std::string &text, Code code, const std::string &part) {
        const Result<CoreTiming> result = read(text);
        ASSERT_FALSE(result) << part;
        EXPECT_EQ(result.error().code, code) << to_string(result.error());
        EXPECT_NE(result.error().what.find(part), std::string::npos) << to_string(result.error());
    }

    TemporaryFolder folder_ = TemporaryFolder::make(testing::TempDir()).value();
};

TEST_F(timing, is_read_whole) {
    const CoreTiming core = read(kGood).value();
    EXPECT_EQ(core.name, "core");
    EXPECT_EQ(core.summary, "an invented core");
    EXPECT_EQ(core.issue_width, 2);
    EXPECT_EQ(core.units[0], 1);  // The arithmetic unit, by default.
    EXPECT_EQ(core.units[4], 2);  // The load unit.
    EXPECT_EQ(core.of(kLoad).cycles, 2);
    EXPECT_EQ(core.of(kLoad).stall, 3);
    EXPECT_TRUE(core.of(kDivide).is_alone);
    EXPECT_FALSE(core.of(kLoad).is_alone);
    EXPECT_EQ(core.predictor.entries, 64);
}

TEST_F(timing, takes_the_numbers_of_the_kind_that_another_is_like) {
    const CoreTiming core = read(kGood).value();
    EXPECT_EQ(core.of(kLoadNarrow).cycles, 2);
    EXPECT_EQ(core.of(kLoadNarrow).stall, 3);
    EXPECT_EQ(core.of(kSaturate).cycles, 1);  // Like simd, which is like alu.
    EXPECT_TRUE(core.of(kSaturate).is_known);
}

TEST_F(timing, knows_no_kind_that_the_table_leaves_out) {
    const CoreTiming core = read(kGood).value();
    EXPECT_FALSE(core.of(kFloatAdd).is_known);
    EXPECT_FALSE(core.of(kFloatMultiply).is_known);
    EXPECT_FALSE(core.of(kUnknown).is_known);
}

TEST_F(timing, files_the_source_of_every_number_once) {
    const std::vector<Provenance> found = read(kGood).value().provenance;
    EXPECT_EQ(found.size(), 9u);
    EXPECT_EQ(std::count_if(found.begin(), found.end(),
                            [](const Provenance &number) { return number.is_assumed; }),
              1);
}

TEST_F(timing, refuses_what_it_does_not_understand) {
    expect_refusal(with("  # manual, table 4", "") /* The last blank stays. */,
                   Code::kBoardUnsourced, "stall.load");
    expect_refusal(with("divide = 9", "divine = 9"), Code::kBoardInvalid, "cycles.divine");
    expect_refusal(with("[\"divide\"]", "[\"divine\"]"), Code::kBoardInvalid, "divine");
    expect_refusal(with("alu = 1 ", "nop = 1 "), Code::kBoardInvalid, "cycles.alu");
    expect_refusal(with("load = 3", "load = 300"), Code::kBoardInvalid, "300");
    expect_refusal(with("width = 2", "width = 3"), Code::kBoardInvalid, "1..2");
    expect_refusal(with("entries = 64", "# entries"), Code::kBoardInvalid, "predictor.entries");
    expect_refusal("[cycles", Code::kBoardUnreadable, "");
}

TEST_F(timing, is_missing_when_there_is_no_file) {
    EXPECT_EQ(read_timing("nowhere.toml").error().code, Code::kFileMissing);
}

TEST(shipped_timings, are_all_read) {
    int count = 0;
    for (const auto &entry : std::filesystem::directory_iterator(INGOT_BOARDS "/cores")) {
        const Result<CoreTiming> core = read_timing(entry.path().string());
        ASSERT_TRUE(core) << to_string(core.error());
        EXPECT_TRUE(core->of(kLoad).is_known) << core->name;
        EXPECT_TRUE(core->of(kBranchConditional).is_known) << core->name;
        ++count;
    }
    EXPECT_GE(count, 5);
}

TEST(instruction_kinds, are_like_one_that_stands_before_them) {
    for (const InstructionKindFacts &facts : kInstructionKinds) {
        EXPECT_LE(facts.like, facts.kind) << facts.name;
    }
}

}  // namespace
}  // namespace ingot
