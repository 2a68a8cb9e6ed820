// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// That ranges hold every value there is, and are no wider than they need to be.

#include "codegen/passes/channel_flow.h"

#include <gtest/gtest.h>

#include "tests/codegen/passes/equivalence.h"
#include "tests/codegen/passes/network.h"
#include "tests/codegen/passes/random_network.h"

namespace ingot::test {
namespace {

// Of every tensor's channels; constants of int8 are given the full range.
std::vector<Channels> ranges_of(const Graph &graph) {
    std::vector<Channels> tensors;
    for (const Tensor &tensor : graph.tensors) tensors.emplace_back(channel_count(tensor));
    for (const Node &node : graph.nodes) {
        const auto flow = flow_of({graph, node});
        if (!flow) continue;
        const std::vector<Interval> ranges = output_ranges(*flow, node, tensors);
        for (size_t o = 0; o < ranges.size(); ++o) tensors[node.outputs[0]][o].range = ranges[o];
    }
    return tensors;
}

TEST(channel_flow, ranges_hold_every_value_of_random_networks) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        const Graph graph = RandomNetwork(seed).network().graph;
        const std::vector<Channels> ranges = ranges_of(graph);
        const auto count = static_cast<size_t>(element_count(graph.tensors[0].shape));
        for (const Values &input : trial_inputs(count, seed)) {
            for (const ingot_rounding rounding : kRoundings) {
                const std::vector<Values> tensors = interpret(graph, input, rounding);
                for (size_t id = 0; id < tensors.size(); ++id) {
                    for (size_t i = 0; i < tensors[id].size(); ++i) {
                        const Interval &range = ranges[id][i % ranges[id].size()].range;
                        ASSERT_LE(range.low, tensors[id][i]) << graph.tensors[id].name;
                        ASSERT_GE(range.high, tensors[id][i]) << graph.tensors[id].name;
                    }
                }
            }
        }
    }
}

TEST(channel_flow, the_range_of_a_layer_is_attained_at_both_ends) {
    Network network;
    const TensorId x = network.input({1, 1, 1, 2}, {1, 3});
    const TensorId y = network.conv2d(
        x, {.weights = {50, -30}, .bias = {77}, .real = {1, -5}, .weight_scale = {0.0061f}});
    network.output(y);

    const Interval range = ranges_of(network.graph)[y][0].range;
    for (const ingot_rounding rounding : kRoundings) {
        EXPECT_EQ(outputs_of(network.graph, {-128, 127}, rounding)[0], range.low);
        EXPECT_EQ(outputs_of(network.graph, {127, -128}, rounding)[0], range.high);
    }
}

bool has_flow(const Network &network) {
    return flow_of({network.graph, network.graph.nodes.back()}).has_value();
}

TEST(channel_flow, grouped_convolutions_have_none) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 2});
    network.conv2d(x, {.weights = {1, 2, 3, 4}});
    EXPECT_TRUE(has_flow(network));
    Tensor &weights = network.graph.tensors[network.graph.nodes.back().inputs[1]];
    weights.shape = {2, 1, 1, 1};
    weights.data.resize(2);
    EXPECT_FALSE(has_flow(network));
}

TEST(channel_flow, weights_with_a_zero_point_have_none) {
    Network network;
    const TensorId x = network.input({1, 2});
    network.fully_connected(x, {.weights = {1, 2}});
    EXPECT_TRUE(has_flow(network));
    network.graph.tensors[network.graph.nodes.back().inputs[1]].quantization.zero_point = {5};
    EXPECT_FALSE(has_flow(network));
}

TEST(channel_flow, rows_that_cut_through_channels_have_none) {
    Network network;
    const TensorId x = network.input({1, 4});
    const TensorId y = network.fully_connected(x, {.weights = {1, 2, 3, 4}});
    network.graph.tensors[network.graph.nodes.back().inputs[1]].shape = {2, 2};
    network.graph.tensors[y].shape = {2, 2};
    EXPECT_FALSE(has_flow(network));
}

TEST(channel_flow, other_types_have_none) {
    Network network;
    const TensorId x = network.input({1, 4});
    const TensorId y = network.node(k_reshape, {x}, {4});
    EXPECT_TRUE(has_flow(network));
    network.graph.tensors[x].type = network.graph.tensors[y].type = Type::kUint8;
    EXPECT_FALSE(has_flow(network));
}

TEST(channel_flow, pads_of_channels_and_means_over_them_have_none) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 4});
    const TensorId edges = network.constant_int32({0, 0, 0, 0, 0, 0, 0, 1});
    network.graph.tensors[edges].shape = {4, 2};
    network.node(k_pad, {x, edges}, {1, 2, 2, 5});
    EXPECT_FALSE(has_flow(network));
    // Here the output has as many channels as the input, but they are its columns.
    const TensorId y = network.input({1, 2, 4, 4});
    network.node(k_mean, {y, network.constant_int32({-1})}, {1, 2, 4});
    EXPECT_FALSE(has_flow(network));
}

}  // namespace
}  // namespace ingot::test
