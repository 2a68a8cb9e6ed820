// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What layers take of memories, word for word, in layers made by hand.

#include "sim/machines/cnn_array/memory_use.h"

#include <gmock/gmock.h>

#include "boards/board.h"

namespace ingot::sim::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

CnnArray array_of(const char *board) { return find_board(board, INGOT_BOARDS)->cnn_array.value(); }

// 1x1 kernels of one weight for 2x2 pixels of 4 channels, from word 0 on; output in instance 1.
Layer layer_of() {
    return {.kind = Layer::Kind::kConvolution,
            .rows = 2,
            .columns = 2,
            .processors = 0xf,
            .kernels = 0xf,
            .pooled_rows = 2,
            .pooled_columns = 2,
            .outputs = 1,
            .output_rows = 2,
            .output_columns = 2,
            .write_pointer = {1 << 13},
            .group_offset = 1 << 13};
}

std::vector<int64_t> words_of(const std::vector<bool> &set) {
    std::vector<int64_t> words;
    for (size_t i = 0; i < set.size(); ++i) {
        if (set[i]) words.push_back(static_cast<int64_t>(i));
    }
    return words;
}

// The only instance of which any word is in the set.
std::vector<int64_t> words_of(const WordSets &sets, size_t instance) {
    for (size_t i = 0; i < sets.size(); ++i) {
        if (i == instance) continue;
        EXPECT_THAT(words_of(sets[i]), IsEmpty()) << i;
    }
    return words_of(sets[instance]);
}

