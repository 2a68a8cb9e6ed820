// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Generated C under every compiler at hand, with every warning.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"
#include "codegen/emit/emit.h"
#include "codegen/read/read.h"
#include "tests/models/networks.h"
#include "tests/support/tiny_model.h"

namespace ingot::test {
namespace {

using codegen::Program;
using Words = std::vector<std::string>;

const Words kWarnings = {"-Wall",   "-Wextra", "-Wconversion", "-pedantic",
                         "-Werror", "-c",      "-O1",          "-I" INGOT_BUILD "/include"};

Program tiny(const std::string &name) {
    Result<codegen::Graph> graph = codegen::read_tflite(tiny_model(), "tiny.tflite");
    INGOT_CHECK(graph.has_value());
    return std::move(*codegen::compile(std::move(*graph), {.name = name}));
}

// A folder that holds the generated files of programs.
TemporaryFolder written(const std::vector<Program> &programs) {
    TemporaryFolder folder = TemporaryFolder::make(testing::TempDir()).value();
    for (const Program &program : programs) {
        for (const codegen::SourceFile &file : codegen::emit(program, "host")) {
            const NamedFile named = text_file(file.name, file.text);
            INGOT_CHECK(write_files(folder.path(), {&named, 1}).has_value());
        }
    }
    return folder;
}

Words joined(Words words, const Words &more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

// Compiles every C file of the folder; answers what the compiler had to say.
std::string complaints(const std::string &folder, const Words &compiler) {
    std::string text;
    for (const char *part : {"tiny.c", "tiny_weights.c", "tiny_layers.c"}) {
        const Words files = {folder + "/" + part, "-o", folder + "/" + part + ".o"};
        const auto finished = run_process({.argv = joined(joined(compiler, kWarnings), files)});
        text += finished ? finished->errors : to_string(finished.error());
    }
    return text;
}

class compiler : public testing::TestWithParam<Words> {};

TEST_P(compiler, accepts_generated_code_without_a_word) {
    if (!find_program(GetParam()[0])) GTEST_SKIP() << GetParam()[0] << " is not installed";
    const TemporaryFolder folder = written({tiny("tiny")});
    EXPECT_EQ(complaints(folder.path(), GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(
    every, compiler,
    testing::Values(Words{"gcc", "-std=c11"}, Words{"clang", "-std=c11"},
                    Words{"g++", "-std=c++20", "-xc++"}, Words{"clang++", "-std=c++20", "-xc++"},
                    Words{"arm-none-eabi-gcc", "-std=c11", "-mcpu=cortex-m0plus", "-mthumb"},
                    Words{"arm-none-eabi-gcc", "-std=c11", "-mcpu=cortex-m4", "-mthumb"},
                    Words{"arm-none-eabi-g++", "-std=c++20", "-xc++", "-mcpu=cortex-m55",
                          "-mfloat-abi=hard", "-mthumb"},
                    Words{"riscv64-unknown-elf-gcc", "-std=c11", "-march=rv32imac", "-mabi=ilp32",
                          "-ffreestanding"}),
    [](const testing::TestParamInfo<Words> &info) { return fmt::format("number_{}", info.index); });

// On bare metal, where no table of addresses needs to be relocated.
TEST(generated_code, holds_no_writable_data) {
    if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "arm-none-eabi-gcc is not installed";
    const TemporaryFolder folder = written({tiny("tiny")});
    ASSERT_EQ(complaints(folder.path(), {"arm-none-eabi-gcc", "-std=c11", "-mthumb"}), "");
    for (const char *part : {"tiny.c.o", "tiny_weights.c.o", "tiny_layers.c.o"}) {
        const auto sizes = run_process({.argv = {"arm-none-eabi-nm", folder.path() + "/" + part}});
        ASSERT_TRUE(sizes);
        for (const char *writable : {" B ", " b ", " C ", " D ", " d "}) {
            EXPECT_EQ(sizes->output.find(writable), std::string::npos) << part << sizes->output;
        }
    }
}

constexpr const char *kTwoModels = R"(
#include "other.h"
#include "tiny.h"

static uint8_t first[TINY_ARENA_BYTES] INGOT_ARENA_ALIGN;
static uint8_t second[OTHER_ARENA_BYTES] INGOT_ARENA_ALIGN;

int main(void) {
    for (int i = 0; i < TINY_INPUT_0_BYTES; ++i) {
        tiny_input(first, 0)[i] = (int8_t)i;
        other_input(second, 0)[i] = (int8_t)i;
    }
    if (tiny_init(first) || other_init(second) || tiny_run(first) || other_run(second)) return 1;
    for (int i = 0; i < TINY_OUTPUT_0_BYTES; ++i) {
        if (tiny_output(first, 0)[i] != other_output(second, 0)[i]) return 2;
    }
    return 0;
}
)";

TEST(generated_code, links_two_models_into_one_program) {
    const TemporaryFolder folder = written({tiny("tiny"), tiny("other")});
    const NamedFile main = text_file("main.c", kTwoModels);
    ASSERT_TRUE(write_files(folder.path(), {&main, 1}));
    Words words = {"gcc", "-std=c11", "-I" INGOT_BUILD "/include", "-o", folder.path() + "/two"};
    for (const char *part : {"main.c", "tiny.c", "tiny_weights.c", "tiny_layers.c", "other.c",
                             "other_weights.c", "other_layers.c"}) {
        words.push_back(folder.path() + "/" + part);
    }
    words = joined(words, {"-L" INGOT_BUILD "/lib", "-lingot_runtime", "-lingot_kernels"});
    if (*INGOT_LINK_FLAGS) words.push_back(INGOT_LINK_FLAGS);
    const auto built = run_process({.argv = words});
    ASSERT_TRUE(built);
    ASSERT_EQ(built->errors, "");
    const auto run = run_process({.argv = {folder.path() + "/two"}});
    ASSERT_TRUE(run);
    EXPECT_EQ(run->status, 0);
}

}  // namespace
}  // namespace ingot::test
