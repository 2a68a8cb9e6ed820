// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of reading models from files.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "base/hash.h"
#include "codegen/read/read.h"
#include "tests/codegen/read/models.h"

namespace ingot::codegen {
namespace {

class ModelFile : public ::testing::Test {
protected:
    ModelFile() : folder_(TemporaryFolder::make(std::filesystem::temp_directory_path()).value()) {}

    std::string path(const std::string &name) const { return folder_.path() + "/" + name; }

    std::string write(const std::string &name, const std::vector<uint8_t> &bytes) const {
        std::ofstream(path(name), std::ios::binary)
            .write(reinterpret_cast<const char *>(bytes.data()),
                   static_cast<std::streamsize>(bytes.size()));
        return path(name);
    }

    void expect_refused(const std::string &file, Code code) const {
        const auto graph = read_model(file);
        ASSERT_FALSE(graph);
        EXPECT_EQ(number(graph.error().code), number(code)) << to_string(graph.error());
        EXPECT_TRUE(graph.error().where.starts_with(file)) << to_string(graph.error());
    }

    TemporaryFolder folder_;
};

TEST_F(ModelFile, is_read_by_its_content_not_by_its_name) {
    const auto bytes = test::sums().finish();
    const auto graph = read_model(write("My Sums.bin", bytes));
    ASSERT_TRUE(graph) << to_string(graph.error());
    EXPECT_EQ(graph->name, "my_sums");
    EXPECT_EQ(graph->source_hash, sha256_hex(bytes));
    EXPECT_EQ(graph->nodes.size(), 2u);
}

TEST_F(ModelFile, is_missing_where_there_is_none) {
    expect_refused(path("none.tflite"), Code::kFileMissing);
    expect_refused("", Code::kFileMissing);
}

TEST_F(ModelFile, is_missing_where_a_folder_or_a_device_is) {
    expect_refused(folder_.path(), Code::kFileMissing);
    expect_refused("/dev/zero", Code::kFileMissing);
}

TEST_F(ModelFile, is_missing_without_the_permission_to_read_it) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
    const std::string file = write("locked.tflite", test::sums().finish());
    std::filesystem::permissions(file, std::filesystem::perms::none);
    expect_refused(file, Code::kFileMissing);
}

TEST_F(ModelFile, is_unknown_when_empty) {
    expect_refused(write("empty.tflite", {}), Code::kModelUnknown);
}

TEST_F(ModelFile, is_not_even_opened_when_longer_than_a_flatbuffer_can_be) {
    const std::string file = write("sparse.tflite", {});
    std::filesystem::resize_file(file, uintmax_t{1} << 31);  // Takes no room on the disk.
    expect_refused(file, Code::kModelTooLarge);
}

}  // namespace
}  // namespace ingot::codegen
