// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which pads become windows that hang over the edge, and which must stay.

#include <gmock/gmock.h>

#include "codegen/passes/passes.h"
#include "tests/codegen/passes/equivalence.h"
#include "tests/codegen/passes/network.h"

namespace ingot::test {
namespace {

constexpr Real kReal = {1, -10};
const LayerSpec kConv = {.weights = {1, 2, 3, 4, 5, 6, 7, 8, 9}, .window = 3, .real = {4, 3}};

// Before and after each of [batches][height][width][channels].
using Edges = std::vector<int32_t>;

TensorId pad(Network &network, TensorId input, const Edges &edges) {
    const TensorId operand = network.constant_int32(edges);
    network.graph.tensors[operand].shape = {4, 2};
    Shape shape = network.shape(input);
    for (size_t d = 0; d < shape.size(); ++d) shape[d] += edges[2 * d] + edges[2 * d + 1];
    return network.node(k_pad, {input, operand}, shape, kReal);
}

// The graph with its pads folded, after a check that it computes the same.
Graph fused(const Network &network) {
    Graph graph = network.graph;
    fuse_padding(graph);
    expect_same(network.graph, graph);
    return graph;
}

const Edges kAround = {0, 0, 1, 1, 1, 1, 0, 0};

TEST(fuse_padding, folds_into_a_convolution) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    network.output(network.conv2d(pad(network, x, kAround), kConv));

    const Graph graph = fused(network);
    ASSERT_EQ(graph.nodes.size(), 1u);
    EXPECT_EQ(graph.nodes[0].inputs[0], x);
}

TEST(fuse_padding, folds_edges_of_any_width) {
    for (const int32_t top : {0, 1, 2, 3}) {
        for (const int32_t right : {0, 1, 2, 4}) {
            SCOPED_TRACE(testing::Message() << "top " << top << ", right " << right);
            Network network;
            const TensorId x = network.input({1, 5, 6, 1}, kReal);
            LayerSpec strided = kConv;
            strided.stride = 2;
            const TensorId padded = pad(network, x, {0, 0, top, 1, 0, right, 0, 0});
            network.output(network.depthwise_conv2d(padded, strided));

            EXPECT_EQ(fused(network).nodes.size(), 1u);
        }
    }
}

TEST(fuse_padding, folds_into_all_readers_or_none) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    const TensorId padded = pad(network, x, kAround);
    network.output(network.conv2d(padded, kConv));
    network.output(network.depthwise_conv2d(padded, kConv));
    EXPECT_EQ(fused(network).nodes.size(), 2u);

    network.output(network.fully_connected(padded, {.weights = std::vector<int8_t>(36, 1)}));
    EXPECT_EQ(fused(network).nodes.size(), 4u);
}

TEST(fuse_padding, keeps_a_pad_with_another_value) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    const TensorId padded = pad(network, x, kAround);
    network.graph.nodes.back().inputs.push_back(network.constant({1}, {-9}, kReal));
    network.output(network.conv2d(padded, kConv));

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_padding, keeps_a_pad_that_is_an_output) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    const TensorId padded = pad(network, x, kAround);
    network.output(network.conv2d(padded, kConv));
    network.output(padded);

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_padding, keeps_a_pad_of_channels) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    const TensorId padded = pad(network, x, {0, 0, 0, 0, 0, 0, 0, 1});
    network.output(network.conv2d(padded, {.weights = {1, 2}}));

    Graph graph = network.graph;
    fuse_padding(graph);
    EXPECT_EQ(graph.nodes.size(), 2u);
}

TEST(fuse_padding, keeps_a_pad_before_a_layer_that_pads_too) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    LayerSpec same = kConv;
    same.padding = kSame;
    network.output(network.conv2d(pad(network, x, kAround), same));

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_padding, what_it_leaves_still_holds_constants_that_meet_padding) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    const TensorId y = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}, .real = kReal});
    const TensorId padded = pad(network, y, {0, 0, 0, 1, 0, 1, 0, 0});  // Bottom and right alone.
    network.output(network.conv2d(padded, {.weights = std::vector<int8_t>(8, 1), .window = 2}));

    Graph graph = fused(network);
    ASSERT_EQ(graph.nodes.size(), 2u);
    remove_constant_channels(graph);
    expect_same(network.graph, graph);
    EXPECT_EQ(graph.tensors[y].shape[3], 2);
}

}  // namespace
}  // namespace ingot::test
