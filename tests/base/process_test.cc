// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of running another program.

#include "base/process.h"

#include <gtest/gtest.h>

namespace ingot {
namespace {

TEST(process, collects_both_streams_and_the_status) {
    const Finished finished =
        run_process({.argv = {"sh", "-c", "echo out; echo err >&2; exit 3"}}).value();
    EXPECT_EQ(finished.output, "out\n");
    EXPECT_EQ(finished.errors, "err\n");
    EXPECT_EQ(finished.status, 3);
}

TEST(process, passes_arguments_untouched_by_any_shell) {
    EXPECT_EQ(run_process({.argv = {"printf", "%s|", "a b", "$HOME", "*"}}).value().output,
              "a b|$HOME|*|");
}

TEST(process, feeds_more_than_a_pipe_holds_and_takes_as_much_back) {
    std::vector<uint8_t> input(3'000'000);
    for (size_t i = 0; i < input.size(); ++i) input[i] = static_cast<uint8_t>(i * 7 >> 3);
    const Finished finished = run_process({.argv = {"cat"}, .input = input}).value();
    EXPECT_TRUE(std::equal(input.begin(), input.end(), finished.output.begin(),
                           finished.output.end(),
                           [](uint8_t a, char b) { return a == static_cast<uint8_t>(b); }));
    EXPECT_EQ(finished.status, 0);
}

TEST(process, outlives_a_child_that_does_not_read) {
    const std::vector<uint8_t> input(3'000'000, 1);
    EXPECT_EQ(run_process({.argv = {"true"}, .input = input}).value().status, 0);
}

TEST(process, gives_a_child_without_input_an_empty_one) {
    EXPECT_EQ(run_process({.argv = {"cat"}}).value().output, "");
}

TEST(process, runs_in_the_folder_it_is_told) {
    EXPECT_EQ(run_process({.argv = {"pwd"}, .folder = "/"}).value().output, "/\n");
}

TEST(process, tells_the_signal_that_ended_the_child) {
    EXPECT_EQ(run_process({.argv = {"sh", "-c", "kill -9 $$"}}).value().status, 128 + 9);
}

TEST(process, says_when_a_tool_is_missing) {
    const auto result = run_process({.argv = {"no-such-program-here"}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kToolMissing);
    EXPECT_EQ(result.error().where, "no-such-program-here");
}

TEST(process, finds_programs_on_the_path) {
    EXPECT_TRUE(find_program("sh").has_value());
    EXPECT_EQ(find_program("/bin/sh"), "/bin/sh");
    EXPECT_EQ(find_program("no-such-program-here"), std::nullopt);
}

}  // namespace
}  // namespace ingot
