// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of what all verbs share: usage, exit codes, where things are printed.

#include "tests/apps/program.h"

namespace ingot::test {
namespace {

using command_line = program;

TEST_F(command_line, refuses_what_it_does_not_understand_with_exit_2) {
    save("m.tflite", pool_model());
    const std::vector<std::string> cases[] = {
        {},
        {"frobnicate"},
        {"inspect"},
        {"inspect", "m.tflite", "--frobnicate"},
        {"inspect", "m.tflite", "twice"},
        {"inspect", "m.tflite", "--format", "xml"},
        {"check", "m.tflite"},
        {"compile", "m.tflite", "--board", "host"},
        {"run", "m.tflite", "--out", "o", "--rounding", "sometimes"},
        {"check", "m.tflite", "--board", "host", "--without-pass", "nothing"},
        {"compile", "m.tflite", "--board", "host", "--out", "o", "--name", "Not A Name"},
    };
    for (const auto &words : cases) EXPECT_EQ(refusal(words, Code::kUsage), 2);
    EXPECT_FALSE(exists("o"));
}

TEST_F(command_line, names_the_help_that_helps) {
    EXPECT_EQ(ingot({"frobnicate"}).errors,
              "error[E0101]: there is no verb \"frobnicate\"\n  hint: ingot --help\n");
    EXPECT_NE(ingot({"inspect"}).errors.find("hint: ingot inspect --help"), std::string::npos);
}

TEST_F(command_line, prints_help_on_stdout) {
    for (const auto &words : {std::vector<std::string>{"--help"}, {"run", "--help"}}) {
        const Finished finished = ingot(words);
        EXPECT_EQ(finished.status, 0);
        EXPECT_EQ(finished.errors, "");
        EXPECT_NE(finished.output.find("Usage: ingot"), std::string::npos);
    }
}

TEST_F(command_line, says_its_version) {
    const Finished finished = ingot({"version"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_TRUE(finished.output.starts_with("ingot ")) << finished.output;
}

TEST_F(command_line, says_when_a_file_is_missing) {
    EXPECT_EQ(refusal({"inspect", "nothing.tflite"}, Code::kFileMissing), 2);
}

TEST_F(command_line, says_when_stdout_cannot_take_the_results) {
    const auto finished =
        run_process({.argv = {"sh", "-c", std::string(INGOT_PROGRAM) + " ops > /dev/full"}});
    EXPECT_EQ(finished->status, static_cast<int>(exit_of(Code::kCannotWrite)));
    EXPECT_NE(finished->errors.find(number(Code::kCannotWrite)), std::string::npos);
}

TEST_F(command_line, colours_errors_only_when_told_or_on_a_terminal) {
    EXPECT_TRUE(ingot({"frobnicate"}).errors.starts_with("error["));
    const std::vector<std::string> words = {"explain", "E9999", "--color"};
    const auto with = [&](const char *when) {
        std::vector<std::string> all = words;
        all.push_back(when);
        return ingot(all).errors;
    };
    EXPECT_TRUE(with("always").starts_with("\x1b[1;31merror[E0105]\x1b[0m"));
    EXPECT_TRUE(with("auto").starts_with("error["));
    EXPECT_TRUE(with("never").starts_with("error["));
}

// A model file may be anything at all; the answer is a diagnostic and exit code 4.
TEST_F(command_line, survives_hostile_model_files_in_every_verb_that_reads_one) {
    const std::vector<uint8_t> whole = pool_model().finish();
    const struct {
        std::vector<uint8_t> bytes;
        Code code;
    } cases[] = {
        {{}, Code::kModelUnknown},
        {{'h', 'e', 'l', 'l', 'o'}, Code::kModelUnknown},
        {{whole.begin(), whole.begin() + 40}, Code::kModelCorrupt},
    };
    for (const auto &c : cases) {
        save("m.tflite", c.bytes);
        EXPECT_EQ(refusal({"inspect", "m.tflite"}, c.code), 4);
        EXPECT_EQ(refusal({"check", "m.tflite", "--board", "host"}, c.code), 4);
        EXPECT_EQ(refusal({"compile", "m.tflite", "--board", "host", "--out", "o"}, c.code), 4);
        EXPECT_EQ(refusal({"run", "m.tflite", "--out", "o"}, c.code), 4);
    }
    EXPECT_FALSE(exists("o"));
}

TEST_F(command_line, survives_models_damaged_in_one_byte) {
    const std::vector<uint8_t> whole = pool_model().finish();
    for (size_t i = 0; i < whole.size(); i += 7) {
        std::vector<uint8_t> damaged = whole;
        damaged[i] ^= 0xff;
        save("m.tflite", damaged);
        const int status = ingot({"inspect", "m.tflite"}).status;
        EXPECT_TRUE(status == 0 || status == 4) << "byte " << i << ": exit " << status;
    }
}

}  // namespace
}  // namespace ingot::test
