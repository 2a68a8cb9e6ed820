// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot check`, `inspect` and `explain` on networks for CNN accelerators.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "boards/machines/cnn_array_rules.h"
#include "tests/apps/program.h"

namespace ingot::test {
namespace {

using testing::HasSubstr;

constexpr const char *kGood = R"(---
arch: tiny
dataset: CIFAR-10
layers:
  - {processors: 0x7, out_offset: 0x2000, op: conv2d, pad: 1, activate: relu, name: stem}
  - {processors: 0xff, out_offset: 0, op: conv2d, max_pool: 2, pool_stride: 2, name: body}
  - {processors: 0xffff, out_offset: 0x4000, op: mlp, flatten: true, output_width: 32}
)";

class network : public program {
protected:
    void SetUp() override {
        save_text("good.yaml", kGood);
        save_text("bad.yaml", with("pool_stride: 2", "pool_stride: 17, kernel_size: 5x5, pad: 2"));
        save_text("unknown.yaml", with("CIFAR-10", "nobody's"));
        save_text("wrong.yaml", with("pad: 1", "padd: 1"));
    }

    static std::string with(const std::string &old, const std::string &replacement) {
        std::string text = kGood;
        return text.replace(text.find(old), old.size(), replacement);
    }

    void save_text(const std::string &name, const std::string &text) const {
        save(name, std::vector<uint8_t>(text.begin(), text.end()));
    }
};

TEST_F(network, check_shows_layers_memory_and_cycles_of_what_fits) {
    const Finished finished = ingot({"check", "good.yaml", "--board", "max78000"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_EQ(finished.errors, "");
    EXPECT_THAT(finished.output, HasSubstr("good.yaml   tiny for CIFAR-10   3 layers"));
    EXPECT_THAT(finished.output, HasSubstr("from the name of the data set, CIFAR-10\n"
                                           "    input 3x32x32\n"));
    EXPECT_THAT(finished.output, HasSubstr("on max78000 (MAX78000: "));
    EXPECT_THAT(finished.output, HasSubstr("   fits, if the assumed sizes hold\n"));
    EXPECT_THAT(finished.output, HasSubstr("max pool + conv2d"));
    EXPECT_THAT(finished.output, HasSubstr("kernel memory   "));
    EXPECT_THAT(finished.output, HasSubstr("if every layer has a bias"));
    // Words 2048 to 3071 are written by the first layer and read by the second.
    EXPECT_THAT(finished.output, HasSubstr("0..1023      2048..3071"));
    EXPECT_THAT(finished.output, HasSubstr("rrrr....wwww...................."));
    EXPECT_THAT(finished.output, testing::Not(HasSubstr("a range, because")));
}

TEST_F(network, check_tells_scripts_every_number) {
    const auto verdict = json({"check", "good.yaml", "--board", "max78000"});
    EXPECT_EQ(verdict["fits"], true);
    EXPECT_EQ(verdict["board"], "max78000");
    EXPECT_EQ(verdict["input"], "3x32x32");
    EXPECT_EQ(verdict["macs"], 32 * 32 * 9 * 3 * 8 + 16 * 16 * 9 * 8 * 16 + 16 * 16 * 16 * 10);
    EXPECT_EQ(verdict["cycles"]["low"], verdict["cycles"]["high"]);
    EXPECT_TRUE(verdict["cycles"]["reason"].is_null());
    ASSERT_EQ(verdict["layers"].size(), 3u);
    int64_t sum = 1;
    for (const auto &layer : verdict["layers"]) sum += layer["cycles"]["low"].get<int64_t>();
    EXPECT_EQ(verdict["vendor_cycles"], sum);
    EXPECT_EQ(verdict["cycles"]["low"], sum + 338);
    EXPECT_EQ(verdict["layers"][1]["name"], "body");
    EXPECT_EQ(verdict["layers"][1]["reads"]["first_word"], 2048);
    EXPECT_EQ(verdict["layers"][1]["reads"]["last_word"], 3071);
    EXPECT_EQ(verdict["layers"][1]["reads"]["instances"], (std::vector<int>{0, 1}));
    EXPECT_EQ(verdict["kernel_words"][0], verdict["layers"][0]["kernel_words"].get<int64_t>() +
                                              verdict["layers"][1]["kernel_words"].get<int64_t>() +
                                              verdict["layers"][2]["kernel_words"].get<int64_t>());
    EXPECT_EQ(verdict["not_in_the_file"][0]["layer"], "input");
    EXPECT_TRUE(verdict["violations"].empty());
}

TEST_F(network, check_gives_a_range_where_the_formula_is_another_parts) {
    const auto verdict = json({"check", "good.yaml", "--board", "max78002"});
    EXPECT_EQ(verdict["fits"], true);
    EXPECT_LT(verdict["cycles"]["low"], verdict["cycles"]["high"]);
    EXPECT_LT(verdict["seconds"]["low"], verdict["seconds"]["high"]);
    EXPECT_THAT(verdict["cycles"]["reason"].get<std::string>(), HasSubstr("pipeline"));
    EXPECT_THAT(ingot({"check", "good.yaml", "--board", "max78002"}).output,
                HasSubstr("a range, because "));
}

TEST_F(network, check_tells_how_sure_the_board_is_of_the_cycles_to_start) {
    for (const auto &[board, basis] :
         {std::pair("max78000", "fitted"), std::pair("max78002", "assumed")}) {
        EXPECT_THAT(ingot({"check", "good.yaml", "--board", board}).output,
                    HasSubstr(fmt::format("of these 338 to start and to interrupt ({})\n", basis)));
        const auto verdict = json({"check", "good.yaml", "--board", board});
        EXPECT_EQ(verdict["start_cycles"], 338);
        EXPECT_EQ(verdict["start_cycles_basis"], basis);
    }
}

TEST_F(network, check_says_where_the_verdict_hangs_on_assumed_sizes) {
    std::string told = kGood;
    for (size_t at = 0; (at = told.find("{processors", at)) != std::string::npos; at += 20) {
        told.insert(at + 1, "quantization: 8, ");
    }
    save_text("told.yaml", told);
    EXPECT_EQ(json({"check", "told.yaml", "--board", "max78000"})["is_assumed"], false);
    const std::string sure = ingot({"check", "told.yaml", "--board", "max78000"}).output;
    EXPECT_THAT(sure, HasSubstr("   fits\n"));
    EXPECT_THAT(sure, testing::Not(HasSubstr("assumed sizes")));

    EXPECT_EQ(json({"check", "good.yaml", "--board", "max78000"})["is_assumed"], true);
    const std::string unsure = ingot({"check", "good.yaml", "--board", "max78000"}).output;
    EXPECT_THAT(unsure, HasSubstr("   fits, if the assumed sizes hold\n"));
    EXPECT_THAT(unsure, HasSubstr("estimate   for the assumed sizes "));
}

TEST_F(network, check_answers_3_and_lists_every_broken_rule) {
    const Finished finished = ingot({"check", "bad.yaml", "--board", "max78000"});
    EXPECT_EQ(finished.status, 3);
    EXPECT_THAT(finished.output, HasSubstr("DOES NOT FIT: 2 rules"));
    EXPECT_THAT(finished.output, HasSubstr("error[E0310] "));
    EXPECT_THAT(finished.output, HasSubstr("bad.yaml:6: layer 1 (body): kernel 5x5; accepted"));
    EXPECT_THAT(finished.output, HasSubstr("error[E0327] "));

    const Finished document =
        ingot({"check", "bad.yaml", "--board", "max78000", "--format", "json"});
    const auto violations = nlohmann::json::parse(document.output)["violations"];
    EXPECT_EQ(document.status, 3);
    ASSERT_EQ(violations.size(), 2u);
    EXPECT_EQ(violations[0]["code"], number(Code::kCnnConv2dKernel));
    EXPECT_EQ(violations[0]["rule"], "conv2d_kernel");
    EXPECT_EQ(violations[1]["rule"], "pool_stride");
    EXPECT_TRUE(ingot({"check", "bad.yaml", "--board", "max78000", "--format", "csv"})
                    .output.starts_with("code,rule,where,what,hint\nE0310,conv2d_kernel,"));
}

TEST_F(network, check_refuses_boards_without_an_accelerator_and_names_those_with_one) {
    EXPECT_EQ(refusal({"check", "good.yaml", "--board", "cortex_m4"}, Code::kUsage), 2);
    EXPECT_THAT(ingot({"check", "good.yaml", "--board", "cortex_m4"}).errors,
                HasSubstr("boards with one: max78000, max78002"));
    EXPECT_EQ(refusal({"check", "good.yaml", "--board", "nobody"}, Code::kUnknownBoard), 2);
}

TEST_F(network, that_cannot_be_read_is_refused_with_one_diagnostic) {
    for (const char *verb : {"check", "inspect"}) {
        const auto with_board = [&](std::vector<std::string> words) {
            if (words[0] == "check") words.insert(words.end(), {"--board", "max78000"});
            return words;
        };
        EXPECT_EQ(refusal(with_board({verb, "wrong.yaml"}), Code::kNetworkKey), 4);
        EXPECT_EQ(refusal(with_board({verb, "unknown.yaml"}), Code::kNetworkShapeUnknown), 4);
        EXPECT_EQ(refusal(with_board({verb, "gone.yaml"}), Code::kFileMissing), 2);
        EXPECT_EQ(refusal(with_board({verb, "good.yaml", "--input-shape", "3"}), Code::kUsage), 2);
        EXPECT_EQ(ingot(with_board({verb, "unknown.yaml", "--input-shape", "3x16x16"})).status,
                  4)  // The last layer's outputs came from the data set, too.
            << verb;
    }
}

TEST_F(network, never_reaches_the_terminal_with_its_control_characters) {
    std::string text = with("arch: tiny", R"(arch: "tiny\e[2J\a")");
    text.replace(text.find("name: stem"), 10, R"(name: "st\e[31mem")");
    text.replace(text.find("pool_stride: 2"), 14, R"(pool_stride: 17)");
    text.replace(text.find("name: body"), 10, R"(name: "bo\e[0mdy")");
    save_text("escape.yaml", text);
    const Finished check = ingot({"check", "escape.yaml", "--board", "max78000"});
    const Finished inspect = ingot({"inspect", "escape.yaml"});
    EXPECT_EQ(check.status, 3);
    EXPECT_EQ(inspect.status, 0);
    for (const std::string &output : {check.output, inspect.output}) {
        EXPECT_EQ(output.find_first_of("\x1b\x07"), std::string::npos);
        EXPECT_THAT(output, HasSubstr("tiny\\x1b[2J\\x07 for CIFAR-10"));
        EXPECT_THAT(output, HasSubstr("st\\x1b[31mem"));
    }
    EXPECT_THAT(check.output, HasSubstr("layer 1 (bo\\x1b[0mdy): "));
}

TEST_F(network, inspect_prints_the_table_of_layers_alone) {
    const Finished finished = ingot({"inspect", "good.yaml"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_THAT(finished.output, HasSubstr("stem"));
    EXPECT_THAT(finished.output, testing::Not(HasSubstr("kernel memory")));
    EXPECT_TRUE(ingot({"inspect", "good.yaml", "--format", "csv"})
                    .output.starts_with("index,name,operation,input,output,kernel,passes,"));
    const auto document = json({"inspect", "good.yaml"});
    EXPECT_EQ(document["format"], "ai8x");
    EXPECT_EQ(document["layers"][2]["operation"], "linear, flattened");
    EXPECT_EQ(document["layers"][2]["input"], "16x16x16");
    EXPECT_EQ(document["layers"][2]["output"], "10x1x1");
    EXPECT_EQ(json({"inspect", "good.yaml", "--input-shape", "3x16x16"})["input"], "3x16x16");
}

TEST_F(network, explain_knows_rules_by_code_and_by_name) {
    for (const CnnRule &rule : cnn_rule_table()) {
        const std::string name(rule.name);
        const auto rows = json({"explain", name})["diagnostics"];
        ASSERT_EQ(rows.size(), 1u);
        EXPECT_EQ(rows[0]["code"], number(rule.code));
        EXPECT_EQ(rows[0]["rule"], name);
    }
    const Finished by_name = ingot({"explain", "conv2d_dilation"});
    EXPECT_EQ(by_name.status, 0);
    EXPECT_TRUE(by_name.output.starts_with("E0315 conv2d_dilation (exit code 3)\n"));
    EXPECT_THAT(by_name.output, HasSubstr("contradict each other"));
    EXPECT_THAT(by_name.output, HasSubstr("\nsource: ai8x-synthesis"));
    EXPECT_EQ(ingot({"explain", "E0315"}).output, by_name.output);
    EXPECT_EQ(refusal({"explain", "conv2d_dilatio"}, Code::kUnknownCode), 2);
}

}  // namespace
}  // namespace ingot::test
