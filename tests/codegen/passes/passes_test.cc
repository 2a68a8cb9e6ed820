// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of optional passes, and all of them together.

#include "codegen/passes/passes.h"

#include <gmock/gmock.h>

#include "tests/codegen/passes/equivalence.h"
#include "tests/codegen/passes/random_network.h"

namespace ingot::test {
namespace {

TEST(optional_passes, run_in_this_order) {
    std::vector<std::string_view> names;
    for (const Pass &pass : optional_passes()) names.push_back(pass.name);
    EXPECT_THAT(names, testing::ElementsAre("fuse_activations", "fuse_padding",
                                            "remove_constant_channels"));
}

TEST(optional_passes, each_has_a_sentence) {
    for (const Pass &pass : optional_passes())
        EXPECT_TRUE(pass.sentence.ends_with(".")) << pass.name;
}

TEST(optional_passes, together_never_change_what_random_networks_compute) {
    for (unsigned seed = 1000; seed < 1100; ++seed) {
        SCOPED_TRACE(seed);
        const Network network = RandomNetwork(seed).network();
        Graph graph = network.graph;
        for (const Pass &pass : optional_passes()) pass.run(graph);
        expect_same(network.graph, graph, seed);
    }
}

}  // namespace
}  // namespace ingot::test
