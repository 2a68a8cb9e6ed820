// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which channels go, which stay, and that the outputs cannot tell.

#include <gmock/gmock.h>

#include "codegen/passes/passes.h"
#include "codegen/read/read.h"
#include "tests/codegen/passes/equivalence.h"
#include "tests/codegen/passes/network.h"
#include "tests/codegen/passes/random_network.h"
#include "tests/support/shared_models.h"

namespace ingot::test {
namespace {

using testing::ElementsAre;

// The graph without its constant channels, after a check that it computes the same. Tensors keep
// their ids.
Graph shrunk(const Network &network) {
    Graph graph = network.graph;
    remove_constant_channels(graph);
    expect_same(network.graph, graph);
    return graph;
}

int channels(const Graph &graph, TensorId id) { return graph.tensors[id].shape.back(); }

// Operand `i` of the node that writes `output`.
const Tensor &operand(const Graph &graph, TensorId output, size_t i) {
    return graph.tensors[graph.nodes[producers(graph)[output]].inputs[i]];
}

std::vector<int8_t> weights(const Graph &graph, TensorId output) {
    const auto values = int8s(operand(graph, output, 1));
    return {values.begin(), values.end()};
}

std::vector<int64_t> bias(const Graph &graph, TensorId output) {
    return integers(operand(graph, output, 2));
}

TEST(remove_constant_channels, folds_a_channel_without_weights_into_the_next_bias) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 2});
    const TensorId y = network.conv2d(x, {.weights = {1, 2, 0, 0, 3, 4}, .bias = {7, 5, 8}});
    const TensorId z = network.conv2d(y, {.weights = {1, 10, 1}, .bias = {100}});
    network.output(z);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, y), 2);
    EXPECT_THAT(weights(graph, y), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(bias(graph, y), ElementsAre(7, 8));
    EXPECT_THAT(weights(graph, z), ElementsAre(1, 1));
    EXPECT_THAT(bias(graph, z), ElementsAre(100 + 10 * 5));
}

TEST(remove_constant_channels, makes_a_bias_where_there_was_none) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    const TensorId z = network.conv2d(y, {.weights = {1, 3}});
    network.output(z);

    EXPECT_THAT(bias(shrunk(network), z), ElementsAre(3 * 5));
}

TEST(remove_constant_channels, removes_what_a_clamp_always_stops) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId y = network.conv2d(
        x, {.weights = {1, 1}, .bias = {-126, -127}, .activation = kRelu});  // 127 - 126 = 1.
    network.output(network.conv2d(y, {.weights = {1, 1}}));

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, y), 1);
    EXPECT_THAT(bias(graph, y), ElementsAre(-126));
}

TEST(remove_constant_channels, removes_what_nobody_reads_and_what_only_that_reads) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId a = network.conv2d(x, {.weights = {1, 2, 3}});
    const TensorId b = network.depthwise_conv2d(
        a, {.weights = std::vector<int8_t>(27, 1), .window = 3, .padding = kSame});
    network.output(network.conv2d(b, {.weights = {1, 0, 2}}));

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, b), 2);
    EXPECT_THAT(weights(graph, a), ElementsAre(1, 3));
}

TEST(remove_constant_channels, keeps_a_constant_that_meets_padding) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    network.output(
        network.conv2d(y, {.weights = std::vector<int8_t>(18, 1), .window = 3, .padding = kSame}));

    EXPECT_EQ(channels(shrunk(network), y), 2);
}

TEST(remove_constant_channels, removes_a_zero_point_that_meets_padding) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId y = network.conv2d(
        x, {.weights = {1, 0}, .bias = {0, -5}, .activation = kRelu, .real = {1, -7}});
    const TensorId z =
        network.conv2d(y, {.weights = std::vector<int8_t>(18, 1), .window = 3, .padding = kSame});
    network.output(z);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, y), 1);
    EXPECT_THAT(weights(graph, z), ElementsAre(1, 1, 1, 1, 1, 1, 1, 1, 1));
}

TEST(remove_constant_channels, same_padding_that_pads_nothing_is_no_padding) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    network.output(network.conv2d(
        y, {.weights = std::vector<int8_t>(8, 1), .window = 2, .stride = 2, .padding = kSame}));

    EXPECT_EQ(channels(shrunk(network), y), 1);
}

