// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Real networks and single layers against the outputs of reference kernels, to the bit.

#include "tests/models/networks.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "base/npy.h"

namespace ingot::test {
namespace {

using codegen::TensorId;

class network : public testing::TestWithParam<Network> {
protected:
    void SetUp() override {
        if (GetParam().name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    }

    // Every sample's outputs, as many as there are.
    void expect_golden_outputs(const codegen::Program &program) const {
        int samples = 0;
        for (;; ++samples) {
            const auto input = golden_bytes(GetParam(), samples, "in", program.graph.inputs.size());
            if (input.empty()) break;
            const auto expected =
                golden_bytes(GetParam(), samples, "ref_out", program.graph.outputs.size());
            EXPECT_EQ(run(program, input), expected) << "sample " << samples;
        }
        EXPECT_GE(samples, 2);
    }
};

TEST_P(network, computes_what_the_reference_computes) {
    expect_golden_outputs(compiled(GetParam().path));
}

TEST_P(network, computes_the_same_without_passes) {
    expect_golden_outputs(compiled(GetParam().path, {.optional_passes = false}));
}

// Where each of the network's tensors is computed, by its index in the source model.
int compare_inner_tensors(const Network &network, const codegen::Program &program,
                          std::span<const uint8_t> results) {
    const std::vector<TensorId> storage = codegen::storage_of(program.graph);
    int compared = 0;
    size_t at = 0;
    for (const TensorId computed : cli::result_tensors(program, cli::Wanted::kLayers)) {
        const auto bytes = static_cast<size_t>(program.graph.tensors[computed].bytes());
        const std::vector<uint8_t> found(results.begin() + at, results.begin() + at + bytes);
        at += bytes;
        for (size_t id = 0; id < storage.size(); ++id) {
            if (storage[id] != computed) continue;
            const int index = program.graph.tensors[id].source_index;
            const auto golden =
                read_npy(fmt::format("{}/tensors/s1_t{}.npy", network.golden, index));
            if (!golden) continue;
            EXPECT_EQ(found, golden->data) << "tensor " << index;
            ++compared;
        }
    }
    return compared;
}

class whole_network : public network {};

TEST_P(whole_network, computes_every_inner_tensor_of_the_reference) {
    const codegen::Program program = compiled(GetParam().path, {.optional_passes = false});
    const auto input = golden_bytes(GetParam(), 1, "in", program.graph.inputs.size());
    const auto results = run(program, input, cli::Wanted::kLayers);
    EXPECT_GE(compare_inner_tensors(GetParam(), program, results),
              static_cast<int>(program.steps.size()));
}

TEST_P(network, has_an_arena_that_is_proven_least) {
    const codegen::Program program = compiled(GetParam().path);
    EXPECT_TRUE(program.plan.is_optimal);
    EXPECT_EQ(program.plan.arena_bytes, program.plan.lower_bound_bytes);
}

std::string name_of(const testing::TestParamInfo<Network> &info) {
    return info.param.name.empty() ? "absent" : info.param.name;
}

INSTANTIATE_TEST_SUITE_P(real, network, testing::ValuesIn(networks()), name_of);
INSTANTIATE_TEST_SUITE_P(real, whole_network, testing::ValuesIn(whole_networks()), name_of);

// Arenas that are known to be the least for these networks' order of layers, without overlap of a
// layer's input and output. Source: the live-set bound, which a plan meets.
TEST(networks, have_the_arenas_of_their_live_set_bounds) {
    const std::map<std::string, int64_t> arenas = {{"mlperf_ad01_int8", 768},
                                                   {"mlperf_kws_int8", 16000},
                                                   {"mlperf_resnet8_int8", 49152},
                                                   {"mlperf_vww_int8", 55296}};
    size_t found = 0;
    for (const Network &network : networks()) {
        const auto arena = arenas.find(network.name);
        if (arena == arenas.end()) continue;
        EXPECT_EQ(compiled(network.path).plan.arena_bytes, arena->second) << network.name;
        ++found;
    }
    if (found == 0) GTEST_SKIP() << "INGOT_SHARED is not set";
    EXPECT_EQ(found, arenas.size());
}

}  // namespace
}  // namespace ingot::test
