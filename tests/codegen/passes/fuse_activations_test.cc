// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which activations become clamps, and which must stay.

#include <gmock/gmock.h>

#include "codegen/passes/passes.h"
#include "tests/codegen/passes/equivalence.h"
#include "tests/codegen/passes/network.h"

namespace ingot::test {
namespace {

constexpr Real kReal = {0.05f, -10};

TensorId table(Network &network, TensorId input, const std::string &function, Real real = kReal) {
    Attributes attributes;
    attributes.set("function", function);
    return network.node(k_lut, {input}, Shape(network.shape(input)), real, attributes);
}

// The graph with its activations folded, after a check that it computes the same.
Graph fused(const Network &network) {
    Graph graph = network.graph;
    fuse_activations(graph);
    expect_same(network.graph, graph);
    return graph;
}

LayerSpec pointwise() { return {.weights = {1, -2}, .bias = {30, -20}, .real = kReal}; }

struct Case {
    const char *function;
    int64_t activation;
};

class fuse_activations_of : public testing::TestWithParam<Case> {};

TEST_P(fuse_activations_of, this_function_sets_the_clamp) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1}, kReal);
    const TensorId y = table(network, network.conv2d(x, pointwise()), GetParam().function);
    network.output(y);

    const Graph graph = fused(network);
    ASSERT_EQ(graph.nodes.size(), 1u);
    EXPECT_EQ(graph.nodes[0].attributes.integer("activation"), GetParam().activation);
    EXPECT_EQ(graph.nodes[0].outputs[0], y);
}

INSTANTIATE_TEST_SUITE_P(all, fuse_activations_of,
                         testing::Values(Case{"relu", 1}, Case{"relu_n1_to_1", 2},
                                         Case{"relu6", 3}));

TEST(fuse_activations, folds_into_every_operator_that_clamps) {
    Attributes window;
    for (const char *name : {"stride_height", "stride_width", "window_height", "window_width"}) {
        window.set(name, int64_t{2});
    }
    for (const Operator *op : {&k_add, &k_sub, &k_mul, &k_average_pool, &k_max_pool}) {
        SCOPED_TRACE(op->name);
        const bool is_pool = op->name.ends_with("pool");
        Network network;
        const TensorId x = network.input({1, 4, 4, 1}, kReal);
        const TensorId y =
            is_pool ? network.node(*op, {x}, {1, 2, 2, 1}, kReal, window)
                    : network.node(*op, {x, network.constant({1}, {9})}, {1, 4, 4, 1}, kReal);
        network.output(table(network, y, "relu"));

        EXPECT_EQ(fused(network).nodes.size(), 1u);
    }
}

TEST(fuse_activations, folds_into_every_layer) {
    using Layer = TensorId (Network::*)(TensorId, const LayerSpec &);
    const Layer layers[] = {&Network::conv2d, &Network::depthwise_conv2d,
                            &Network::fully_connected};
    for (const Layer layer : layers) {
        Network network;
        const TensorId x = network.input({1, 1, 1, 1}, kReal);
        network.output(table(network, (network.*layer)(x, pointwise()), "relu"));

        EXPECT_EQ(fused(network).nodes.size(), 1u);
    }
}

TEST(fuse_activations, keeps_order_around_what_it_removes) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1}, kReal);
    const TensorId a = table(network, network.conv2d(x, pointwise()), "relu");
    const TensorId b = network.conv2d(a, {.weights = {1, 2}, .real = kReal});
    network.output(table(network, b, "relu6"));
    network.output(a);

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_activations, keeps_a_function_that_is_no_clamp) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1}, kReal);
    network.output(table(network, network.conv2d(x, pointwise()), "hard_swish"));

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_activations, keeps_a_relu_to_another_scale) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1}, kReal);
    network.output(table(network, network.conv2d(x, pointwise()), "relu", {0.02f, -10}));

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_activations, keeps_a_relu_when_others_read_what_is_before_it) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1}, kReal);
    const TensorId y = network.conv2d(x, pointwise());
    network.output(table(network, y, "relu"));
    network.output(table(network, y, "relu6"));

    EXPECT_EQ(fused(network).nodes.size(), 3u);
}

TEST(fuse_activations, keeps_a_relu_when_what_is_before_it_is_an_output) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1}, kReal);
    const TensorId y = network.conv2d(x, pointwise());
    network.output(table(network, y, "relu"));
    network.output(y);

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_activations, keeps_a_relu_behind_another_activation) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1}, kReal);
    LayerSpec clamped = pointwise();
    clamped.activation = kRelu6;
    network.output(table(network, network.conv2d(x, clamped), "relu"));

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

TEST(fuse_activations, keeps_a_relu_of_an_input_and_of_what_does_not_clamp) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1}, kReal);
    network.output(table(network, table(network, x, "relu"), "relu6"));

    EXPECT_EQ(fused(network).nodes.size(), 2u);
}

}  // namespace
}  // namespace ingot::test
