// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the verbs that print what Ingot knows: boards, ops, explain, doctor.

#include <algorithm>
#include <set>

#include "tests/apps/program.h"

namespace ingot::test {
namespace {

using lists = program;

TEST_F(lists, boards_shows_them_all_in_every_format) {
    const auto document = json({"boards"});
    std::set<std::string> names;
    for (const auto &row : document["boards"]) names.insert(row["name"]);
    EXPECT_TRUE(names.contains("cortex_m4"));
    EXPECT_TRUE(names.contains("host"));
    EXPECT_TRUE(names.contains("rv32"));
    EXPECT_TRUE(ingot({"boards"}).output.starts_with("name "));
    EXPECT_TRUE(ingot({"boards", "--format", "csv"}).output.starts_with("name,isa,clock_hz,"));
    EXPECT_TRUE(ingot({"boards", "--format", "md"}).output.starts_with("| name "));
}

TEST_F(lists, have_no_form_that_only_reports_have) {
    for (const char *verb : {"boards", "ops", "explain", "doctor", "demo"}) {
        EXPECT_EQ(refusal({verb, "--format", "trace"}, Code::kUsage), 2) << verb;
    }
}

TEST_F(lists, boards_names_the_source_of_every_number_and_marks_assumed_ones) {
    const auto numbers = json({"boards", "rv32"})["numbers"];
    ASSERT_FALSE(numbers.empty());
    EXPECT_EQ(numbers[0]["key"], "memory.flash.address");
    EXPECT_EQ(numbers[0]["is_assumed"], false);
    EXPECT_EQ(numbers[1]["is_assumed"], true);
    EXPECT_EQ(numbers[0]["is_fitted"], false);
    for (const auto &number : numbers) EXPECT_NE(number["source"], "");
    const auto others = json({"boards", "max78000"})["numbers"];
    for (const auto &number : others) {
        const std::string key = number["key"];
        if (key == "cnn_array.timing.start_cycles") {
            EXPECT_EQ(number["is_fitted"], true);
        }
        if (key == "cnn_array.layers") {
            EXPECT_EQ(number["is_fitted"], false);
        }
    }
    EXPECT_TRUE(ingot({"boards", "rv32"}).output.starts_with("rv32: RISC-V"));
    EXPECT_EQ(refusal({"boards", "cortex_m9"}, Code::kUnknownBoard), 2);
}

TEST_F(lists, ops_has_a_row_per_operator) {
    const auto operators = json({"ops"})["operators"];
    std::set<std::string> names;
    for (const auto &row : operators) names.insert(row["op"]);
#define INGOT_OP(name, NAME, work) EXPECT_TRUE(names.contains(#name)) << #name;
#include "ingot/ops.def"
#define INGOT_GRAPH_OP(name) EXPECT_TRUE(names.contains(#name)) << #name;
#include "codegen/ops/graph_ops.def"
}

TEST_F(lists, explain_tells_what_a_code_means_and_how_it_exits) {
    const Finished finished = ingot({"explain", "E0601"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_EQ(finished.output,
              "E0601 (exit code 6)\n" + std::string(explanation(Code::kToolMissing)) + "\n");
}

TEST_F(lists, explain_lists_all_codes) {
    const auto rows = json({"explain"})["diagnostics"];
    std::set<std::string> codes;
    for (const auto &row : rows) codes.insert(row["code"]);
#define INGOT_DIAGNOSTIC(code, name, exit, explanation) EXPECT_TRUE(codes.contains(#code));
#include "base/diagnostics.def"
}

TEST_F(lists, explain_says_when_there_is_no_such_code) {
    EXPECT_EQ(refusal({"explain", "E9999"}, Code::kUnknownCode), 2);
    EXPECT_EQ(refusal({"explain", "nonsense"}, Code::kUnknownCode), 2);
}

TEST_F(lists, doctor_finds_the_tools_and_tells_what_installs_the_rest) {
    const Finished finished = ingot({"doctor"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_TRUE(finished.output.starts_with("ingot ")) << finished.output;
    const auto document = json({"doctor"});
    EXPECT_EQ(document["tools"][0]["tool"], "cc");
    EXPECT_EQ(document["tools"][0]["is_here"], true);
    EXPECT_TRUE(document["tools"][0]["install"].is_null());
    EXPECT_GE(document["boards"].size(), 3u);
}

TEST_F(lists, doctor_answers_6_when_there_is_no_compiler) {
    const Environment no_tools("PATH", "/nowhere");
    const Finished finished = ingot({"doctor"});
    EXPECT_EQ(finished.status, 6);
    EXPECT_NE(finished.output.find("apt install gcc\n"), std::string::npos) << finished.output;
}

}  // namespace
}  // namespace ingot::test
