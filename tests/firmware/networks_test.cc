// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Real networks and single layers on emulated boards, against the outputs of reference kernels.

#include "tests/models/networks.h"

#include <fmt/format.h>

#include "apps/known_answer.h"
#include "tests/firmware/emulator.h"

namespace ingot::test {
namespace {

struct Case {
    std::string board;
    Network network;
};

class emulated_network : public testing::TestWithParam<Case> {};

TEST_P(emulated_network, computes_what_the_reference_computes) {
    const auto &[name, network] = GetParam();
    if (network.name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    const Board board = board_named(name);
    if (const auto missing = missing_emulator(board); !missing.empty()) GTEST_SKIP() << missing;

    const codegen::Program program = compiled(network.path);
    const auto input = golden_bytes(network, 0, "in", program.graph.inputs.size());
    const auto answer =
        cli::answer_to(program, input, {.installation = installation(), .cache = cache()});
    ASSERT_TRUE(answer) << to_string(answer.error());
    ASSERT_EQ(answer->output, golden_bytes(network, 0, "ref_out", program.graph.outputs.size()));

    const Told told = emulate(program, board, *answer);
    EXPECT_EQ(told.exit, 0) << told.raw;
    ASSERT_TRUE(told.words.contains("ticks")) << told.raw;
    EXPECT_EQ(told.words.at("wrong_step"), program.steps.size());
    EXPECT_GT(told.words.at("ticks"), 0u);
    EXPECT_LE(told.words.at("stack_high_water_bytes"), told.words.at("call_graph_bytes"));
    fmt::print("{} on {}: {}", network.name, name, told.raw);
}

std::vector<Case> cases(const std::string &board) {
    std::vector<Case> found;
    for (const Network &network : networks()) found.push_back({board, network});
    return found;
}

std::string name_of(const testing::TestParamInfo<Case> &info) {
    return info.param.network.name.empty() ? "absent" : info.param.network.name;
}

// One suite per board that has an emulator, so that ctest can label them.
INSTANTIATE_TEST_SUITE_P(cortex_m4, emulated_network, testing::ValuesIn(cases("cortex_m4")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(cortex_m7, emulated_network, testing::ValuesIn(cases("cortex_m7")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(cortex_m33, emulated_network, testing::ValuesIn(cases("cortex_m33")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(cortex_m55, emulated_network, testing::ValuesIn(cases("cortex_m55")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(rv32, emulated_network, testing::ValuesIn(cases("rv32")), name_of);

}  // namespace
}  // namespace ingot::test
