// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot compile`: what it writes, and that this can be compiled and checks itself.

#include "tests/apps/program.h"

namespace ingot::test {
namespace {

namespace fs = std::filesystem;

class compile : public program {
protected:
    static std::vector<std::string> command(const std::string &board = "host") {
        return {"compile", "m.tflite", "--board", board, "--out", "o"};
    }
    std::string root() const { return fs::path(INGOT_PROGRAM).parent_path().parent_path(); }
};

TEST_F(compile, writes_the_sources_and_says_so) {
    save("m.tflite", pool_model());
    const Finished finished = ingot(command());
    EXPECT_EQ(finished.status, 0) << finished.errors;
    EXPECT_EQ(finished.errors, "");
    for (const char *name :
         {"m.h", "m.c", "m_weights.h", "m_weights.c", "m_layers.c", "m.json", "m_kat.c"}) {
        EXPECT_TRUE(exists(std::string("o/") + name)) << name;
        EXPECT_NE(finished.output.find(name), std::string::npos) << name;
    }
    EXPECT_NE(finished.output.find("arena    48 B   lower bound 48 B: proven to be the least"),
              std::string::npos)
        << finished.output;
}

TEST_F(compile, writes_the_same_bytes_every_time_and_everywhere) {
    save("m.tflite", pool_model());
    ASSERT_EQ(ingot(command()).status, 0);
    const std::string first = read_text(at("o/m.c")).value();
    const std::string answer = read_text(at("o/m_kat.c")).value();
    ASSERT_EQ(ingot(command()).status, 0);
    EXPECT_EQ(read_text(at("o/m.c")).value(), first);
    EXPECT_EQ(read_text(at("o/m_kat.c")).value(), answer);
    EXPECT_EQ(first.find(at("")), std::string::npos) << "names a path of this machine";
}

TEST_F(compile, takes_the_prefix_of_symbols_from_its_name) {
    save("m.tflite", pool_model());
    std::vector<std::string> words = command();
    words.insert(words.end(), {"--name", "kws"});
    ASSERT_EQ(ingot(words).status, 0);
    EXPECT_NE(read_text(at("o/kws.h")).value().find("kws_run("), std::string::npos);
}

TEST_F(compile, writes_c_that_passes_its_own_known_answer_test) {
    save("m.tflite", sum_model());
    ASSERT_EQ(ingot(command()).status, 0);
    const std::string main = R"(#include "m.h"
        _Alignas(16) static unsigned char arena[M_ARENA_BYTES];
        int main(void) {
            uint32_t wrong = 0;
            if (m_init(arena) != INGOT_OK) return 1;
            if (ingot_check_answer(&m_model, &m_known_answer, arena) != INGOT_OK) return 2;
            ingot_check_layers(&m_model, m_layers, &m_known_answer, arena, &wrong);
            return wrong == M_STEP_COUNT ? 0 : 3;
        })";
    save("main.c", std::vector<uint8_t>(main.begin(), main.end()));
    std::vector<std::string> argv = {"cc", "-std=c11", "-Wall", "-Wextra", "-Werror"};
    for (const char *file : {"main.c", "o/m.c", "o/m_weights.c", "o/m_layers.c", "o/m_kat.c"}) {
        argv.push_back(at(file));
    }
    argv.insert(argv.end(),
                {"-I" + at("o"), "-I" + root() + "/include", "-o", at("kat"),
                 root() + "/lib/libingot_runtime.a", root() + "/lib/libingot_kernels.a"});
    const std::string flags = INGOT_LINK_FLAGS;
    if (!flags.empty()) argv.push_back(flags);
    const Finished built = run_process({.argv = argv}).value();
    ASSERT_EQ(built.status, 0) << built.errors;
    EXPECT_EQ(run_process({.argv = {at("kat")}})->status, 0);
}

TEST_F(compile, writes_nothing_when_the_model_cannot_be_executed) {
    save("m.tflite", float_model());
    EXPECT_EQ(refusal(command(), Code::kTypeNotExecutable), 4);
    EXPECT_FALSE(exists("o"));
}

TEST_F(compile, writes_nothing_where_it_cannot) {
    save("m.tflite", pool_model());
    save("o", std::vector<uint8_t>{1});
    EXPECT_EQ(refusal(command(), Code::kCannotWrite), 2);
    EXPECT_EQ(read_file(at("o")).value(), std::vector<uint8_t>{1});
}

TEST_F(compile, leaves_out_the_known_answer_without_a_compiler_and_warns) {
    save("m.tflite", pool_model());
    const Environment no_tools("PATH", "/nowhere");
    const Finished finished = ingot(command());
    EXPECT_EQ(finished.status, 0);
    EXPECT_TRUE(finished.errors.starts_with("warning: no known-answer test is written"))
        << finished.errors;
    EXPECT_TRUE(exists("o/m.c"));
    EXPECT_FALSE(exists("o/m_kat.c"));

    std::vector<std::string> quiet = command();
    quiet.push_back("-q");
    EXPECT_EQ(ingot(quiet).errors, "");
}

TEST_F(compile, says_more_when_asked) {
    save("m.tflite", pool_model());
    std::vector<std::string> words = command();
    words.insert(words.end(), {"-v", "--no-passes"});
    EXPECT_NE(ingot(words).errors.find("left out "), std::string::npos);
}

class compile_firmware : public compile {
protected:
    void SetUp() override {
        if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "no arm-none-eabi-gcc";
        save("m.tflite", pool_model());
    }

    static std::vector<std::string> command(const std::string &board = "cortex_m4") {
        std::vector<std::string> words = compile::command(board);
        words.push_back("--firmware");
        return words;
    }
};

TEST_F(compile_firmware, writes_the_image_and_what_it_was_made_of) {
    const Finished finished = ingot(command());
    ASSERT_EQ(finished.status, 0) << finished.errors;
    for (const char *name : {"m.c", "m.elf", "m.map", "Makefile", "firmware/link.ld",
                             "firmware/start_cortex_m.cc", "firmware/m_firmware.c"}) {
        EXPECT_TRUE(exists(std::string("o/") + name)) << name;
    }
    EXPECT_NE(finished.output.find("  image    flash "), std::string::npos) << finished.output;
    EXPECT_NE(finished.output.find(" of 2 048 B reserved"), std::string::npos) << finished.output;
}

TEST_F(compile_firmware, writes_a_makefile_that_makes_the_same_image) {
    if (!find_program("make")) GTEST_SKIP() << "make is not installed";
    ASSERT_EQ(ingot(command()).status, 0);
    const std::vector<uint8_t> image = read_file(at("o/m.elf")).value();
    fs::remove(at("o/m.elf"));
    const Finished made =
        run_process({.argv = {"make", "INGOT=" + root()}, .folder = at("o")}).value();
    ASSERT_EQ(made.status, 0) << made.errors;
    EXPECT_EQ(read_file(at("o/m.elf")).value(), image);
}

TEST_F(compile_firmware, refuses_a_board_that_has_none) {
    EXPECT_EQ(refusal(command("host"), Code::kBoardInvalid), 2);
    EXPECT_FALSE(exists("o"));
}

TEST_F(compile_firmware, needs_the_compiler_of_the_board) {
    const Environment no_tools("PATH", "/nowhere");
    std::vector<std::string> words = command();
    words.push_back("-q");
    EXPECT_EQ(refusal(words, Code::kToolMissing), 6);
    EXPECT_FALSE(exists("o"));
}

}  // namespace
}  // namespace ingot::test
