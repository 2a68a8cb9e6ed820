// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the bound on a program's stack.

#include "apps/call_graph.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"

namespace ingot::test {
namespace {

using cli::CallGraph;
using cli::deepest_stack;

TEST(call_graph, adds_the_deepest_chain_of_calls) {
    const CallGraph graph{
        .stack_bytes = {{"main", 8}, {"a", 100}, {"b", 16}, {"c", 90}, {"alone", 1000}},
        .calls = {{"main", {"a", "b"}}, {"b", {"c"}}}};
    EXPECT_EQ(deepest_stack(graph, "main"), 8 + 16 + 90);
    EXPECT_EQ(deepest_stack(graph, "a"), 100);
}

TEST(call_graph, takes_calls_through_pointers_where_it_is_told) {
    const CallGraph graph{
        .stack_bytes = {{"main", 8}, {"small", 10}, {"large", 50}},
        .calls = {{"main", {cli::kIndirectCall}}, {cli::kIndirectCall, {"small", "large"}}}};
    EXPECT_EQ(deepest_stack(graph, "main"), 58);
}

TEST(call_graph, refuses_recursion) {
    const CallGraph graph{.stack_bytes = {{"main", 8}, {"a", 1}, {"b", 1}},
                          .calls = {{"main", {"a"}}, {"a", {"b"}}, {"b", {"a"}}}};
    const auto bytes = deepest_stack(graph, "main");
    ASSERT_FALSE(bytes);
    EXPECT_EQ(bytes.error().code, Code::kInternal);
    EXPECT_EQ(bytes.error().what, "calls itself, so its stack has no bound");
}

TEST(call_graph, refuses_functions_it_does_not_know_but_for_the_compilers_helpers) {
    const CallGraph graph{.stack_bytes = {{"main", 8}, {"other", 8}},
                          .calls = {{"main", {"__aeabi_ldivmod"}}, {"other", {"printf"}}}};
    EXPECT_EQ(deepest_stack(graph, "main"), 8 + 128);
    EXPECT_EQ(deepest_stack(graph, "other").error().where, "printf");
}

TEST(call_graph, knows_a_constructor_by_either_of_its_names) {
    const CallGraph graph{.stack_bytes = {{"main", 8}, {"_ZN4LoopC2Ev", 24}, {"inner", 40}},
                          .calls = {{"main", {"_ZN4LoopC1Ev"}}, {"_ZN4LoopC2Ev", {"inner"}}}};
    EXPECT_EQ(deepest_stack(graph, "main"), 8 + 24 + 40);
}

// As the installed compiler writes it.
class written_graph : public testing::Test {
protected:
    Result<CallGraph> graph_of(const std::string &source) {
        const NamedFile file = text_file("a.cc", source);
        EXPECT_TRUE(write_files(folder_.path(), {&file, 1}));
        const auto built =
            run_process({.argv = {"arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb", "-Os", "-c",
                                  "-fcallgraph-info=su", "a.cc", "-o", "a.o"},
                         .folder = folder_.path()});
        EXPECT_EQ(built->status, 0) << built->errors;
        const std::vector<std::string> paths = {folder_.path() + "/a.ci"};
        return cli::read_call_graph(paths);
    }
    void SetUp() override {
        if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "no arm-none-eabi-gcc";
    }

    TemporaryFolder folder_ = TemporaryFolder::make(testing::TempDir()).value();
};

TEST_F(written_graph, holds_frames_and_calls) {
    const CallGraph graph = graph_of(R"(
        extern "C" void leaf(volatile char *room);
        extern "C" void run(void (*step)()) { volatile char room[100]; leaf(room); step(); }
        void renamed() asm("plain");
        extern "C" void start() { renamed(); renamed(); })")
                                .value();
    EXPECT_GE(graph.stack_bytes.at("run"), 100);
    EXPECT_LE(graph.stack_bytes.at("run"), 128);
    EXPECT_EQ(graph.calls.at("run"), (std::set<std::string>{"leaf", cli::kIndirectCall}));
    EXPECT_EQ(graph.calls.at("start"), (std::set<std::string>{"plain"}));
    EXPECT_FALSE(graph.stack_bytes.contains("leaf"));
}

TEST_F(written_graph, has_no_bound_for_a_frame_of_run_time_size) {
    const CallGraph graph = graph_of(R"(
        extern "C" void leaf(void *room);
        extern "C" void run(int size) { leaf(__builtin_alloca(size)); leaf(nullptr); })")
                                .value();
    EXPECT_EQ(deepest_stack(graph, "run").error().what,
              "takes an amount of stack that has no bound");
}

TEST(call_graph, of_an_absent_file_is_an_error) {
    const std::vector<std::string> paths = {"/nowhere/a.ci"};
    EXPECT_EQ(cli::read_call_graph(paths).error().code, Code::kFileMissing);
}

}  // namespace
}  // namespace ingot::test
