// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the diagnostics table and of how a diagnostic reads.

#include "base/diagnostics.h"

#include <gtest/gtest.h>

#include <set>

#include "base/result.h"

namespace ingot {
namespace {

constexpr Code kCodes[] = {
#define INGOT_DIAGNOSTIC(code, name, exit, explanation) Code::k##name,
#include "base/diagnostics.def"
};

TEST(diagnostics, has_each_number_once_and_finds_it_again) {
    std::set<std::string_view> seen;
    for (const Code code : kCodes) {
        EXPECT_TRUE(seen.insert(number(code)).second) << number(code);
        EXPECT_EQ(find_code(number(code)), code);
    }
    EXPECT_EQ(find_code("E9999"), std::nullopt);
}

TEST(diagnostics, explains_every_code_in_a_sentence) {
    for (const Code code : kCodes) EXPECT_TRUE(explanation(code).ends_with('.')) << number(code);
}

TEST(diagnostics, prints_where_what_and_hint) {
    const Diagnostic diagnostic{Code::kOperatorLimit, "conv_7", "kernel 5x5", "use 3x3"};
    EXPECT_EQ(to_string(diagnostic), "error[E0404] conv_7: kernel 5x5\n  hint: use 3x3");
    EXPECT_EQ(to_string(Diagnostic{Code::kUsage, "", "no verb", ""}), "error[E0101]: no verb");
}

TEST(diagnostics, exits_with_the_documented_number) {
    EXPECT_EQ(static_cast<int>(exit_of(Code::kUsage)), 2);
    EXPECT_EQ(static_cast<int>(exit_of(Code::kRamExceeded)), 3);
    EXPECT_EQ(static_cast<int>(exit_of(Code::kOperatorUnknown)), 4);
    EXPECT_EQ(static_cast<int>(exit_of(Code::kOutputMismatch)), 5);
    EXPECT_EQ(static_cast<int>(exit_of(Code::kToolMissing)), 6);
}

TEST(diagnostics, a_broken_promise_of_ours_is_code_internal_and_exit_1) {
    EXPECT_EQ(static_cast<int>(exit_of(Code::kInternal)), 1);
    EXPECT_EXIT(INGOT_CHECK(1 + 1 == 3), testing::ExitedWithCode(1), "E0901.*1 \\+ 1 == 3");
}

}  // namespace
}  // namespace ingot
