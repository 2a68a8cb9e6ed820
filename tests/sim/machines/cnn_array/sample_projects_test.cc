// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Our own projects in the vendor's layout: their programs compute what their known answers say,
// and their C is correct.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/process.h"
#include "tests/sim/machines/cnn_array/bench.h"
#include "tests/support/cnn_program/program.h"
#include "tests/support/cnn_program/project.h"
#include "tests/support/cnn_program/reference.h"

namespace ingot::test {
namespace {

namespace fs = std::filesystem;

struct Sample {
    SampleProject which;
    const char *board;
};

void PrintTo(const Sample &sample, std::ostream *stream) {
    *stream << sample_spec(sample.which).name;
}

class cnn_project : public testing::TestWithParam<Sample> {
protected:
    CnnArray array_ = cnn_array_on(GetParam().board);
    CnnProject project_ = sample_spec(GetParam().which);
};

TEST_P(cnn_project, computes_its_known_answer) {
    CnnBench bench(array_);
    const auto ran = bench.run(write_program(array_, project_.spec));
    ASSERT_TRUE(ran) << to_string(ran.error());
    const std::vector<CnnTensor> outputs = compute(project_.spec);
    for (const size_t layer : project_.outputs) {
        for (const auto &word :
             expected_words(array_, project_.spec.layers[layer], outputs[layer])) {
            EXPECT_EQ(bench.read(word.address).value() & word.mask, word.value) << layer;
        }
    }
    EXPECT_EQ(bench.device().hazards(), std::vector<std::string>{});
    EXPECT_EQ(bench.device().notes(), std::vector<std::string>{});
}

// An answer of zeros, or one that is clamped everywhere, would prove little.
TEST_P(cnn_project, has_an_answer_worth_knowing) {
    const std::vector<CnnTensor> outputs = compute(project_.spec);
    for (size_t i = 0; i < outputs.size(); ++i) {
        const std::vector<int32_t> &values = outputs[i].values;
        const auto clamped =
            std::ranges::count_if(values, [](int32_t v) { return v == -128 || v == 127; });
        EXPECT_LT(clamped * 4, static_cast<int64_t>(values.size())) << i;
        const std::set<int32_t> different(values.begin(), values.end());
        EXPECT_GE(different.size(), std::min<size_t>(values.size(), 20)) << i;
    }
}

TEST_P(cnn_project, is_correct_c11) {
    const fs::path folder = fs::path(testing::TempDir()) / ("cnn_project_" + project_.name);
    fs::create_directories(folder);
    std::vector<std::string> command = {"cc",
                                        "-std=c11",
                                        "-fsyntax-only",
                                        "-Wall",
                                        "-Wextra",
                                        "-Wpedantic",
                                        "-Werror",
                                        "-I" + std::string(INGOT_MOCK_KIT),
                                        "-I" + folder.string()};
    for (const NamedFile &file : sample_project(GetParam().which, array_)) {
        std::ofstream(folder / file.name) << file.text;
        if (file.name.ends_with(".c")) command.push_back((folder / file.name).string());
    }
    const auto ran = run_process({.argv = command});
    ASSERT_TRUE(ran);
    EXPECT_EQ(ran->status, 0) << ran->errors;
    fs::remove_all(folder);
}

TEST_P(cnn_project, is_the_same_text_each_time) {
    const auto first = sample_project(GetParam().which, array_);
    const auto second = sample_project(GetParam().which, array_);
    ASSERT_EQ(first.size(), 7u);
    for (size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].text, second[i].text) << first[i].name;
        EXPECT_EQ(first[i].text.find('@'), std::string::npos) << first[i].name;
    }
}

INSTANTIATE_TEST_SUITE_P(samples, cnn_project,
                         testing::Values(Sample{SampleProject::kClassifier, "max78000"},
                                         Sample{SampleProject::kResidual, "max78000"},
                                         Sample{SampleProject::kDepthwise, "max78002"}));

}  // namespace
}  // namespace ingot::test
