// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Instructions on a Cortex-M4, exact and the same on every machine, against those of the best
// bit-exact libraries; and the stack that the shipped image was seen to use.

#include "apps/bar.h"

#include <cstdlib>
#include <filesystem>

#include "apps/simulation.h"
#include "tests/firmware/emulator.h"
#include "tests/models/networks.h"

namespace ingot::test {
namespace {

constexpr double kLeastRatio = 1.1;  // Over all layers that the bar has.
constexpr int64_t kStackMax = 700;

std::string bar_path() {
    const char *shared = std::getenv("INGOT_SHARED");
    return shared ? std::string(shared) + "/facts/data/kernel_bar.csv" : "";
}

class bar : public testing::TestWithParam<const char *> {};

TEST_P(bar, is_cleared_by_every_layer_that_it_has) {
    const Board board = board_named("cortex_m4");
    if (const auto missing = missing_compiler(board); !missing.empty()) GTEST_SKIP() << missing;
    if (!std::filesystem::exists(bar_path())) GTEST_SKIP() << "there is no bar";
    const auto networks = test::networks();
    const auto network = std::ranges::find(networks, GetParam(), &Network::name);
    ASSERT_NE(network, networks.end());

    // The bar is about whole layers: no channel is left out of them.
    codegen::CompileOptions options;
    options.isa = board.core.isa;
    options.optional_passes = false;
    const codegen::Program program = compiled(network->path, options);
    const auto input = golden_bytes(*network, 0, "in", program.graph.inputs.size());
    const auto run = cli::run_on_board(program, board, input,
                                       {.installation = installation(),
                                        .cache = cache(),
                                        .processor = {.is_traffic_recorded = false}});
    ASSERT_TRUE(run) << to_string(run.error());

    const cli::Bar counts = cli::read_bar(bar_path(), "m4").value();
    int64_t ours = 0, others = 0;
    for (size_t i = 0; i < program.steps.size(); ++i) {
        const auto row = counts.find(cli::layer_shape(program, program.steps[i]));
        if (row == counts.end()) continue;
        EXPECT_LE(run->report.layers[i].instructions, row->second) << row->first;
        ours += run->report.layers[i].instructions;
        others += row->second;
    }
    ASSERT_GT(ours, 0);
    EXPECT_GE(static_cast<double>(others), kLeastRatio * static_cast<double>(ours));
}

TEST_P(bar, of_the_stack_is_cleared_by_the_image_that_ships) {
    const Board board = board_named("cortex_m4");
    if (const auto missing = missing_compiler(board); !missing.empty()) GTEST_SKIP() << missing;
    const auto networks = test::networks();
    const auto network = std::ranges::find(networks, GetParam(), &Network::name);
    if (network == networks.end()) GTEST_SKIP() << "INGOT_SHARED is not set";

    const codegen::Program program = compiled(network->path);
    const auto image = image_of(program, board, {.installation = installation(), .cache = cache()});
    const auto input = golden_bytes(*network, 0, "in", program.graph.inputs.size());
    const auto run = cli::run_on_board(program, board, input,
                                       {.installation = installation(),
                                        .cache = cache(),
                                        .processor = {.is_traffic_recorded = false}});
    ASSERT_TRUE(run) << to_string(run.error());
    EXPECT_LE(run->report.stack_bytes, image.stack_bytes);
    EXPECT_LE(image.stack_bytes, kStackMax);
}

INSTANTIATE_TEST_SUITE_P(networks, bar,
                         testing::Values("mlperf_ad01_int8", "mlperf_kws_int8",
                                         "mlperf_resnet8_int8", "mlperf_vww_int8"),
                         [](const auto &tested) { return std::string(tested.param); });

}  // namespace
}  // namespace ingot::test
