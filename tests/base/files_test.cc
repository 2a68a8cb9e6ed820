// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of reading and writing files: all or nothing, whatever stands in the way.

#include "base/files.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace ingot {
namespace {

namespace fs = std::filesystem;

class files : public testing::Test {
protected:
    std::string at(const std::string &name) const { return folder_.path() + "/" + name; }
    std::string text_of(const std::string &name) const { return read_text(at(name)).value(); }
    size_t count() const {
        return static_cast<size_t>(std::distance(fs::directory_iterator(folder_.path()), {}));
    }

    TemporaryFolder folder_ = TemporaryFolder::make(testing::TempDir()).value();
};

TEST_F(files, read_back_what_was_written) {
    const std::vector<NamedFile> written = {text_file("a", "one"), {"b", {0, 255, 10}}};
    ASSERT_TRUE(write_files(folder_.path(), written));
    EXPECT_EQ(text_of("a"), "one");
    EXPECT_EQ(read_file(at("b")).value(), (std::vector<uint8_t>{0, 255, 10}));
}

TEST_F(files, makes_the_folder_and_those_above_it) {
    ASSERT_TRUE(write_files(at("deep/deeper"), std::vector{text_file("a", "one")}));
    EXPECT_EQ(text_of("deep/deeper/a"), "one");
}

TEST_F(files, replaces_files_of_the_same_name_and_leaves_others_alone) {
    ASSERT_TRUE(write_files(folder_.path(), std::vector{text_file("a", "1"), text_file("b", "2")}));
    ASSERT_TRUE(write_files(folder_.path(), std::vector{text_file("a", "one")}));
    EXPECT_EQ(text_of("a"), "one");
    EXPECT_EQ(text_of("b"), "2");
    EXPECT_EQ(count(), 2u);
}

TEST_F(files, restores_everything_when_one_of_several_cannot_be_written) {
    ASSERT_TRUE(write_files(folder_.path(), std::vector{text_file("a", "old")}));
    fs::create_directory(at("in_the_way"));
    const std::vector<NamedFile> set = {text_file("a", "new"), text_file("b", "new"),
                                        text_file("in_the_way", "new")};
    const Result<void> result = write_files(folder_.path(), set);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kCannotWrite);
    EXPECT_EQ(text_of("a"), "old");
    EXPECT_FALSE(fs::exists(at("b")));
    EXPECT_EQ(count(), 2u);
}

TEST_F(files, leaves_no_folder_behind_when_nothing_could_be_written) {
    const Result<void> result =
        write_files(at("fresh"), std::vector{text_file("missing/too/a", "new")});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Code::kCannotWrite);
    EXPECT_FALSE(fs::exists(at("fresh")));
}

TEST_F(files, makes_a_folder_that_stands_in_a_name_and_takes_it_back_when_another_file_fails) {
    const std::string folder = folder_.path();
    ASSERT_TRUE(write_files(folder, std::vector{text_file("part/a", "1"), text_file("b", "2")}));
    EXPECT_EQ(read_text(folder + "/part/a").value(), "1");
    std::filesystem::create_directory(folder + "/taken");
    EXPECT_FALSE(write_files(folder, std::vector{text_file("new/a", "1"), text_file("part/c", "3"),
                                                 text_file("taken", "2")}));
    EXPECT_FALSE(std::filesystem::exists(folder + "/new"));
    EXPECT_FALSE(std::filesystem::exists(folder + "/part/c"));
    EXPECT_EQ(read_text(folder + "/part/a").value(), "1");
}

TEST_F(files, cannot_write_below_a_file) {
    ASSERT_TRUE(write_files(folder_.path(), std::vector{text_file("a", "one")}));
    EXPECT_EQ(write_files(at("a"), std::vector{text_file("b", "")}).error().code,
              Code::kCannotWrite);
    EXPECT_EQ(write_files(at("a/b"), std::vector{text_file("c", "")}).error().code,
              Code::kCannotWrite);
}

TEST_F(files, say_when_a_file_is_missing_or_a_folder) {
    EXPECT_EQ(read_file(at("nothing")).error().code, Code::kFileMissing);
    EXPECT_EQ(read_file(folder_.path()).error().code, Code::kFileMissing);
}

TEST_F(files, a_temporary_folder_is_gone_at_the_end_of_its_scope) {
    std::string path;
    {
        const TemporaryFolder inner = TemporaryFolder::make(folder_.path()).value();
        path = inner.path();
        ASSERT_TRUE(write_files(path, std::vector{text_file("a", "one")}));
    }
    EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace ingot