TEST(remove_constant_channels, takes_constants_through_depthwise_without_padding) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId a = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    const TensorId b =
        network.depthwise_conv2d(a, {.weights = std::vector<int8_t>(18, 1), .window = 3});
    const TensorId c = network.conv2d(b, {.weights = {1, 2}});
    network.output(c);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, a), 1);
    EXPECT_EQ(operand(graph, b, 1).shape, (Shape{1, 3, 3, 1}));
    EXPECT_THAT(bias(graph, c), ElementsAre(2 * 9 * 5));
}

TEST(remove_constant_channels, a_clamp_can_hide_what_padding_does_to_a_constant) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId a = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    const TensorId b = network.depthwise_conv2d(a, {.weights = std::vector<int8_t>(18, 1),
                                                    .bias = {0, 6},  // 6 + 4 x 5 at the corners.
                                                    .window = 3,
                                                    .padding = kSame,
                                                    .activation = kRelu6});
    network.output(network.conv2d(b, {.weights = {1, 2}}));

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, a), 1);
    EXPECT_EQ(channels(graph, b), 1);
}

TEST(remove_constant_channels, depthwise_outputs_of_one_input_go_together) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 2});
    // Two outputs for each input: one without weights for the first, both for the second.
    const TensorId y = network.depthwise_conv2d(network.conv2d(x, {.weights = {1, 2, 3, 4}}),
                                                {.weights = {0, 1, 0, 0}, .bias = {1, 2, 3, 4}});
    network.output(network.conv2d(y, {.weights = {1, 2, 3, 4}}));

    EXPECT_EQ(channels(shrunk(network), y), 2);
}

TEST(remove_constant_channels, one_reader_can_hold_a_channel_for_all) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    network.output(network.conv2d(y, {.weights = {1, 2}}));
    network.output(
        network.conv2d(y, {.weights = std::vector<int8_t>(18, 1), .window = 3, .padding = kSame}));

    EXPECT_EQ(channels(shrunk(network), y), 2);
}

TEST(remove_constant_channels, a_reader_without_weights_for_a_channel_does_not_hold_it) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    network.output(network.conv2d(y, {.weights = {1, 2}}));
    network.output(
        network.conv2d(y, {.weights = {1, 0, 1, 0, 1, 0, 1, 0}, .window = 2, .padding = kSame}));

    EXPECT_EQ(channels(shrunk(network), y), 1);
}

TEST(remove_constant_channels, operands_and_sum_go_together) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    // Channel 0 is alive in both, 1 in one, 2 in none.
    const TensorId a = network.conv2d(x, {.weights = {1, 1, 0}, .bias = {0, 0, 4}});
    const TensorId b = network.conv2d(x, {.weights = {1, 0, 0}, .bias = {0, 3, 3}});
    const TensorId sum = network.node(k_add, {a, b}, {1, 2, 2, 3});
    const TensorId y = network.conv2d(sum, {.weights = {1, 1, 10}});
    network.output(y);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, a), 2);
    EXPECT_EQ(channels(graph, b), 2);
    EXPECT_EQ(channels(graph, sum), 2);
    EXPECT_THAT(bias(graph, y), ElementsAre(10 * (4 + 3)));
}

TEST(remove_constant_channels, constants_lose_channels_along_with_what_they_are_added_to) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId a = network.conv2d(x, {.weights = {1, 0, 2}});
    const TensorId offset = network.constant({3}, {10, 20, 30});
    const TensorId sum = network.node(k_add, {a, offset}, {1, 2, 2, 3});
    network.output(network.conv2d(sum, {.weights = {1, 2, 3}}));

    const Graph graph = shrunk(network);
    EXPECT_THAT(int8s(graph.tensors[offset]), ElementsAre(10, 30));
    EXPECT_EQ(graph.tensors[offset].shape, (Shape{2}));
}

TEST(remove_constant_channels, one_value_for_all_channels_stays) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId a = network.conv2d(x, {.weights = {1, 0, 2}});
    const TensorId scale = network.constant({1}, {2});
    const TensorId product = network.node(k_mul, {a, scale}, {1, 2, 2, 3});
    network.output(network.conv2d(product, {.weights = {1, 2, 3}}));

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, a), 2);
    EXPECT_EQ(channels(graph, scale), 1);
}

