// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot demo`, on the shipped models and on ones of these tests' own.

#include "ingot/model.h"
#include "tests/apps/program.h"

namespace ingot::test {
namespace {

class demo : public program {
protected:
    // A folder like that of INGOT_SHARED, with one model and one sample whose output is `expected`.
    void share(const std::vector<int> &expected) const {
        save_in("shared/models/models", "sum.tflite", sum_model().finish());
        const std::string golden = "shared/models/golden/sum";
        save_in(golden, "s0_in0.npy", npy_bytes(int8_array({1, 4}, {1, 2, 3, 4})));
        save_in(golden, "s0_in1.npy", npy_bytes(int8_array({1, 4}, {1, 1, 1, 1})));
        save_in(golden, "s0_ref_out0.npy", npy_bytes(int8_array({1, 4}, expected)));
    }

    void save_in(const std::string &folder, const std::string &name,
                 const std::vector<uint8_t> &bytes) const {
        ASSERT_TRUE(write_files(at(folder), std::vector{NamedFile{name, bytes}}));
    }

    // Two inputs and an output of 4 bytes, each aligned.
    static constexpr int sum_arena_bytes = 3 * INGOT_ARENA_ALIGNMENT;

    static nlohmann::json row(const nlohmann::json &document, const std::string &model,
                              const std::string &board = "host") {
        for (const auto &entry : document["models"]) {
            if (entry["model"] == model && entry["board"] == board) return entry;
        }
        return {};
    }
};

TEST_F(demo, compiles_and_verifies_every_model_and_prints_one_table) {
    share({2, 3, 4, 5});
    const Environment shared("INGOT_SHARED", at("shared"));
    const Finished finished = ingot({"demo", "--out", "o", "--format", "json"});
    ASSERT_EQ(finished.status, 0) << finished.errors;
    const auto document = nlohmann::json::parse(finished.output);
    for (const auto &model : document["models"]) EXPECT_EQ(model["exact"], model["samples"]);
    const auto sum = row(document, "sum");
    EXPECT_EQ(sum["samples"], 1);
    EXPECT_EQ(sum["board"], "host");
    for (const std::string board : {"cortex_m4", "cortex_m7", "rv32"}) {
        const auto simulated = row(document, "sum", board);
        EXPECT_EQ(simulated["exact"], 1) << board;
        EXPECT_GT(simulated["cycles"], 0) << board;
        EXPECT_EQ(simulated["arena_bytes"], sum_arena_bytes) << board;
        const auto report =
            nlohmann::json::parse(read_text(at("o/sum/" + board + "/report.json")).value());
        EXPECT_EQ(simulated["seconds"], report["seconds"]) << board;
        for (const char *file : {"sum.c", "sum_kat.c", "Makefile", "sum.elf", "report.json"}) {
            EXPECT_TRUE(exists("o/sum/" + board + "/" + file)) << board << file;
        }
    }
}

TEST_F(demo, answers_5_when_a_model_computes_something_else_but_still_prints) {
    share({2, 3, 4, 6});
    const Environment shared("INGOT_SHARED", at("shared"));
    const Finished finished = ingot({"demo", "-q", "--out", "o", "--format", "json"});
    EXPECT_EQ(finished.status, 5);
    EXPECT_TRUE(finished.errors.starts_with("error[" + std::string(number(Code::kOutputMismatch)) +
                                            "] sum"))
        << finished.errors;
    EXPECT_EQ(row(nlohmann::json::parse(finished.output), "sum")["exact"], 0);
}

TEST_F(demo, runs_a_model_without_samples_on_random_input_and_warns) {
    save_in("shared/models/models", "sum.tflite", sum_model().finish());
    const Environment shared("INGOT_SHARED", at("shared"));
    const Finished finished = ingot({"demo", "--out", "o", "--format", "json"});
    EXPECT_EQ(finished.status, 0) << finished.errors;
    EXPECT_NE(finished.errors.find("warning: sum has no samples"), std::string::npos)
        << finished.errors;
    const auto document = nlohmann::json::parse(finished.output);
    EXPECT_EQ(row(document, "sum")["samples"], 0);
    EXPECT_GT(row(document, "sum", "cortex_m4")["cycles"], 0);
    const auto report = nlohmann::json::parse(read_text(at("o/sum/cortex_m4/report.json")).value());
    EXPECT_EQ(report["board"], "cortex_m4");
    EXPECT_TRUE(report["tool"].get<std::string>().starts_with("Ingot "));
}

TEST_F(demo, goes_on_after_a_model_that_cannot_be_executed) {
    share({2, 3, 4, 5});
    save_in("shared/models/models", "float.tflite", float_model().finish());
    const Environment shared("INGOT_SHARED", at("shared"));
    const Finished finished = ingot({"demo", "-q", "--out", "o", "--format", "json"});
    EXPECT_EQ(finished.status, 4);
    EXPECT_EQ(row(nlohmann::json::parse(finished.output), "sum")["exact"], 1);
}

}  // namespace
}  // namespace ingot::test
