// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot check`.

#include "tests/apps/program.h"

namespace ingot::test {
namespace {

using check = program;

constexpr const char *kTinyBoard = R"(schema = 1
summary = "a tiny part"
[core]
isa = "none"
compiler = "cc"
flags = []
[memory.flash]
address = 0  # invented
bytes = 4  # invented
access = "read"
[memory.ram]
address = 4096  # invented
bytes = 32  # invented
access = "read-write"
)";

// A sum with a constant of 16 bytes.
TfliteBuilder constant_model() {
    TfliteBuilder model;
    const int x = model.input({.name = "x", .shape = {1, 16}, .scale = {0.5f}});
    const int c = model.tensor(
        {.name = "c", .shape = {1, 16}, .scale = {0.5f}, .data = std::vector<uint8_t>(16, 3)});
    const int y = model.output({.name = "y", .shape = {1, 16}, .scale = {0.5f}});
    model.op("ADD", {x, c}, {y});
    return model;
}

TEST_F(check, says_what_fits_and_how_well) {
    save("m.tflite", pool_model());
    const Finished finished = ingot({"check", "m.tflite", "--board", "cortex_m4"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_EQ(finished.errors, "");
    EXPECT_TRUE(finished.output.starts_with("m on cortex_m4 (")) << finished.output;
    EXPECT_NE(finished.output.find("   fits\n  RAM    activations 48 B of 4 MiB (0.0 %)   proven"),
              std::string::npos)
        << finished.output;
}

TEST_F(check, tells_scripts_every_number) {
    save("m.tflite", pool_model());
    const auto verdict = json({"check", "m.tflite", "--board", "cortex_m4"});
    EXPECT_EQ(verdict["model"], "m");
    EXPECT_EQ(verdict["board"], "cortex_m4");
    EXPECT_EQ(verdict["fits"], true);
    EXPECT_EQ(verdict["arena_bytes"], 48);
    EXPECT_EQ(verdict["arena_lower_bound_bytes"], 48);
    EXPECT_EQ(verdict["arena_is_optimal"], true);
    EXPECT_EQ(verdict["weight_bytes"], 0);
    EXPECT_EQ(verdict["macs"], 0);
    EXPECT_TRUE(verdict["violations"].empty());
}

TEST_F(check, answers_3_when_memory_is_exceeded_and_names_both_numbers) {
    save("m.tflite", constant_model());
    const std::string board = kTinyBoard;
    save("tiny.toml", std::vector<uint8_t>(board.begin(), board.end()));
    EXPECT_EQ(ingot({"check", "m.tflite", "--board", "tiny.toml"}).status, 3);
    const auto verdict = json({"check", "m.tflite", "--board", "tiny.toml"});
    EXPECT_EQ(verdict["fits"], false);
    ASSERT_EQ(verdict["violations"].size(), 1u);
    EXPECT_EQ(verdict["violations"][0]["code"], number(Code::kFlashExceeded));
    EXPECT_EQ(verdict["violations"][0]["what"], "constants need 16 B; tiny has 4 B");

    save("pool.tflite", pool_model());
    const auto pool = json({"check", "pool.tflite", "--board", "tiny.toml"});
    ASSERT_EQ(pool["violations"].size(), 1u);
    EXPECT_EQ(pool["violations"][0]["code"], number(Code::kRamExceeded));
    EXPECT_EQ(pool["violations"][0]["what"], "activations need 48 B; tiny has 32 B");
}

TEST_F(check, answers_4_and_lists_every_operator_that_cannot_be_executed) {
    TfliteBuilder model = float_model();
    const int twice =
        model.output({.name = "twice", .type = codegen::Type::kFloat32, .shape = {1, 4}});
    model.op("ADD", {2, 2}, {twice});
    save("m.tflite", model);
    const Finished finished = ingot({"check", "m.tflite", "--board", "host"});
    EXPECT_EQ(finished.status, 4);
    EXPECT_EQ(finished.errors, "");
    EXPECT_NE(finished.output.find("CANNOT BE EXECUTED: 2 operators"), std::string::npos);

    const auto verdict = json({"check", "m.tflite", "--board", "host"});
    EXPECT_EQ(verdict["fits"], false);
    EXPECT_TRUE(verdict["arena_bytes"].is_null());
    ASSERT_EQ(verdict["violations"].size(), 2u);
    for (const auto &violation : verdict["violations"]) {
        EXPECT_EQ(violation["code"], number(Code::kTypeNotExecutable));
    }
}

TEST_F(check, prints_violations_as_csv) {
    save("m.tflite", float_model());
    const Finished finished = ingot({"check", "m.tflite", "--board", "host", "--format", "csv"});
    EXPECT_TRUE(finished.output.starts_with("code,where,what,hint\nE0403,sum,")) << finished.output;
    EXPECT_EQ(finished.status, 4);
}

TEST_F(check, knows_its_boards) {
    save("m.tflite", pool_model());
    save("broken.toml", std::vector<uint8_t>{'='});
    EXPECT_EQ(refusal({"check", "m.tflite", "--board", "cortex_m9"}, Code::kUnknownBoard), 2);
    EXPECT_EQ(refusal({"check", "m.tflite", "--board", "gone.toml"}, Code::kFileMissing), 2);
    EXPECT_EQ(refusal({"check", "m.tflite", "--board", "broken.toml"}, Code::kBoardUnreadable), 2);
}

}  // namespace
}  // namespace ingot::test