TEST(remove_constant_channels, goes_through_pooling_and_flattening) {
    Network network;
    const TensorId x = network.input({1, 4, 4, 1});
    const TensorId a = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    Attributes window;
    for (const char *name : {"stride_height", "stride_width", "window_height", "window_width"}) {
        window.set(name, int64_t{2});
    }
    window.set("padding", kValid);
    const TensorId pooled = network.node(k_average_pool, {a}, {1, 2, 2, 2}, {}, window);
    const TensorId flat = network.node(k_reshape, {pooled, network.constant_int32({1, 8})}, {1, 8});
    const TensorId y = network.fully_connected(flat, {.weights = {1, 2, 3, 4, 5, 6, 7, 8}});
    network.output(y);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, a), 1);
    EXPECT_EQ(graph.tensors[flat].shape, (Shape{1, 4}));
    EXPECT_THAT(weights(graph, y), ElementsAre(1, 3, 5, 7));
    EXPECT_THAT(bias(graph, y), ElementsAre(5 * (2 + 4 + 6 + 8)));
}

TEST(remove_constant_channels, a_fully_connected_layer_may_take_an_image) {
    Network network;
    const TensorId x = network.input({1, 1, 2, 1});
    const TensorId a = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    const TensorId y = network.fully_connected(a, {.weights = {1, 2, 3, 4}});
    network.output(y);

    EXPECT_THAT(weights(shrunk(network), y), ElementsAre(1, 3));
}

TEST(remove_constant_channels, goes_through_joined_channels) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId a = network.conv2d(x, {.weights = {0, 1}, .bias = {5, 0}});
    const TensorId b = network.conv2d(x, {.weights = {2, 0}, .bias = {0, 6}});
    Attributes axis;
    axis.set("axis", int64_t{3});
    const TensorId joined = network.node(k_concat, {a, b}, {1, 2, 2, 4}, {}, axis);
    const TensorId y = network.conv2d(joined, {.weights = {1, 2, 3, 4}});
    network.output(y);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, a), 1);
    EXPECT_EQ(channels(graph, b), 1);
    EXPECT_THAT(weights(graph, y), ElementsAre(2, 3));
    EXPECT_THAT(bias(graph, y), ElementsAre(5 + 4 * 6));
}

TEST(remove_constant_channels, keeps_the_shape_of_outputs) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 2});
    const TensorId y =
        network.conv2d(x, {.weights = {1, 1, 3, 4}, .bias = {0, -1000}, .activation = kRelu});
    network.output(y);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, y), 2);
    EXPECT_THAT(weights(graph, y), ElementsAre(1, 1, 0, 0)) << "a constant reads nothing";
}

TEST(remove_constant_channels, keeps_what_an_operator_mixes_that_is_no_layer) {
    Network network;
    const TensorId x = network.input({1, 1, 1, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0}, .bias = {0, 5}});
    Attributes beta;
    beta.set("beta", 1.0);
    network.output(network.node(k_softmax, {y}, {1, 1, 1, 2}, {1.0f / 256, -128}, beta));

    EXPECT_EQ(channels(shrunk(network), y), 2);
}

TEST(remove_constant_channels, leaves_a_channel_where_all_are_constant) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId y = network.conv2d(x, {.weights = {0, 0, 0}, .bias = {5, 6, 7}});
    const TensorId z = network.conv2d(y, {.weights = {1, 2, 3}});
    network.output(z);

    const Graph graph = shrunk(network);
    EXPECT_EQ(channels(graph, y), 1);
}

TEST(remove_constant_channels, slices_scales_per_channel) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0, 3}, .weight_scale = {1, 2, 4}});
    network.output(network.conv2d(y, {.weights = {1, 2, 3}}));

    const Graph graph = shrunk(network);
    const Quantization &sliced = operand(graph, y, 1).quantization;
    EXPECT_EQ(sliced, (Quantization{.scale = {1, 4}, .zero_point = {0, 0}, .axis = 0}));
}

TEST(remove_constant_channels, many_scales_of_a_fully_connected_layer_do_not_become_one) {
    // One scale alone is multiplied in float: 0.1f x 0.3f is another factor than in double.
    Network network;
    const TensorId x = network.input({1, 1}, {0.1f, 0});
    const TensorId y = network.fully_connected(
        x, {.weights = {100, 0, 0}, .real = {0.03f, 0}, .weight_scale = {0.3f, 1, 1}});
    network.output(network.fully_connected(y, {.weights = {1, 2, 3}}));

    EXPECT_EQ(channels(shrunk(network), y), 2);
}

