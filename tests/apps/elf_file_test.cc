// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the reader of ELF files.

#include "apps/elf_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "base/process.h"

namespace ingot::test {
namespace {

using cli::elf_sections;

class elf : public testing::Test {
protected:
    void SetUp() override {
        if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "no arm-none-eabi-gcc";
        const NamedFile file =
            text_file("a.c",
                      "const char text[7] = \"Ingot\"; int filled[3] = {1}; int cleared[5]; "
                      "int get(void) { return 1; }");
        ASSERT_TRUE(write_files(folder_.path(), {&file, 1}));
        const auto built = run_process(
            {.argv = {"arm-none-eabi-gcc", "-mthumb", "-c", "a.c"}, .folder = folder_.path()});
        ASSERT_EQ(built->status, 0) << built->errors;
    }

    std::string path() const { return folder_.path() + "/a.o"; }

    TemporaryFolder folder_ = TemporaryFolder::make(testing::TempDir()).value();
};

TEST_F(elf, has_sections_with_what_they_are) {
    const auto sections = elf_sections(path()).value();
    const auto named = [&](const std::string &name) {
        const auto found = std::ranges::find(sections, name, &cli::ElfSection::name);
        return found == sections.end() ? cli::ElfSection{} : *found;
    };
    EXPECT_TRUE(named(".text").is_code);
    EXPECT_TRUE(named(".text").is_loaded);
    EXPECT_GT(named(".text").bytes, 0);
    EXPECT_EQ(named(".rodata").bytes, 7);
    EXPECT_FALSE(named(".rodata").is_writable);
    EXPECT_EQ(named(".data").bytes, 12);
    EXPECT_TRUE(named(".data").has_content);
    EXPECT_EQ(named(".bss").bytes, 20);
    EXPECT_FALSE(named(".bss").has_content);
    EXPECT_FALSE(named(".comment").is_loaded);
}

TEST_F(elf, that_is_cut_or_something_else_is_an_error) {
    std::vector<uint8_t> bytes = read_file(path()).value();
    const auto refused = [&](std::vector<uint8_t> changed) {
        const NamedFile file{"b.o", std::move(changed)};
        EXPECT_TRUE(write_files(folder_.path(), {&file, 1}));
        const auto sections = elf_sections(folder_.path() + "/b.o");
        return !sections && sections.error().code == Code::kInternal;
    };
    EXPECT_TRUE(refused({}));
    EXPECT_TRUE(refused({bytes.begin(), bytes.begin() + 40}));
    EXPECT_TRUE(refused({bytes.begin(), bytes.end() - 8}));
    bytes[4] = 2;  // A 64-bit file.
    EXPECT_TRUE(refused(bytes));
    EXPECT_EQ(elf_sections("/nowhere/a.o").error().code, Code::kFileMissing);
}

}  // namespace
}  // namespace ingot::test
