// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Programs of random geometry run on the simulated accelerator as the reference says, to the bit.
//
// A failure names its group and seed; INGOT_CNN_CASE=<group>:<seed> runs that case alone. How often
// each feature occurs is in the results that --gtest_output=xml writes.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "tests/sim/machines/cnn_array/bench.h"
#include "tests/sim/machines/cnn_array/random_program.h"
#include "tests/support/cnn_program/program.h"
#include "tests/support/cnn_program/reference.h"

namespace ingot::test {
namespace {

constexpr uint32_t kCases = 500;  // Of each group.

// Programs of each feature, at least.
constexpr int32_t kOften = 150;

struct Case {
    const CnnGroup *group;
    uint32_t seed;

    std::string name() const { return std::string(group->name) + ":" + std::to_string(seed); }
};

// The first difference, or nothing.
std::string difference(CnnBench &bench, const CnnProgramSpec &spec) {
    if (const auto ran = bench.run(write_program(bench.array(), spec)); !ran) {
        return "the device refuses: " + to_string(ran.error());
    }
    if (!bench.device().hazards().empty()) return "hazard: " + bench.device().hazards()[0];
    const std::vector<CnnTensor> outputs = compute(spec);
    for (size_t i = 0; i < outputs.size(); ++i) {
        // Streamed layers hand rings of data on, not tensors.
        if (i + 1 < outputs.size() && spec.layers[i + 1].is_streaming) continue;
        for (const auto &word : expected_words(bench.array(), spec.layers[i], outputs[i])) {
            const uint32_t found = bench.read(word.address).value_or(0) & word.mask;
            if (found == word.value) continue;
            char text[128];
            std::snprintf(text, sizeof text, "layer %zu at 0x%08x & 0x%08x: 0x%08x, not 0x%08x", i,
                          word.address, word.mask, found, word.value);
            return text;
        }
    }
    return {};
}

class cnn_property : public testing::TestWithParam<size_t> {};

TEST_P(cnn_property, holds_for_every_geometry) {
    const CnnGroup &group = cnn_groups()[GetParam()];
    const char *only = std::getenv("INGOT_CNN_CASE");
    CnnBench small(cnn_array_on("max78000")), large(cnn_array_on("max78002"));
    int32_t failures = 0;
    for (uint32_t seed = 0; seed < kCases && failures < 5; ++seed) {
        const Case one{&group, seed};
        if (only != nullptr && one.name() != only) continue;
        const CnnProgramSpec spec = random_program(group, seed);
        const std::string what = difference(spec.is_small() ? small : large, spec);
        if (what.empty()) continue;
        ADD_FAILURE() << "INGOT_CNN_CASE=" << one.name() << ": " << what << "\n" << describe(spec);
        ++failures;
    }
}

// Registers that are zero after power-up need no writing; memories that nothing wrote are not read.
TEST(cnn_property, holds_for_a_part_just_switched_on) {
    for (const CnnGroup &group : cnn_groups()) {
        for (uint32_t seed = kCases; seed < kCases + 5; ++seed) {
            CnnProgramSpec spec = random_program(group, seed);
            spec.clears = false;
            CnnBench bench(cnn_array_on(spec.is_small() ? "max78000" : "max78002"));
            EXPECT_EQ(difference(bench, spec), "") << Case{&group, seed}.name() << "\n"
                                                   << describe(spec);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(groups, cnn_property, testing::Range(size_t{0}, cnn_groups().size()),
                         [](const auto &info) {
                             return std::string(cnn_groups()[info.param].name);
                         });

TEST(cnn_property, covers_ten_thousand_programs_and_each_feature_often) {
    EXPECT_GE(kCases * cnn_groups().size(), 10'000u);
    std::map<std::string, int32_t> counts;
    for (const CnnGroup &group : cnn_groups()) {
        for (uint32_t seed = 0; seed < kCases; ++seed) {
            for (const std::string &name : features_of(random_program(group, seed))) ++counts[name];
        }
    }
    for (const std::string &name : feature_names()) {
        EXPECT_GE(counts[name], kOften) << name;
        RecordProperty(name, counts[name]);
    }
}

}  // namespace
}  // namespace ingot::test
