// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The generated C, word for word, and what must hold for every program's.

#include "codegen/emit/emit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/files.h"
#include "codegen/compile.h"
#include "codegen/read/read.h"
#include "tests/support/tiny_model.h"

namespace ingot::codegen {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Program tiny_program(const CompileOptions &options = {.name = "tiny"}) {
    Result<Graph> graph = read_tflite(test::tiny_model(), "tiny.tflite");
    INGOT_CHECK(graph.has_value());
    Result<Program> program = compile(std::move(*graph), options);
    INGOT_CHECK(program.has_value());
    return std::move(*program);
}

std::string text_of(const std::vector<SourceFile> &files, const std::string &name) {
    for (const SourceFile &file : files) {
        if (file.name == name) return file.text;
    }
    return {};
}

void expect_golden(const SourceFile &file) {
    const std::string path = std::string(INGOT_GOLDEN_FOLDER) + "/" + file.name;
    if (std::getenv("INGOT_REFRESH_GOLDEN")) {
        const NamedFile named = text_file(file.name, file.text);
        ASSERT_TRUE(write_files(INGOT_GOLDEN_FOLDER, {&named, 1}));
    }
    const Result<std::string> golden = read_text(path);
    ASSERT_TRUE(golden) << path << " is missing";
    EXPECT_EQ(file.text, *golden) << "if " << file.name << " is meant to change, refresh it";
}

TEST(emit, writes_the_tiny_network_word_for_word) {
    for (const SourceFile &file : emit(tiny_program(), "host")) expect_golden(file);
}

TEST(emit, writes_the_known_answer_word_for_word) {
    const KnownAnswer answer{.input = std::vector<uint8_t>(128, 3),
                             .output = {0x80, 0x7f, 0x00},
                             .layer_crc = {1, 2, 3, 4, 0xffffffff}};
    expect_golden(emit_known_answer(tiny_program(), "host", answer));
}

TEST(emit, writes_the_same_bytes_every_time) {
    const std::vector<SourceFile> once = emit(tiny_program(), "host");
    const std::vector<SourceFile> twice = emit(tiny_program(), "host");
    ASSERT_EQ(once.size(), twice.size());
    for (size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].text, twice[i].text);
}

TEST(emit, puts_the_models_name_before_every_public_symbol) {
    const auto files = emit(tiny_program({.name = "other"}), "host");
    const std::string header = text_of(files, "other.h");
    EXPECT_THAT(header, HasSubstr("ingot_status other_run(void *arena);"));
    EXPECT_THAT(header, HasSubstr("#define OTHER_ARENA_BYTES"));
    for (const SourceFile &file : files) EXPECT_THAT(file.text, Not(HasSubstr("tiny_")));
}

TEST(emit, says_how_the_model_was_rounded) {
    const auto files = emit(
        tiny_program({.name = "tiny", .rounding = INGOT_ROUNDING_SINGLE, .optional_passes = false}),
        "host");
    const std::string source = text_of(files, "tiny.c");
    EXPECT_THAT(source, HasSubstr("--rounding single --no-passes"));
    EXPECT_THAT(source, HasSubstr(".rounding = INGOT_ROUNDING_SINGLE"));
    EXPECT_THAT(source, Not(HasSubstr("INGOT_ROUNDING_DOUBLE")));
}

TEST(emit, keeps_every_line_of_prose_within_100_columns) {
    for (const SourceFile &file : emit(tiny_program(), "host")) {
        size_t start = 0;
        for (size_t end; (end = file.text.find('\n', start)) != std::string::npos;
             start = end + 1) {
            EXPECT_LE(end - start, 100u)
                << file.name << ": " << file.text.substr(start, end - start);
        }
    }
}

}  // namespace
}  // namespace ingot::codegen
