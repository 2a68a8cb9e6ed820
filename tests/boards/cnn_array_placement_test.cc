// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of where kernels, biases and data lie.

#include "boards/machines/cnn_array_placement.h"

#include <gtest/gtest.h>

#include "tests/boards/cnn_rule_pairs.h"

namespace ingot::test {
namespace {

TEST(kernel_placement, begins_at_multiples_of_four_and_shares_words_of_other_processors) {
    CnnNetwork network = legal_network();
    network.layers[0].output_channels = 3;  // Three kernels, in words 0 to 2.
    network.layers[0].output_processors = 0x7;
    auto places = place_kernels(array(k0), network);
    EXPECT_EQ(places[0].start, 0);
    EXPECT_EQ(places[0].words, 3);
    EXPECT_EQ(places[1].words, 0);  // Without a convolution.
    EXPECT_EQ(places[2].start, 4);
    EXPECT_EQ(places[2].words, 8);

    network.layers[2].processors = 0xFF00;
    places = place_kernels(array(k0), network);
    EXPECT_EQ(places[2].start, 0);
}

TEST(kernel_placement, lets_layers_that_use_all_processors_go_first) {
    CnnNetwork network = legal_network();
    network.layers[2].input_channels = 64;
    network.layers[2].processors = first(64);
    const auto places = place_kernels(array(k0), network);
    EXPECT_EQ(places[2].start, 0);
    EXPECT_EQ(places[0].start, 8);
}

TEST(kernel_placement, takes_words_for_gaps_and_none_for_borrowed_weights) {
    CnnNetwork network = legal_network();
    network.layers[0].output_processors = 0xFF << 2;
    EXPECT_EQ(kernels_of(network, 0).words, 10);
    network.layers[2].weights_of = 0;
    EXPECT_EQ(place_kernels(array(k0), network)[2].words, 0);
}

TEST(kernel_placement, packs_narrow_weights) {
    CnnNetwork network = legal_network();
    network.layers[0].weight_bits = 2;
    EXPECT_EQ(kernels_of(network, 0).words, 2);
    network.layers[0].kernel = {1, 1};
    network.layers[0].pad = {0, 0};
    EXPECT_EQ(kernels_of(network, 0).words, 1);
}

TEST(kernel_placement, keeps_depthwise_kernels_in_one_part_of_the_memory) {
    CnnNetwork network = legal_network();
    CnnLayer &wide = network.layers[0];
    wide.output_channels = 1021;
    wide.output_processors = first(64);
    wide.kernel_start = 0;
    CnnLayer &depthwise = network.layers[2];
    depthwise.input_channels = depthwise.output_channels = depthwise.groups = 512;  // 8 words.
    depthwise.processors = depthwise.output_processors = first(64);
    EXPECT_EQ(kernels_of(network, 0).words, 1024);
    network.layers[0].output_channels = 1020;  // 1020 words would leave 4 in the first part.
    network.layers[0].output_processors = first(60);
    EXPECT_EQ(kernels_of(network, 0).words, 960);
    depthwise.kernel_start = 1020;
    EXPECT_TRUE(place_kernels(array(k2), network)[2].is_split);
    depthwise.kernel_start = 1024;
    EXPECT_FALSE(place_kernels(array(k2), network)[2].is_split);
}

TEST(bias_placement, fills_the_emptiest_quadrant_with_the_largest_first) {
    CnnNetwork network = legal_network();
    network.layers[1] = network.layers[0];
    network.layers[0].processors = 0x000F'000F;
    for (CnnLayer &layer : network.layers) layer.bias = CnnBias::kPresent;
    network.layers[0].output_channels = 10;
    network.layers[1].output_channels = 30;
    network.layers[2].output_channels = 15;
    EXPECT_EQ(place_biases(network, false), (CnnBiasUse{30, 25, 0, 0}));

    network.layers[2].bias = CnnBias::kUnknown;
    EXPECT_EQ(place_biases(network, false), (CnnBiasUse{30, 10, 0, 0}));
    EXPECT_EQ(place_biases(network, true), (CnnBiasUse{30, 25, 0, 0}));
    network.layers[1].bias_quadrants = {1};
    EXPECT_EQ(place_biases(network, false), (CnnBiasUse{10, 30, 0, 0}));
}

TEST(data_regions, follow_passes_operands_gaps_and_widths) {
    CnnNetwork network = legal_network();
    CnnLayer &layer = network.layers[0];
    layer.input_offset = 0x40;
    EXPECT_EQ(read_region(layer).start, 16);
    EXPECT_EQ(read_region(layer).end(), 16 + 256);
    EXPECT_EQ(read_region(layer).instances, 0x3u);
    layer.operands = 2;
    EXPECT_EQ(read_region(layer).words(), 512);
    layer.read_gap = 1;
    EXPECT_EQ(read_region(layer).end(), 16 + 1023);
    EXPECT_TRUE(read_region(layer).holds(18));
    EXPECT_FALSE(read_region(layer).holds(17));

    layer.write_gap = 2;
    EXPECT_EQ(written_region(network, 0).end(), 1024 + 255 * 3 + 1);
    layer.output_width = 32;
    EXPECT_EQ(written_region(network, 0).stride, 12);
    EXPECT_TRUE(written_region(network, 0).holds(1024 + 12 + 3));
    EXPECT_FALSE(written_region(network, 0).holds(1024 + 12 + 4));
}

TEST(data_regions, meet_only_in_words_and_instances_that_both_have) {
    const CnnRegion even{.instances = 0x3, .start = 0, .count = 8, .stride = 2};
    CnnRegion odd = even;
    odd.start = 1;
    EXPECT_TRUE(meet(even, even));
    EXPECT_FALSE(meet(even, odd));
    CnnRegion elsewhere = even;
    elsewhere.instances = 0x4;
    EXPECT_FALSE(meet(even, elsewhere));
}

TEST(data_regions, a_planar_word_holds_four_pixels) {
    CnnLayer layer = legal_network().layers[0];
    layer.is_planar = true;
    layer.input = {5, 5};
    EXPECT_EQ(read_region(layer).words(), 7);
}

TEST(overlap, a_pointwise_layer_may_write_over_what_it_has_just_read) {
    CnnNetwork network = legal_network();
    CnnLayer &layer = network.layers[0];
    layer.kernel = {1, 1};
    layer.pad = {0, 0};
    layer.output_offset = 0;
    EXPECT_EQ(overwritten_input(network, 0), std::nullopt);
    layer.output_offset = 4;  // The next pixel.
    EXPECT_TRUE(overwritten_input(network, 0));
    layer.output_offset = 0;
    layer.output_channels = 65;  // Two words for each that is read.
    EXPECT_TRUE(overwritten_input(network, 0));
    layer.pool = layer.pool_stride = {2, 2};  // But for four that are read.
    EXPECT_EQ(overwritten_input(network, 0), std::nullopt);
}

TEST(overlap, a_transposed_convolution_outruns_its_input) {
    CnnNetwork network = legal_network();
    CnnLayer &layer = network.layers[0];
    layer.operation = CnnOperation::kTransposedConv2d;
    layer.stride = {2, 2};
    layer.output_pad = {1, 1};
    layer.output_offset = 0;
    EXPECT_TRUE(overwritten_input(network, 0));
    layer.input_offset = 4 * 32 * 32;
    EXPECT_EQ(overwritten_input(network, 0), std::nullopt);
}

}  // namespace
}  // namespace ingot::test
