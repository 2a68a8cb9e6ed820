// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot simulate --project`: a small project of our own in the vendor's layout, and what
// may be wrong with one. Those over the vendor's own examples are in vendor_project_test.cc.

#include <cstdio>
#include <functional>

#include "base/diagnostics.h"
#include "tests/apps/program.h"

namespace ingot::test {
namespace {

namespace fs = std::filesystem;

class project : public program {
protected:
    void SetUp() override { fs::copy(INGOT_PROJECTS "/tiny", at("tiny")); }

    std::string text(const std::string &file) const { return read_text(at(file)).value(); }
    void write(const std::string &file, const std::string &text) const {
        save(file, std::vector<uint8_t>(text.begin(), text.end()));
    }

    // Replaces a piece of a file of the project, which has to be there.
    void change(const std::string &file, const std::string &from, const std::string &to) const {
        std::string changed = text("tiny/" + file);
        const size_t at = changed.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        write("tiny/" + file, changed.replace(at, from.size(), to));
    }

    Finished simulate(const std::vector<std::string> &more = {}) const {
        std::vector<std::string> words = {"simulate", "--project", "tiny", "--board", "max78000"};
        words.insert(words.end(), more.begin(), more.end());
        return ingot(words);
    }

    // Of a run that came to nothing before it began.
    int refuse(Code code, const std::string &board = "max78000") const {
        return refusal({"simulate", "--project", "tiny", "--board", board}, code);
    }

    // Of a program that ran and ended badly: what it printed is on stdout.
    void expect_failure(Code code, const std::string &title) const {
        const Finished finished = simulate();
        EXPECT_EQ(finished.status, static_cast<int>(exit_of(code)));
        EXPECT_TRUE(finished.errors.starts_with("error[" + std::string(number(code)) + "]"))
            << finished.errors;
        EXPECT_EQ(finished.errors.rfind("error["), 0u) << finished.errors;  // The only one.
        EXPECT_TRUE(finished.output.starts_with(title)) << finished.output;
    }

    nlohmann::json report() const {
        const Finished finished = simulate({"--format", "json"});
        EXPECT_EQ(finished.status, 0) << finished.errors;
        return nlohmann::json::parse(finished.output);
    }

