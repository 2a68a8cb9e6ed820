// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Real networks and single layers on simulated boards, against the outputs of reference kernels.

#include <fmt/format.h>

#include "apps/known_answer.h"
#include "apps/simulation.h"
#include "codegen/compile.h"
#include "tests/firmware/emulator.h"
#include "tests/models/networks.h"

namespace ingot::test {
namespace {

struct Case {
    std::string board;
    Network network;
};

class simulated_network : public testing::TestWithParam<Case> {};

TEST_P(simulated_network, computes_what_the_reference_computes) {
    const auto &[name, network] = GetParam();
    if (network.name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    const Board board = board_named(name);
    if (const auto missing = missing_compiler(board); !missing.empty()) GTEST_SKIP() << missing;

    codegen::CompileOptions options;
    options.isa = board.core.isa;
    const auto program = codegen::compile(network.path, options);
    ASSERT_TRUE(program) << to_string(program.error());
    for (int sample = 0; sample < 3; ++sample) {
        const auto input = golden_bytes(network, sample, "in", program->graph.inputs.size());
        if (input.empty()) break;  // Single layers have two samples.
        const auto run = cli::run_on_board(*program, board, input,
                                           {.installation = installation(),
                                            .cache = cache(),
                                            .processor = {.is_traffic_recorded = false}});
        ASSERT_TRUE(run) << to_string(run.error());
        EXPECT_EQ(run->results,
                  golden_bytes(network, sample, "ref_out", program->graph.outputs.size()))
            << "sample " << sample;
    }
}

// Instructions of an IT block that do not execute still issue, and both count them.
class counted_network : public testing::TestWithParam<Case> {};

TEST_P(counted_network, executes_as_many_instructions_as_in_the_emulator) {
    const auto &[name, network] = GetParam();
    if (network.name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    const Board board = board_named(name);
    if (const auto missing = missing_emulator(board); !missing.empty()) GTEST_SKIP() << missing;

    const codegen::Program program = compiled(network.path);
    const auto input = golden_bytes(network, 0, "in", program.graph.inputs.size());
    const cli::HostOptions here{.installation = installation(), .cache = cache()};
    const auto answer = cli::answer_to(program, input, here);
    ASSERT_TRUE(answer) << to_string(answer.error());
    const Told told = emulate(program, board, *answer);
    ASSERT_TRUE(told.words.contains("ticks")) << told.raw;

    const auto run = cli::run_on_board(program, board, input,
                                       {.installation = installation(),
                                        .cache = cache(),
                                        .processor = {.is_traffic_recorded = false}});
    ASSERT_TRUE(run) << to_string(run.error());
    // With -icount shift=0 an instruction takes a nanosecond; a tick is a cycle of the board.
    const double per_tick = board.clock_hz == 0 ? 1 : 1e9 / static_cast<double>(board.clock_hz);
    const double emulated = told.words.at("ticks") * per_tick;
    const auto simulated = static_cast<double>(run->report.instructions);
    EXPECT_NEAR(simulated, emulated, emulated * 0.001);
    fmt::print("{} on {}: {:.0f} instructions here, {:.0f} in the emulator, {:+.4f} %\n",
               network.name, name, simulated, emulated, (simulated / emulated - 1) * 100);
}

std::vector<Case> cases(const std::string &board) {
    std::vector<Case> found;
    for (const Network &network : networks()) found.push_back({board, network});
    return found;
}

std::vector<Case> whole_cases() {
    std::vector<Case> found;
    for (const char *board : {"cortex_m4", "cortex_m7", "cortex_m33", "rv32"}) {
        for (const Network &network : whole_networks()) found.push_back({board, network});
    }
    return found;
}

std::string name_of(const testing::TestParamInfo<Case> &info) {
    return info.param.network.name.empty() ? "absent" : info.param.network.name;
}

INSTANTIATE_TEST_SUITE_P(sim_cortex_m0plus, simulated_network,
                         testing::ValuesIn(cases("cortex_m0plus")), name_of);
INSTANTIATE_TEST_SUITE_P(sim_cortex_m4, simulated_network, testing::ValuesIn(cases("cortex_m4")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(sim_cortex_m7, simulated_network, testing::ValuesIn(cases("cortex_m7")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(sim_cortex_m33, simulated_network, testing::ValuesIn(cases("cortex_m33")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(sim_rv32, simulated_network, testing::ValuesIn(cases("rv32")), name_of);

std::string name_with_board(const testing::TestParamInfo<Case> &info) {
    return info.param.board + "_" + name_of(info);
}

INSTANTIATE_TEST_SUITE_P(counted, counted_network, testing::ValuesIn(whole_cases()),
                         name_with_board);

}  // namespace
}  // namespace ingot::test
