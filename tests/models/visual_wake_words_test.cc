// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The network that is half dead: what removing its constant channels saves, and that nobody can
// tell from its outputs.

#include <gtest/gtest.h>

#include <random>

#include "tests/models/networks.h"

namespace ingot::test {
namespace {

constexpr size_t kItems = 1000;

Network visual_wake_words() {
    for (const Network &network : networks()) {
        if (network.name == "mlperf_vww_int8") return network;
    }
    return {};
}

std::vector<uint8_t> random_bytes(size_t count) {
    std::mt19937 random(1);  // The engine's sequence is fixed by the C++ standard.
    std::vector<uint8_t> bytes(count);
    for (uint8_t &byte : bytes) byte = static_cast<uint8_t>(random() >> 24);
    return bytes;
}

TEST(visual_wake_words, computes_the_same_on_1000_inputs_without_its_constant_channels) {
    const Network network = visual_wake_words();
    if (network.name.empty()) GTEST_SKIP() << "INGOT_SHARED is not set";
    const codegen::Program whole = compiled(network.path, {.optional_passes = false});
    const codegen::Program lean = compiled(network.path);
    const auto input_bytes = cli::bytes_of(whole.graph, whole.graph.inputs);
    const std::vector<uint8_t> items = random_bytes(kItems * static_cast<size_t>(input_bytes));

    EXPECT_EQ(macs(whole), 7489664);
    EXPECT_LE(macs(lean), 3731093);
    EXPECT_LE(weight_bytes(lean), 34000);
    const std::vector<uint8_t> expected = run(whole, items);
    EXPECT_EQ(expected.size(), 2 * kItems);
    EXPECT_EQ(run(lean, items), expected);
}

}  // namespace
}  // namespace ingot::test
