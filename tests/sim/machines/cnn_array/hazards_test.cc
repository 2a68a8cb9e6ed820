// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Layers that overwrite their own input, just in time and just too early.

#include "sim/machines/cnn_array/hazards.h"

#include <gmock/gmock.h>

namespace ingot::sim::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 4x4 pixels from word 100 on.
Layer layer_of(int32_t taps, int32_t pad) {
    return {.kind = Layer::Kind::kConvolution,
            .rows = 4,
            .columns = 4,
            .read_pointer = 100,
            .processors = 1,
            .kernels = 1,
            .pooled_rows = 4,
            .pooled_columns = 4,
            .row_pad = pad,
            .column_pad = pad,
            .tap_rows = taps,
            .tap_columns = taps,
            .outputs = 1,
            .output_rows = 4 + 2 * pad - taps + 1,
            .output_columns = 4 + 2 * pad - taps + 1};
}

TEST(early_overwrites, do_not_happen_when_each_pixel_replaces_itself) {
    Layer layer = layer_of(1, 0);
    layer.write_pointer = {100};
    EXPECT_THAT(early_overwrites(layer), IsEmpty());
    layer.write_pointer = {101};
    EXPECT_THAT(early_overwrites(layer), ElementsAre(HasSubstr("word 101 of instance 0")));
}

// The first output of a padded 3x3 convolution comes when pixel 5, in row 1 and column 1, is read.
TEST(early_overwrites, may_run_ahead_as_far_as_the_kernel_has_read) {
    Layer layer = layer_of(3, 1);
    layer.write_pointer = {104};
    EXPECT_THAT(early_overwrites(layer), IsEmpty());
    layer.write_pointer = {105};
    EXPECT_THAT(early_overwrites(layer), ElementsAre(HasSubstr("output pixel 3")));
}

TEST(early_overwrites, concern_instances_that_are_read) {
    Layer layer = layer_of(1, 0);
    layer.write_pointer = {1 << 13 | 101};
    EXPECT_THAT(early_overwrites(layer), IsEmpty());
    layer.processors = 0x11;
    EXPECT_THAT(early_overwrites(layer), ElementsAre(HasSubstr("instance 1")));
}

// A window's words are read until the last window that holds them.
TEST(early_overwrites, wait_for_overlapping_windows) {
    Layer layer = layer_of(1, 0);
    layer.pooling = {.kind = Pooling::Kind::kMaximum, .rows = 2, .columns = 2};
    layer.pooled_rows = layer.pooled_columns = layer.output_rows = layer.output_columns = 3;
    layer.write_pointer = {100};
    EXPECT_THAT(early_overwrites(layer), IsEmpty());
    layer.write_pointer = {104};  // Row 1 is read with row 0 and again with row 2.
    EXPECT_THAT(early_overwrites(layer), ElementsAre(HasSubstr("output pixel 0")));
}

TEST(early_overwrites, are_not_looked_for_in_rings) {
    Layer layer = layer_of(1, 0);
    layer.write_pointer = {101};
    layer.reads_ring = true;
    EXPECT_THAT(early_overwrites(layer), IsEmpty());
}

}  // namespace
}  // namespace ingot::sim::test
