// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot simulate`, `ingot run --on` and `ingot bench`: what simulated boards say.

#include <algorithm>
#include <numeric>

#include "base/diagnostics.h"
#include "tests/apps/program.h"

namespace ingot::test {
namespace {

class simulate : public program {
protected:
    void SetUp() override { save("m.tflite", pool_model()); }

    nlohmann::json report(const std::vector<std::string> &more = {},
                          const std::string &board = "cortex_m4") const {
        std::vector<std::string> words = {"simulate", "m.tflite", "--board",
                                          board,      "--format", "json"};
        words.insert(words.end(), more.begin(), more.end());
        const Finished finished = ingot(words);
        EXPECT_EQ(finished.status, 0) << finished.errors;
        return nlohmann::json::parse(finished.output);
    }
};

TEST_F(simulate, tells_what_a_model_costs) {
    const nlohmann::json json = report();
    EXPECT_EQ(json["board"], "cortex_m4");
    EXPECT_EQ(json["model"], "m");
    EXPECT_EQ(json["clock_hz"]["core"], 25'000'000);
    ASSERT_EQ(json["layers"].size(), 1u);
    EXPECT_EQ(json["layers"][0]["op"], "max_pool");
    EXPECT_GT(json["layers"][0]["cycles"], 0);
    EXPECT_GE(json["cycles"], json["layers"][0]["cycles"]);
    EXPECT_GE(json["layers"][0]["cycles"], json["layers"][0]["instructions"]);
    EXPECT_EQ(json["energy_j"], nullptr);
    EXPECT_GE(json["memory"]["ram"]["bytes_written"], 8);  // At least the output.
    EXPECT_GE(json["memory"]["ram"]["bytes_read"], 32);    // At least the input.
}

TEST_F(simulate, counts_the_same_without_recording_accesses) {
    for (const char *board : {"cortex_m4", "cortex_m33", "rv32"}) {
        const nlohmann::json all = report({}, board), fast = report({"--no-traffic"}, board);
        EXPECT_EQ(all["cycles"], fast["cycles"]) << board;
        EXPECT_EQ(all["instructions"], fast["instructions"]) << board;
        EXPECT_EQ(fast["is_traffic_recorded"], false) << board;
    }
}

TEST_F(simulate, says_the_same_twice) { EXPECT_EQ(report(), report()); }

TEST_F(simulate, says_what_the_input_is) {
    save("x.npy", int8_array({2, 4, 4, 2}, std::vector<int>(64, 1)));
    const std::vector<std::string> words = {"simulate", "m.tflite", "--board", "cortex_m4"};
    EXPECT_EQ(ingot(words).errors, "no --input: running on random input from a fixed seed\n");
    std::vector<std::string> two = words;
    two.insert(two.end(), {"-i", "x.npy"});
    EXPECT_EQ(ingot(two).errors, "the report is of the last of 2 items\n");
    std::vector<std::string> quiet = words;
    quiet.push_back("-q");
    EXPECT_EQ(ingot(quiet).errors, "");
}

TEST_F(simulate, prints_the_layers_as_csv_and_a_trace_as_json) {
    const std::vector<std::string> words = {"simulate",  "m.tflite", "-q", "--board",
                                            "cortex_m4", "--report", "o",  "--format"};
    for (const auto &[format, file] : {std::pair{"csv", "o/report.csv"},
                                       {"trace", "o/report.trace.json"},
                                       {"text", "o/report.txt"}}) {
        std::vector<std::string> line = words;
        line.push_back(format);
        const Finished finished = ingot(line);
        EXPECT_EQ(finished.status, 0) << finished.errors;
        EXPECT_EQ(finished.output, read_text(at(file)).value()) << format;
    }
    EXPECT_NE(read_text(at("o/report.csv"))->find("max_pool"), std::string::npos);
    const auto trace = nlohmann::json::parse(read_text(at("o/report.trace.json")).value());
    EXPECT_FALSE(trace["traceEvents"].empty());
}

TEST_F(simulate, writes_every_form_of_the_report) {
    report({"--report", "o"});
    for (const char *file : {"report.txt", "report.json", "report.csv", "report.trace.json"}) {
        EXPECT_TRUE(exists(std::string("o/") + file)) << file;
    }
}

TEST_F(simulate, is_slower_beside_another_master) {
    const nlohmann::json alone = report();
    const nlohmann::json beside = report({"--background", "ram=50000000"});
    EXPECT_GT(beside["cycles"], alone["cycles"]);
    EXPECT_GT(beside["cycle_parts"]["arbitration"], alone["cycle_parts"]["arbitration"]);
}

TEST_F(simulate, runs_any_program_and_reports_its_functions) {
    ASSERT_EQ(
        ingot({"compile", "m.tflite", "--board", "cortex_m4", "--out", "o", "--firmware"}).status,
        0);
    const Finished finished =
        ingot({"simulate", "--elf", "o/m.elf", "--board", "cortex_m4", "--format", "json"});
    ASSERT_EQ(finished.status, 0) << finished.errors;
    EXPECT_TRUE(finished.errors.starts_with("the program is Ingot's firmware")) << finished.errors;
    EXPECT_EQ(
        refusal({"simulate", "-q", "--elf", "o/m.elf", "--board", "rv32"}, Code::kImageMachine), 4);
    const auto json = nlohmann::json::parse(finished.output);
    EXPECT_EQ(json["model"], nullptr);
    EXPECT_TRUE(json["layers"].empty());
    std::vector<std::string> names;
    for (const auto &function : json["functions"]) names.push_back(function["name"]);
    EXPECT_NE(std::ranges::find(names, "main"), names.end());
}

class simulate_rv32 : public simulate {
protected:
    // Simulates a program whose code begins at _start.
    Finished simulated(const std::string &code) {
        const std::string source = ".globl _start\n_start: " + code;
        save("end.s", std::vector<uint8_t>(source.begin(), source.end()));
        const Finished built =
            run_process(
                {.argv = {"riscv64-unknown-elf-gcc", "-march=rv32imac", "-mabi=ilp32", "-nostdlib",
                          "-Wl,-n,-Ttext=0x80000000", "end.s", "-o", at("end.elf")},
                 .folder = at("")})
                .value();
        EXPECT_EQ(built.status, 0) << built.errors;
        return ingot({"simulate", "--elf", "end.elf", "--board", "rv32", "--format", "json"});
    }
};

// The serial port is at 0x10000000.
TEST_F(simulate_rv32, shows_what_a_program_printed_before_it_failed) {
    const Finished finished =
        simulated("lui t0, 0x10000\nli t1, 0x21\nsb t1, 0(t0)\nsw t1, 0(zero)\n");
    EXPECT_EQ(finished.status, 7);
    EXPECT_EQ(finished.output, "");
    EXPECT_TRUE(finished.errors.starts_with("!error[E0812] ")) << finished.errors;
}

// A word at 0x00100000 ends the program: code << 16 | 0x3333.
TEST_F(simulate_rv32, says_with_which_code_a_program_ended) {
    const Finished finished =
        simulated("lui t0, 0x100\nli t1, 0x33333\nsw t1, 0(t0)\nloop: j loop\n");
    EXPECT_EQ(finished.status, 0);
    EXPECT_EQ(finished.errors, "warning: the program ended with code 3\n");
    EXPECT_GT(nlohmann::json::parse(finished.output)["instructions"], 0);
}

TEST_F(simulate, refuses_what_it_cannot_simulate) {
    EXPECT_EQ(refusal({"simulate", "--board", "cortex_m4"}, Code::kUsage), 2);
    EXPECT_EQ(
        refusal({"simulate", "m.tflite", "--elf", "x.elf", "--board", "cortex_m4"}, Code::kUsage),
        2);
    EXPECT_EQ(
        refusal({"simulate", "m.tflite", "--board", "cortex_m4", "--format", "md"}, Code::kUsage),
        2);
    EXPECT_EQ(
        refusal({"simulate", "m.tflite", "--board", "cortex_m4", "--limit", "-3"}, Code::kUsage),
        2);
    EXPECT_EQ(refusal({"simulate", "m.tflite", "--board", "cortex_m4", "--background", "ram"},
                      Code::kUsage),
              2);
    EXPECT_EQ(
        refusal({"simulate", "-q", "m.tflite", "--board", "cortex_m4", "--background", "rom=5"},
                Code::kSimulationOption),
        2);
    EXPECT_EQ(
        refusal({"simulate", "--elf", "m.tflite", "--board", "cortex_m4"}, Code::kImageCorrupt), 4);
    for (const char *board : {"host", "cortex_m55"}) {
        EXPECT_EQ(refusal({"simulate", "--elf", "m.tflite", "--board", board}, Code::kNotSimulated),
                  4);
        EXPECT_EQ(refusal({"simulate", "m.tflite", "--board", board}, Code::kNotSimulated), 4);
        EXPECT_EQ(refusal({"bench", "m.tflite", "--board", board}, Code::kNotSimulated), 4);
    }
    EXPECT_EQ(refusal({"simulate", "--elf", "absent", "--board", "cortex_m4"}, Code::kFileMissing),
              2);
}

TEST_F(simulate, refuses_what_only_a_model_could_use) {
    for (const std::vector<std::string> &option : {std::vector<std::string>{"--input", "x.npy"},
                                                   {"--rounding", "double"},
                                                   {"--no-passes"},
                                                   {"--without-pass", "shrink"}}) {
        std::vector<std::string> words = {"simulate", "--elf", "m.elf", "--board", "cortex_m4"};
        words.insert(words.end(), option.begin(), option.end());
        EXPECT_EQ(refusal(words, Code::kUsage), 2) << option[0];
    }
}

TEST_F(simulate, gives_up_at_the_limit) {
    EXPECT_EQ(refusal({"simulate", "-q", "m.tflite", "--board", "cortex_m4", "--limit", "1000"},
                      Code::kRunAway),
              7);
}

// -- ingot run --on -------------------------------------------------------------------------------

class run_on : public program {};

TEST_F(run_on, a_board_computes_what_this_machine_computes) {
    save("m.tflite", sum_model());
    save("x.npy", int8_array({3, 4}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
    save("y.npy", int8_array({3, 4}, {1, 1, 1, 1, 2, 2, 2, 2, 120, 120, 120, 120}));
    for (const char *board : {"cortex_m0plus", "cortex_m4", "cortex_m7", "cortex_m33", "rv32"}) {
        const Finished finished =
            ingot({"run", "m.tflite", "--on", board, "-i", "x.npy", "-i", "y.npy", "--out", board});
        ASSERT_EQ(finished.status, 0) << finished.errors;
        EXPECT_EQ(load(std::string(board) + "/out0.npy"),
                  int8_array({3, 4}, {2, 3, 4, 5, 7, 8, 9, 10, 127, 127, 127, 127}))
            << board;
    }
}

TEST_F(run_on, a_board_refuses_a_batch_of_no_items) {
    save("m.tflite", pool_model());
    save("x.npy", int8_array({0, 4, 4, 2}, {}));
    for (const char *place : {"host", "cortex_m4"}) {
        EXPECT_EQ(refusal({"run", "m.tflite", "--on", place, "-i", "x.npy", "--out", "o"},
                          Code::kInputMismatch),
                  2);
    }
    EXPECT_FALSE(exists("o"));
}

TEST_F(run_on, a_board_runs_two_items_as_it_runs_each) {
    save("m.tflite", pool_model());
    std::vector<int> values(64);
    std::iota(values.begin(), values.end(), -32);
    save("both.npy", int8_array({2, 4, 4, 2}, values));
    save("second.npy", int8_array({1, 4, 4, 2}, {values.begin() + 32, values.end()}));
    const std::string board = "cortex_m4";
    ASSERT_EQ(ingot({"run", "m.tflite", "--on", board, "-i", "both.npy", "--out", "o"}).status, 0);
    ASSERT_EQ(ingot({"run", "m.tflite", "--on", board, "-i", "second.npy", "--out", "p"}).status,
              0);
    const Npy both = load("o/out0.npy"), second = load("p/out0.npy");
    EXPECT_EQ(both.shape, (std::vector<int64_t>{2, 2, 2, 2}));
    EXPECT_TRUE(std::equal(second.data.begin(), second.data.end(), both.data.begin() + 8));

    const auto cost = [&](const char *input) {
        const Finished finished = ingot(
            {"simulate", "-q", "m.tflite", "--board", board, "-i", input, "--format", "json"});
        return nlohmann::json::parse(finished.output)["layers"];
    };
    EXPECT_EQ(cost("both.npy"), cost("second.npy"));
}

TEST_F(run_on, a_board_gives_every_activation) {
    save("m.tflite", pool_model());
    for (const char *board : {"host", "cortex_m4", "rv32"}) {
        ASSERT_EQ(ingot({"run", "m.tflite", "--on", board, "--out", board, "--layers"}).status, 0);
    }
    for (const char *array : {"/t0.npy", "/t1.npy", "/out0.npy"}) {
        EXPECT_EQ(load(std::string("host") + array), load(std::string("cortex_m4") + array));
        EXPECT_EQ(load(std::string("host") + array), load(std::string("rv32") + array));
    }
}

TEST_F(run_on, a_core_that_only_an_emulator_has_is_refused) {
    save("m.tflite", pool_model());
    EXPECT_EQ(refusal({"run", "m.tflite", "--on", "cortex_m55", "--out", "o"}, Code::kNotSimulated),
              4);
    EXPECT_EQ(
        refusal({"run", "-q", "m.tflite", "--on", "nowhere", "--out", "o"}, Code::kUnknownBoard),
        2);
}

// -- ingot bench ----------------------------------------------------------------------------------

class bench : public program {
protected:
    void SetUp() override { save("m.tflite", pool_model()); }

    void save_text(const std::string &name, const std::string &text) const {
        save(name, std::vector<uint8_t>(text.begin(), text.end()));
    }
};

TEST_F(bench, compares_each_layer_with_the_bar) {
    save_text("bar.csv",
              "core,layer,best_bit_exact_instructions_each\n"
              "m7,maxpool2x2s2_4x4x2,1\n"
              "m4,maxpool2x2s2_4x4x2,1000000\n");
    const auto document =
        json({"bench", "m.tflite", "--board", "cortex_m4", "--bar", "bar.csv", "-q"});
    const auto &table = document["layers"];
    ASSERT_EQ(table.size(), 1u);
    EXPECT_EQ(table[0]["layer"], "maxpool2x2s2_4x4x2");
    EXPECT_EQ(table[0]["bar_instructions"], 1'000'000);
    EXPECT_DOUBLE_EQ(table[0]["ratio"].get<double>(), 1e6 / table[0]["instructions"].get<double>());
    EXPECT_EQ(document["compared"]["instructions"], table[0]["instructions"]);
    EXPECT_EQ(document["compared"]["bar_instructions"], 1'000'000);
    EXPECT_EQ(document["compared"]["ratio"], table[0]["ratio"]);
    const Finished text =
        ingot({"bench", "m.tflite", "--board", "cortex_m4", "--bar", "bar.csv", "-q"});
    EXPECT_NE(text.output.find("\nall that are compared"), std::string::npos) << text.output;
    EXPECT_NE(text.output.find("\nbar / ours  how many times"), std::string::npos) << text.output;
    EXPECT_EQ(text.output.find("per MAC\n"), std::string::npos) << "a pool has no MACs";
}

TEST_F(bench, says_when_the_bar_has_none_of_the_layers) {
    save_text("bar.csv", "core,layer,best_bit_exact_instructions_each\nm7,maxpool2x2s2_4x4x2,1\n");
    const Finished finished = ingot(
        {"bench", "m.tflite", "--board", "cortex_m4", "--bar", "bar.csv", "--format", "json"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_NE(finished.errors.find("bar.csv has no row for this core or these layers\n"),
              std::string::npos)
        << finished.errors;
    EXPECT_EQ(nlohmann::json::parse(finished.output)["compared"], nullptr);
}

TEST_F(bench, works_without_a_bar) {
    for (const std::string &shared : {std::string(), at("without_facts")}) {
        const Environment none("INGOT_SHARED", shared);
        const auto table = json({"bench", "m.tflite", "--board", "rv32", "-q"})["layers"];
        ASSERT_EQ(table.size(), 1u);
        EXPECT_EQ(table[0]["bar_instructions"], nullptr);
        EXPECT_GT(table[0]["instructions"], 0);
    }
}

TEST_F(bench, refuses_a_bar_that_is_none) {
    save_text("titles.csv", "core,layer\n");
    save_text("count.csv", "core,layer,best_bit_exact_instructions_each\nm4,x,many\n");
    for (const char *file : {"titles.csv", "count.csv"}) {
        EXPECT_EQ(refusal({"bench", "m.tflite", "--board", "cortex_m4", "--bar", file},
                          Code::kInputMismatch),
                  2);
    }
}

}  // namespace
}  // namespace ingot::test