    // What a program prints whose main() is this.
    std::string console_of(const std::string &body) const {
        write("tiny/main.c",
              "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include \"mxc.h\"\n"
              "#include \"cnn.h\"\nvolatile uint32_t cnn_time;\n" +
                  body);
        const Finished finished = simulate({"--format", "json"});
        return nlohmann::json::parse(finished.output)["project"]["console"];
    }
};

TEST_F(project, passes_its_own_test) {
    const Finished finished = simulate();
    EXPECT_EQ(finished.status, 0) << finished.errors;
    EXPECT_EQ(finished.errors, "");
    EXPECT_TRUE(finished.output.starts_with("PASS: tiny on max78000\n")) << finished.output;
    EXPECT_NE(finished.output.find("\n  Waiting...\n"), std::string::npos) << finished.output;
    EXPECT_NE(finished.output.find("conv2d 1x1"), std::string::npos) << finished.output;
    EXPECT_NE(finished.output.find("fitted"), std::string::npos) << finished.output;
}

TEST_F(project, is_told_of_in_json) {
    const nlohmann::json json = report();
    EXPECT_EQ(json["project"]["name"], "tiny");
    EXPECT_EQ(json["project"]["verdict"], "pass");
    const std::string console = json["project"]["console"];
    EXPECT_TRUE(console.starts_with("Waiting...\n\n*** CNN Inference Test ***\n")) << console;
    const int64_t shown_us = json["project"]["shown_us"];
    EXPECT_GE(shown_us, 1);
    EXPECT_LE(shown_us, 20);
    ASSERT_EQ(json["layers"].size(), 1u);
    EXPECT_EQ(json["layers"][0]["engine"], "cnn_array");
    EXPECT_EQ(json["layers"][0]["macs"], 64);
    ASSERT_EQ(json["accelerators"].size(), 1u);
    EXPECT_TRUE(json["accelerators"][0]["hazards"].empty());
}

TEST_F(project, tells_what_its_layers_take_of_memories) {
    const nlohmann::json all = report();
    const nlohmann::json &layer = all["layers"][0];
    const auto range = [](const char *units, const std::vector<int> &which, int first, int last) {
        return nlohmann::json::array({{{units, which},
                                       {"first_word", first},
                                       {"last_word", last},
                                       {"words", last - first + 1}}});
    };
    EXPECT_EQ(layer["data_words_read"], range("instances", {0}, 0, 3));
    EXPECT_EQ(layer["data_words_written"], range("instances", {0}, 256, 259));
    EXPECT_EQ(layer["kernel_words"], range("processors", {0, 1, 2, 3}, 0, 0));
    EXPECT_EQ(all["accelerators"][0]["memory"]["kernel_words_used"][3], 1);
    EXPECT_EQ(all["accelerators"][0]["memory"]["kernel_words_used"][4], 0);
    const std::string text = simulate().output;
    EXPECT_NE(text.find("\n0  b...............  rw..............................  0..3   256..259"),
              std::string::npos)
        << text;
}

TEST_F(project, counts_what_crosses_the_bus) {
    const nlohmann::json traffic = report()["devices"]["cnn_array"];
    // Init 4, weights 4 x (1 + 3), layer 10, input 4, start 2, acknowledge 1.
    EXPECT_EQ(traffic["writes"], 37);
    EXPECT_EQ(traffic["reads"], 9);  // Test 4, unload 4, acknowledge 1.
}

TEST_F(project, is_left_as_it_was) {
    std::map<std::string, std::string> before, after;
    const auto read_all = [&](std::map<std::string, std::string> &files) {
        for (const auto &entry : fs::directory_iterator(at("tiny"))) {
            const std::string name = entry.path().filename().string();
            files[name] = text("tiny/" + name) +
                          std::to_string(fs::last_write_time(entry).time_since_epoch().count());
        }
    };
    read_all(before);
    EXPECT_EQ(simulate({"--layers", "l", "--report", "r"}).status, 0);
    read_all(after);
    EXPECT_EQ(before, after);
}

TEST_F(project, writes_what_each_layer_computed) {
    EXPECT_EQ(simulate({"--layers", "l"}).status, 0);
    EXPECT_EQ(load("l/layer0.npy"), int8_array({4, 2, 2}, {1, -1, 127, -128, 2, -2, 127, -128,  //
                                                           3, -3, 127, -128, 5, -5, 127, -128}));
    const auto json = nlohmann::json::parse(text("l/layers.json"));
    EXPECT_EQ(json["layers"][0]["file"], "layer0.npy");
    EXPECT_EQ(json["layers"][0]["op"], "conv2d 1x1");
    EXPECT_EQ(json["layers"][0]["type"], "int8");
}

TEST_F(project, writes_wide_outputs_as_they_are) {
    change("cnn.c", "0x00000820;  // Master", "0x00010820;  // Master");  // 32-bit output.
    EXPECT_EQ(simulate({"--layers", "l"}).status, 5);
    const Npy array = load("l/layer0.npy");
    EXPECT_EQ(array.type, Npy::Type::kInt32);
    EXPECT_EQ(array.shape, (std::vector<int64_t>{4, 2, 2}));
    EXPECT_EQ(array.data[0], 64);    // 1 x 64...
    EXPECT_EQ(array.data[4], 0xc0);  // ...and -1 x 64.
    EXPECT_EQ(array.data[7], 0xff);
}

TEST_F(project, writes_its_report_in_every_form) {
    EXPECT_EQ(simulate({"--report", "r"}).status, 0);
    for (const char *file : {"report.txt", "report.json", "report.csv", "report.trace.json"}) {
        EXPECT_TRUE(exists(std::string("r/") + file)) << file;
    }
    EXPECT_EQ(simulate({"--format", "csv"}).output, text("r/report.csv"));
    EXPECT_EQ(simulate({"--format", "trace"}).output, text("r/report.trace.json"));
}

TEST_F(project, takes_the_same_time_wherever_it_lies) {
    const std::vector<std::string> words = {"simulate", "-v", "--board", "max78000", "--project"};
    fs::copy(at("tiny"), at("elsewhere"));
    const auto image_of = [&](const std::string &folder) {
        std::vector<std::string> line = words;
        line.push_back(folder);
        const std::string told = ingot(line).errors;
        return told.substr(told.find("the program is"));
    };
    EXPECT_EQ(image_of("tiny"), image_of("elsewhere"));  // The second one was built already.
    EXPECT_EQ(report()["cycles"], report()["cycles"]);
}

// -- Its softmax ---------------------------------------------------------------------------------

constexpr const char *kSevens =
    "#include \"mxc.h\"\n#include \"tornadocnn.h\"\n"
    "void softmax_q17p14_q15(const q31_t *in, const uint16_t n, q15_t *out) {\n"
    "    for (int i = 0; i < n; i++) out[i] = SEVEN;\n}\n";

TEST_F(project, shares_files_of_the_folder_common) {
    write("Common/softmax.c", kSevens);
    write("Common/tornadocnn.h", "#define SEVEN 7\n");
    const std::string console = report()["project"]["console"];
    EXPECT_NE(console.find("[    0] 7\n"), std::string::npos) << console;
}

TEST_F(project, prefers_a_softmax_of_its_own) {
    write("Common/softmax.c", "#error not this one\n");
    write("tiny/softmax.c", kSevens);
    write("tiny/tornadocnn.h", "#define SEVEN 70\n");
    const std::string console = report()["project"]["console"];
    EXPECT_NE(console.find("[    0] 70\n"), std::string::npos) << console;
}

// 2^x over their sum, x rounded to whole numbers below the greatest: 1/15 to 8/15 of 32768.
TEST_F(project, borrows_a_softmax_where_it_has_none) {
    const std::string console = report()["project"]["console"];
    EXPECT_TRUE(console.ends_with("[    0] 2184\n[16384] 4369\n[32768] 8738\n[49152] 17476\n"))
        << console;
}

TEST_F(project, borrows_functions_of_narrow_and_shifted_outputs) {
    EXPECT_EQ(console_of(R"(
        void softmax_shift_q17p14_q15(q31_t *in, const uint16_t n, uint8_t shift, q15_t *out);
        int main(void) {
            q31_t wide[] = {0, 1 << 10, -(1 << 20)};
            const q7_t narrow[] = {-128, 3, 3, 127};
            q15_t out[4];
            softmax_shift_q17p14_q15(wide, 3, 4, out);
            printf("%d %d %d, %d\n", out[0], out[1], out[2], (int)wide[1]);
            arm_softmax_q7_q15(narrow, 4, out);
            printf("%d %d %d %d\n", out[0], out[1], out[2], out[3]);
        })"),
              "10922 21845 0, 16384\n0 0 0 32767\n");
}

// -- What else the port brings -------------------------------------------------------------------

TEST_F(project, prints_as_any_c_library_does) {
    const std::string calls = R"(
        P("%d|%i|%u|%x|%X|%#x|%o", -5, 7, 4000000000u, 0xbeefu, 0xbeefu, 255u, 8u);
        P("%7d|%-7d|%07d|%+d|% d|%.3d|%7.3d|%-7.3d|", -42, 42, -42, 42, 42, 7, 7, 7);
        P("%hhd|%hd|%hhu|%hu", 300, 70000, 300, 70000);
        P("%lld|%llu|%llx", -1234567890123ll, 12345678901234567890ull, 0xfedcba9876543210ull);
        P("%c|%5c|%-5c|%s|%8s|%-8s|%.2s|%%|%*d|%-*d|", 'a', 'b', 'c', "text", "right", "left",
          "cut", 6, 9, 6, 9);
        P("%d%%, %x|%5u|%05u|%.0d|", 99, 0u, 12u, 12u, 0);
        P("%d|%d", -2147483647 - 1, 2147483647);
)";
    std::string expected;
    char line[256];
#define P(...) (std::snprintf(line, sizeof line, __VA_ARGS__), expected += line, expected += '\n')
    P("%d|%i|%u|%x|%X|%#x|%o", -5, 7, 4000000000u, 0xbeefu, 0xbeefu, 255u, 8u);
    P("%7d|%-7d|%07d|%+d|% d|%.3d|%7.3d|%-7.3d|", -42, 42, -42, 42, 42, 7, 7, 7);
    P("%hhd|%hd|%hhu|%hu", static_cast<signed char>(300), static_cast<short>(70000),
      static_cast<unsigned char>(300), static_cast<unsigned short>(70000));
    P("%lld|%llu|%llx", -1234567890123ll, 12345678901234567890ull, 0xfedcba9876543210ull);
    P("%c|%5c|%-5c|%s|%8s|%-8s|%.2s|%%|%*d|%-*d|", 'a', 'b', 'c', "text", "right", "left", "cut", 6,
      9, 6, 9);
    P("%d%%, %x|%5u|%05u|%.0d|", 99, 0u, 12u, 12u, 0);
    P("%d|%d", -2147483647 - 1, 2147483647);
#undef P
    EXPECT_EQ(console_of("#define P(...) (printf(__VA_ARGS__), printf(\"\\n\"))\n"
                         "int main(void) {\n" +
                         calls + "return 0;\n}\n"),
              expected);
}

TEST_F(project, prints_into_buffers_that_are_too_small) {
    EXPECT_EQ(console_of(R"(
        int main(void) {
            char text[5];
            int count = snprintf(text, sizeof text, "%s-%d", "abc", 12);
            printf("%s %d %d\n", text, count, snprintf(text, 0, "%d", 123));
            puts("put");
            putchar('!');
            return 0;
        })"),
              "abc- 6 3\nput\n!");
}

TEST_F(project, has_functions_on_bytes_and_text) {
    EXPECT_EQ(console_of(R"(
        int main(void) {
            char text[16] = "abcdef";
            memmove(text + 1, text, 5);
            memcpy(text + 6, "gh", 3);
            printf("%s %d\n", text, (int)strlen(text));
            memset(text, 'x', 3);
            printf("%s %d %d\n", text, strcmp("a", "b") < 0, strncmp("abc", "abd", 2));
            printf("%s %d %d\n", strcat(strcpy(text, "no"), "ne"), abs(-3), memcmp("a", "a", 1));
            printf("%s %d\n", strchr("a=b", '='), strchr("ab", '=') == NULL);
            exit(0);
        })"),
              "aabcdegh 8\nxxxcdegh 1 0\nnone 3 0\n=b 1\n");
}

TEST_F(project, waits_as_long_as_it_is_told_to) {
    EXPECT_EQ(console_of(R"(
        int main(void) {
            MXC_SYS_Clock_Select(MXC_SYS_CLOCK_IPO);
            MXC_TMR_SW_Start(MXC_TMR0);
            MXC_Delay(MSEC(500));
            uint32_t slept = MXC_TMR_SW_Stop(MXC_TMR0);
            MXC_TMR_SW_Start(MXC_TMR0);
            MXC_TMR_Delay(MXC_TMR1, 2000);
            uint32_t waited = MXC_TMR_SW_Stop(MXC_TMR0);
            MXC_TMR_SW_Start(MXC_TMR2);
            MXC_Delay(SEC(10));  // More nanoseconds than a word holds; 60 sleeps, 2 us for each.
            uint32_t longer = MXC_TMR_SW_Stop(MXC_TMR2);
            printf("%d %d %d\n", slept - 500000 < 20, waited - 2000 < 20, longer - 10000000 < 120);
            return 0;
        })"),
              "1 1 1\n");
}

TEST_F(project, ends_where_an_assertion_fails) {
    EXPECT_EQ(console_of("#include <assert.h>\n"
                         "int main(void) { assert(1); assert(cnn_time == 1); return 0; }"),
              "assertion failed: cnn_time == 1\n");
}

// -- How it may fail -----------------------------------------------------------------------------

TEST_F(project, fails_its_own_test) {
    change("sampleoutput.h", "0x05030201", "0x05030200");
    expect_failure(Code::kKnownAnswerFailed, "FAIL: tiny on max78000\n");
    EXPECT_EQ(simulate().status, 5);
}

TEST_F(project, ends_without_a_result) {
    change("main.c", "*** PASS ***", "*** DONE ***");
    expect_failure(Code::kKnownAnswerFailed, "NO RESULT: tiny on max78000\n");
}

TEST_F(project, waits_for_an_accelerator_that_was_not_started) {
    change("cnn.c", "0x50100000) = 0x00100009", "0x50100000) = 0x00100008");
    expect_failure(Code::kSleepsForever, "STOPPED: tiny on max78000\n");
}

TEST_F(project, programs_what_the_accelerator_cannot_do) {
    change("cnn.c", "= 0x00000100;  // Write pointer", "= 0x00001fff;  // Write pointer");
    expect_failure(Code::kCnnProgramInvalid, "STOPPED: tiny on max78000\n");
}

TEST_F(project, spins_for_ever) {
    change("main.c", "int main(void) {", "int main(void) { while (1);");
    expect_failure(Code::kRunAway, "STOPPED: tiny on max78000\n");
}

TEST_F(project, reads_data_that_nothing_has_written) {
    change("main.c", "input_0, 4)", "input_0, 3)");
    const Finished finished = simulate();
    EXPECT_EQ(finished.status, 5);
    EXPECT_NE(finished.output.find("hazard"), std::string::npos) << finished.output;
}

TEST_F(project, unloads_more_than_its_buffer_holds) {
    change("main.c", "ml_data[CNN_NUM_OUTPUTS]", "ml_data[2]");
    const nlohmann::json json = report();
    const std::string hazard = json["accelerators"][0]["hazards"][0];
    EXPECT_TRUE(hazard.starts_with("cnn_unload writes 8 B past the end of ml_data")) << hazard;
}

TEST_F(project, says_which_file_is_missing) {
    for (const std::string file : {"main.c", "cnn.c", "cnn.h", "weights.h", "sampledata.h"}) {
        const std::string kept = text("tiny/" + file);
        fs::remove(at("tiny/" + file));
        EXPECT_EQ(refuse(Code::kProjectIncomplete), 2) << file;
        const std::string told = simulate().errors;
        EXPECT_NE(told.find(file), std::string::npos) << told;
        write("tiny/" + file, kept);
    }
}

TEST_F(project, is_no_project_at_all) {
    EXPECT_EQ(
        refusal({"simulate", "--project", "absent", "--board", "max78000"}, Code::kFileMissing), 2);
    EXPECT_EQ(refusal({"simulate", "--project", "tiny/main.c", "--board", "max78000"},
                      Code::kFileMissing),
              2);
    EXPECT_EQ(
        refusal({"simulate", "--project", "/", "--board", "max78000"}, Code::kProjectIncomplete),
        2);
    fs::create_directory(at("many"));
    for (int i = 0; i < 300; ++i) write("many/" + std::to_string(i) + ".c", "");
    EXPECT_EQ(
        refusal({"simulate", "--project", "many", "--board", "max78000"}, Code::kProjectIncomplete),
        2);
}

TEST_F(project, is_for_the_other_core) {
    write("tiny/main_riscv.c", "int main(void) { return 0; }\n");
    EXPECT_EQ(refuse(Code::kProjectRefused), 4);
}

TEST_F(project, is_refused_by_the_compiler) {
    change("main.c", "int main(void) {", "int main(void) { nonsense");
    EXPECT_EQ(refuse(Code::kProjectRefused), 4);
    const std::string told = simulate().errors;
    EXPECT_NE(told.find("project/main.c:"), std::string::npos) << told;
    EXPECT_NE(told.find("nonsense"), std::string::npos) << told;
}

TEST_F(project, calls_what_nobody_defines) {
    change("main.c", "cnn_disable();", "MXC_RTC_Init(0, 0);");
    EXPECT_EQ(refuse(Code::kProjectRefused), 4);
    EXPECT_NE(simulate().errors.find("MXC_RTC_Init"), std::string::npos);
}

TEST_F(project, does_not_fit_the_part) {
    change("main.c", "int main(void) {",
           "const char much[600000] = {1};\nint main(void) { printf(\"%d\", much[cnn_time]);");
    EXPECT_EQ(refuse(Code::kFlashExceeded), 3);
    change("main.c", "const char much[600000] = {1};", "char much[140000];");
    EXPECT_EQ(refuse(Code::kRamExceeded), 3);
}

TEST_F(project, needs_a_board_with_the_accelerator) {
    EXPECT_EQ(refuse(Code::kNotSimulated, "cortex_m4"), 4);
}

TEST_F(project, is_for_another_part) {
    const Finished finished = ingot({"simulate", "--project", "tiny", "--board", "max78002"});
    EXPECT_NE(finished.status, 0);
    EXPECT_NE(finished.status, 1) << finished.errors;
    change("cnn.c", "clock_divider | clock_source;",
           "clock_divider | MXC_S_GCR_PCLKDIV_CNNCLKSEL_IPLL;");
    EXPECT_EQ(refuse(Code::kProjectRefused), 4);
}

TEST_F(project, needs_a_compiler) {
    const Environment no_tools("PATH", "/nowhere");
    EXPECT_EQ(refuse(Code::kToolMissing), 6);
}

TEST_F(project, stands_alone_on_the_command_line) {
    EXPECT_EQ(
        refusal({"simulate", "m.tflite", "--project", "tiny", "--board", "max78000"}, Code::kUsage),
        2);
    EXPECT_EQ(refusal({"simulate", "--project", "tiny", "--elf", "x", "--board", "max78000"},
                      Code::kUsage),
              2);
    EXPECT_EQ(
        refusal({"simulate", "--elf", "x", "--layers", "l", "--board", "max78000"}, Code::kUsage),
        2);
    EXPECT_EQ(refusal({"simulate", "--project", "tiny", "--input", "x", "--board", "max78000"},
                      Code::kUsage),
              2);
}

}  // namespace
}  // namespace ingot::test