TEST(memory_use, is_a_word_for_each_pixel) {
    const CnnArray array = array_of("max78000");
    EXPECT_THAT(words_of(words_read(layer_of(), array), 0), ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(words_of(words_written(layer_of(), array), 1), ElementsAre(0, 1, 2, 3));
}

TEST(memory_use, leaves_out_what_pooling_skips) {
    Layer layer = layer_of();
    layer.rows = layer.columns = 4;
    layer.pooling = {.kind = Pooling::Kind::kMaximum, .stride = 3};
    EXPECT_THAT(words_of(words_read(layer, array_of("max78000")), 0), ElementsAre(0, 3, 12, 15));
}

TEST(memory_use, leaves_out_gaps) {
    Layer layer = layer_of();
    layer.read_gap = 2;
    layer.passes = 2;
    layer.write_gap = 1;
    const CnnArray array = array_of("max78002");
    layer.pointer_bits = 15;
    layer.write_pointer = {2 << 15 | 7};
    EXPECT_THAT(words_of(words_read(layer, array), 0), ElementsAre(0, 3, 6, 9, 12, 15, 18, 21));
    EXPECT_THAT(words_of(words_written(layer, array), 2), ElementsAre(7, 9, 11, 13));
}

TEST(memory_use, is_four_pixels_to_a_word_of_planar_input) {
    Layer layer = layer_of();
    layer.is_planar = true;
    EXPECT_THAT(words_of(words_read(layer, array_of("max78000")), 0), ElementsAre(0));
}

TEST(memory_use, is_a_word_for_each_wide_output) {
    Layer layer = layer_of();
    layer.is_wide = true;
    layer.outputs = layer.outputs_per_pass = 2;
    EXPECT_THAT(words_of(words_written(layer, array_of("max78000")), 1),
                ElementsAre(0, 1, 4, 5, 8, 9, 12, 13));
}

// 9 kernels of 8 bits to a word of 9 bytes; the tenth lies in the next.
TEST(memory_use, counts_kernel_words_that_are_begun) {
    const CnnArray array = array_of("max78000");
    Layer layer = layer_of();
    layer.outputs = layer.outputs_per_pass = 9;
    layer.kernel_start = 8 * 18;
    EXPECT_THAT(words_of(kernel_words_used(layer, array)[3]), ElementsAre(2));
    layer.outputs = layer.outputs_per_pass = 10;
    EXPECT_THAT(words_of(kernel_words_used(layer, array)[3]), ElementsAre(2, 3));
    EXPECT_THAT(words_of(kernel_words_used(layer, array)[4]), IsEmpty());
    layer.tap_rows = layer.tap_columns = 3;
    layer.kernel_start = 8 * 5;
    layer.weight_bits = 4;  // Two kernels to a word.
    EXPECT_THAT(words_of(kernel_words_used(layer, array)[0]), ElementsAre(5, 6, 7, 8, 9));
}

// Parts begin every 1024 words; five outputs have two kernels in the first and one in the others.
TEST(memory_use, is_in_four_parts_in_x4_mode) {
    Layer layer = layer_of();
    layer.is_x4 = true;
    layer.tap_rows = layer.tap_columns = 3;
    layer.outputs = layer.outputs_per_pass = 5;
    EXPECT_THAT(words_of(kernel_words_used(layer, array_of("max78002"))[0]),
                ElementsAre(0, 1, 1024, 2048, 3072));
}

TEST(memory_use, has_no_kernels_where_none_are_read) {
    const CnnArray array = array_of("max78002");
    Layer layer = layer_of();
    layer.is_bypassed = true;
    EXPECT_THAT(words_of(kernel_words_used(layer, array)[0]), IsEmpty());
    layer = layer_of();
    layer.kind = Layer::Kind::kPassThrough;
    EXPECT_THAT(words_of(kernel_words_used(layer, array)[0]), IsEmpty());
}

TEST(memory_use, is_drawn_and_told_in_ranges) {
    Layer layer = layer_of();
    layer.rows = layer.pooled_rows = layer.output_rows = 16;
    layer.columns = layer.pooled_columns = layer.output_columns = 32;
    layer.processors = 0x3f;
    layer.kernels = 0x3f;
    layer.write_pointer = {1 << 13 | 512};
    layer.outputs = layer.outputs_per_pass = 8;
    const LayerPlaces places = places_of(layer, array_of("max78000"));
    EXPECT_EQ(places.instances, "rbw.............");
    EXPECT_EQ(places.words, "rrww............................");
    ASSERT_EQ(places.read->size(), 1u);
    EXPECT_THAT(places.read->front().units, ElementsAre(0, 1));
    EXPECT_EQ(places.read->front().last_word, 511);
    ASSERT_EQ(places.written->size(), 1u);
    EXPECT_THAT(places.written->front().units, ElementsAre(1, 2));
    EXPECT_EQ(places.written->front().first_word, 512);
    EXPECT_EQ(places.written->front().last_word, 1023);
    EXPECT_EQ(places.written->front().words, 512);
    ASSERT_EQ(places.kernels.size(), 1u);
    EXPECT_THAT(places.kernels.front().units, ElementsAre(0, 1, 2, 3, 4, 5));
    EXPECT_EQ(places.kernels.front().words, 1);
}

TEST(memory_use, tells_instances_with_other_words_apart) {
    Layer layer = layer_of();
    layer.outputs = layer.outputs_per_pass = 8;
    layer.group_offset = (1 << 13) + 10;
    const LayerPlaces places = places_of(layer, array_of("max78000"));
    ASSERT_EQ(places.written->size(), 2u);
    EXPECT_EQ(places.written->front().first_word, 0);
    EXPECT_EQ(places.written->back().first_word, 10);
}

TEST(memory_use, is_not_told_of_rings) {
    Layer layer = layer_of();
    layer.reads_ring = true;
    const LayerPlaces places = places_of(layer, array_of("max78000"));
    EXPECT_FALSE(places.read.has_value());
    EXPECT_TRUE(places.written.has_value());
    EXPECT_EQ(places.instances, ".w..............");
    layer.writes_ring = true;
    EXPECT_FALSE(places_of(layer, array_of("max78000")).written.has_value());
}

TEST(memory_use, is_nothing_where_a_layer_is_idle) {
    const LayerPlaces places = places_of({.is_idle = true}, array_of("max78000"));
    EXPECT_THAT(*places.read, IsEmpty());
    EXPECT_THAT(*places.written, IsEmpty());
    EXPECT_THAT(places.kernels, IsEmpty());
    EXPECT_EQ(places.instances, "................");
}

TEST(memory_use, counts_words_that_layers_share_once) {
    const CnnArray array = array_of("max78002");
    std::vector<Layer> layers(3, layer_of());
    layers[2].kernel_start = 8 * 9 * 7;
    const AcceleratorMemory memory = memory_of(layers, array);
    EXPECT_EQ(memory.data_words, 20480);
    EXPECT_EQ(memory.kernel_words, 4096);
    EXPECT_EQ(memory.first_kernel_words, 5120);
    ASSERT_EQ(memory.kernel_words_used.size(), 64u);
    EXPECT_EQ(memory.kernel_words_used[3], 2);
    EXPECT_EQ(memory.kernel_words_used[4], 0);
}

}  // namespace
}  // namespace ingot::sim::test
