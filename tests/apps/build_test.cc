// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the cache of built programs.

#include "apps/build.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "base/process.h"

namespace ingot::test {
namespace {

namespace fs = std::filesystem;
using cli::Build;
using cli::build;

class builds : public testing::Test {
protected:
    std::string cache() const { return folder_.path() + "/cache"; }
    std::string at(const std::string &name) const { return folder_.path() + "/" + name; }
    size_t kept() const {
        return static_cast<size_t>(std::distance(fs::directory_iterator(cache()), {}));
    }

    static Build returning(int status) {
        const std::string text = "int main(void) { return " + std::to_string(status) + "; }\n";
        return {.compiler = "cc",
                .arguments = {"main.c"},
                .files = {text_file("main.c", text)},
                .reads = {}};
    }

    TemporaryFolder folder_ = TemporaryFolder::make(testing::TempDir()).value();
};

TEST_F(builds, give_a_program_that_runs) {
    const std::string path = build(returning(7), cache()).value();
    EXPECT_EQ(run_process({.argv = {path}})->status, 7);
    EXPECT_EQ(kept(), 1u);
}

TEST_F(builds, are_not_repeated_for_the_same_bytes) {
    const std::string path = build(returning(7), cache()).value();
    const auto made = fs::last_write_time(path);
    EXPECT_EQ(build(returning(7), cache()).value(), path);
    EXPECT_EQ(fs::last_write_time(path), made);
}

TEST_F(builds, keep_the_files_that_are_written_beside_the_result) {
    Build build_of = returning(7);
    build_of.arguments.push_back("-Wl,-Map=built.map");
    build_of.besides = {".map"};
    const std::string path = build(build_of, cache()).value();
    EXPECT_TRUE(fs::exists(path + ".map"));
    EXPECT_EQ(build(build_of, cache()).value(), path);
    EXPECT_EQ(kept(), 2u);
}

TEST_F(builds, do_not_depend_on_where_the_files_lie_that_they_read) {
    std::vector<std::string> paths;
    for (const std::string home : {"here", "there"}) {
        ASSERT_TRUE(write_files(at(home), std::vector{text_file("two.h", "int two = 2;")}));
        Build reading = returning(7);
        reading.home = at(home);
        reading.arguments.insert(reading.arguments.end(), {"-include", at(home) + "/two.h"});
        reading.reads = {at(home) + "/two.h"};
        paths.push_back(build(reading, cache()).value());
    }
    EXPECT_EQ(paths[0], paths[1]);
}

TEST_F(builds, are_repeated_when_a_source_an_argument_or_a_file_read_changes) {
    Build reading = returning(7);
    reading.reads = {at("lib")};
    ASSERT_TRUE(write_files(folder_.path(), std::vector{text_file("lib", "one")}));
    const std::string first = build(reading, cache()).value();
    EXPECT_NE(build(returning(8), cache()).value(), first);

    Build optimised = reading;
    optimised.arguments.push_back("-O2");
    EXPECT_NE(build(optimised, cache()).value(), first);

    ASSERT_TRUE(write_files(folder_.path(), std::vector{text_file("lib", "two")}));
    EXPECT_NE(build(reading, cache()).value(), first);
    EXPECT_EQ(kept(), 4u);
}

TEST_F(builds, by_several_at_once_all_succeed) {
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            const auto path = build(returning(7), cache());
            if (path && run_process({.argv = {*path}})->status == 7) ++good;
        });
    }
    for (std::thread &thread : threads) thread.join();
    EXPECT_EQ(good, 4);
    EXPECT_EQ(kept(), 1u);
}

TEST_F(builds, say_what_went_wrong_and_keep_nothing) {
    Build broken = returning(7);
    broken.files = {text_file("main.c", "int main(void) { return nothing; }\n")};
    EXPECT_EQ(build(broken, cache()).error().code, Code::kInternal);
    EXPECT_EQ(kept(), 0u);

    Build toolless = returning(7);
    toolless.compiler = "no-such-compiler";
    EXPECT_EQ(build(toolless, cache()).error().code, Code::kToolMissing);

    ASSERT_TRUE(write_files(folder_.path(), std::vector{text_file("file", "")}));
    EXPECT_EQ(build(returning(7), at("file")).error().code, Code::kCannotWrite);
}

}  // namespace
}  // namespace ingot::test
