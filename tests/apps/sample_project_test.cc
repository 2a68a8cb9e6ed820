// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Whole projects of our own, written as the vendor's generator writes them, on both parts: FIFOs,
// streaming, several outputs, narrow weights, layers that jump.

#include "boards/board.h"
#include "tests/apps/program.h"
#include "tests/support/cnn_program/project.h"
#include "tests/support/cnn_program/reference.h"

namespace ingot::test {
namespace {

struct Sample {
    SampleProject which;
    const char *board;
};

class sample_project_run : public program, public testing::WithParamInterface<Sample> {
protected:
    void SetUp() override {
        const Board board = find_board(GetParam().board, INGOT_BOARDS).value();
        for (const auto &file : sample_project(GetParam().which, *board.cnn_array)) {
            save("p/" + file.name, std::vector<uint8_t>(file.text.begin(), file.text.end()));
        }
    }
};

TEST_P(sample_project_run, passes_its_own_test) {
    const nlohmann::json all =
        simulation({"--project", "p", "--board", GetParam().board, "--layers", "l"});
    EXPECT_EQ(all["project"]["verdict"], "pass");
    const nlohmann::json &array = all["accelerators"][0];
    EXPECT_TRUE(array["hazards"].empty()) << array["hazards"];
    const nlohmann::json layers = nlohmann::json::parse(read_text(at("l/layers.json")).value());
    EXPECT_EQ(layers["layers"].size(), all["layers"].size());
    EXPECT_LE(array["cycles_min"], array["cycles"]);
}

TEST_P(sample_project_run, writes_what_the_reference_computes) {
    simulation({"--project", "p", "--board", GetParam().board, "--layers", "l"});
    const std::vector<CnnTensor> expected = compute(sample_spec(GetParam().which).spec);
    const auto layers = nlohmann::json::parse(read_text(at("l/layers.json")).value())["layers"];
    ASSERT_EQ(layers.size(), expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
        const Npy array = load("l/" + layers[i]["file"].get<std::string>());
        const auto values = static_cast<size_t>(element_count(array));
        ASSERT_EQ(values, expected[i].values.size()) << i;
        const size_t bytes = array.data.size() / values;
        for (size_t v = 0; v < values; ++v) {
            int32_t value = static_cast<int8_t>(array.data[v * bytes + bytes - 1]);
            for (size_t b = bytes - 1; b-- > 0;) value = value * 256 + array.data[v * bytes + b];
            ASSERT_EQ(value, expected[i].values[v]) << i << " " << v;
        }
    }
}

TEST_P(sample_project_run, says_how_sure_its_time_is) {
    const nlohmann::json array =
        simulation({"--project", "p", "--board", GetParam().board})["accelerators"][0];
    const bool is_exact = GetParam().which == SampleProject::kClassifier;
    EXPECT_EQ(array["cycles_min"] == array["cycles_max"], is_exact);
    const std::string basis = array["basis"];
    EXPECT_EQ(basis.find("not documented") == std::string::npos, is_exact) << basis;
    const char *const sure = array["clock_hz"] == 50'000'000 ? "fitted to boards" : "assumed";
    EXPECT_NE(basis.find(sure), std::string::npos) << basis;
}

// A word is read once at least, and holds four written bytes at the most.
TEST_P(sample_project_run, tells_where_its_layers_lie) {
    const nlohmann::json all = simulation({"--project", "p", "--board", GetParam().board});
    const nlohmann::json &memory = all["accelerators"][0]["memory"];
    int64_t used = 0;
    for (const nlohmann::json &words : memory["kernel_words_used"]) used += words.get<int64_t>();
    EXPECT_GT(used, 0);
    for (const nlohmann::json &layer : all["layers"]) {
        EXPECT_EQ(layer["kernel_words"].empty(), layer["macs"] == 0) << layer;
        const auto extent = [&](const char *key) {
            int64_t words = 0;
            for (const nlohmann::json &range : layer[key]) {
                EXPECT_LT(range["last_word"], memory["data_words"]);
                words +=
                    range["words"].get<int64_t>() * static_cast<int64_t>(range["instances"].size());
            }
            return words;
        };
        const nlohmann::json &data = layer["memory"]["data"];
        EXPECT_LE(4 * extent("data_words_read"), data["bytes_read"]) << layer;
        if (layer["data_words_written"].is_null()) continue;
        EXPECT_GE(4 * extent("data_words_written"), data["bytes_written"]) << layer;
    }
}

INSTANTIATE_TEST_SUITE_P(samples, sample_project_run,
                         testing::Values(Sample{SampleProject::kClassifier, "max78000"},
                                         Sample{SampleProject::kResidual, "max78000"},
                                         Sample{SampleProject::kDepthwise, "max78002"}));

}  // namespace
}  // namespace ingot::test