TEST(remove_constant_channels, replaces_weights_that_others_share) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 2});
    const TensorId a = network.conv2d(x, {.weights = {0, 0, 1, 2}});
    const TensorId b = network.conv2d(x, {.weights = {0, 0, 1, 2}});
    network.graph.nodes[1].inputs = network.graph.nodes[0].inputs;
    network.output(network.conv2d(a, {.weights = {3, 4}}));
    network.output(b);

    const Graph graph = shrunk(network);
    EXPECT_EQ(weights(graph, a).size(), 2u);
    EXPECT_EQ(weights(graph, b).size(), 4u);
}

TEST(remove_constant_channels, changed_tensors_are_no_longer_the_models_own) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 0}});
    network.output(network.conv2d(y, {.weights = {1, 2}}));

    const Graph graph = shrunk(network);
    EXPECT_EQ(graph.tensors[x].source_index, x);
    EXPECT_EQ(graph.tensors[y].source_index, -1);
    EXPECT_EQ(operand(graph, y, 1).source_index, -1);
}

TEST(remove_constant_channels, touches_nothing_where_all_is_alive) {
    Network network;
    const TensorId x = network.input({1, 2, 2, 1});
    const TensorId y = network.conv2d(x, {.weights = {1, 2}});
    network.output(network.conv2d(y, {.weights = {1, 2}}));

    const Graph graph = shrunk(network);
    EXPECT_EQ(graph.tensors.size(), network.graph.tensors.size());
    EXPECT_EQ(graph.nodes[0].inputs, network.graph.nodes[0].inputs);
}

int64_t macs(const Graph &graph) {
    int64_t sum = 0;
    for (const Node &node : graph.nodes) sum += node.op->macs ? node.op->macs({graph, node}) : 0;
    return sum;
}

TEST(remove_constant_channels, never_changes_what_random_networks_compute) {
    int shrunk_count = 0;
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        const Network network = RandomNetwork(seed).network();
        Graph graph = network.graph;
        remove_constant_channels(graph);
        expect_same(network.graph, graph, seed);
        EXPECT_LE(macs(graph), macs(network.graph));
        shrunk_count += macs(graph) < macs(network.graph);
    }
    EXPECT_GT(shrunk_count, 200) << "too little is dead in these networks to try anything";
}

TEST(remove_constant_channels, finds_nothing_more_a_second_time) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        Graph once = RandomNetwork(seed).network().graph;
        remove_constant_channels(once);
        Graph twice = once;
        remove_constant_channels(twice);
        EXPECT_EQ(macs(once), macs(twice));
        EXPECT_EQ(once.tensors.size(), twice.tensors.size());
    }
}

// Of the constants that layers read: weights and biases.
int64_t weight_bytes(const Graph &graph) {
    int64_t sum = 0;
    for (const Node &node : graph.nodes) {
        for (size_t i = 1; node.op->macs && i < node.inputs.size(); ++i) {
            if (node.inputs[i] != kNoTensor) sum += graph.tensors[node.inputs[i]].data.size();
        }
    }
    return sum;
}

// Half of MLPerf Tiny's visual wake words network is dead.
TEST(remove_constant_channels, halves_visual_wake_words) {
    if (shared_models_folder().empty()) GTEST_SKIP() << "INGOT_SHARED does not name the models";
    auto model = read_model(shared_models_folder() + "/models/mlperf_vww_int8.tflite");
    ASSERT_TRUE(model);
    Graph graph = *model;
    remove_constant_channels(graph);

    // With a step of slack on either side for rounding, as others analyse it, 3'731'093 and 33'311
    // would be left. The arithmetic of the kernels itself needs none.
    EXPECT_EQ(macs(*model), 7'489'664);
    EXPECT_EQ(macs(graph), 3'727'313);
    EXPECT_EQ(weight_bytes(*model), 219'064);
    EXPECT_EQ(weight_bytes(graph), 33'122);
    expect_same(*model, graph);
}

}  // namespace
}  // namespace ingot::test
