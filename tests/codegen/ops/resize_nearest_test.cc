// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tables of nearest pixels.

#include "tests/codegen/ops/images.h"

namespace ingot::test {
namespace {

using Table = std::vector<int32_t>;

TEST(resize_nearest, copies_pixels_of_any_type) {
    const auto call = lower(resize_graph(k_resize_nearest, tensor(Type::kInt16, {2, 1, 2, 3}),
                                         tensor(Type::kInt16, {2, 2, 4, 3})));
    EXPECT_EQ(
        "element_bytes 2, input {2, 1, 2, 3}, output {2, 2, 4, 3}, rows {0, 0}, "
        "columns {0, 0, 1, 1}",
        params(call));
    EXPECT_EQ(std::vector<TensorId>{0}, call->inputs);
}

TEST(resize_nearest, rounds_down_unless_told_otherwise) {
    EXPECT_EQ((Table{0, 0, 1, 1, 2}), columns(k_resize_nearest, 3, 5));
    EXPECT_EQ((Table{0, 1, 3}), columns(k_resize_nearest, 5, 3));
}

TEST(resize_nearest, maps_corners_onto_corners_when_they_are_aligned) {
    EXPECT_EQ((Table{0, 1, 1, 2, 2}), columns(k_resize_nearest, 3, 5, "align_corners"));
    EXPECT_EQ((Table{0, 2, 4}), columns(k_resize_nearest, 5, 3, "align_corners"));
    EXPECT_EQ((Table{0}), columns(k_resize_nearest, 5, 1, "align_corners"));
}

TEST(resize_nearest, measures_from_the_centres_of_pixels_when_told_so) {
    EXPECT_EQ((Table{0, 0, 1, 2, 2}), columns(k_resize_nearest, 3, 5, "half_pixel_centers"));
    EXPECT_EQ((Table{0, 2, 4}), columns(k_resize_nearest, 5, 3, "half_pixel_centers"));
}

TEST(resize_nearest, stops_at_the_last_pixel_when_both_options_push_beyond_it) {
    const Settings both = {{"align_corners", 1}, {"half_pixel_centers", 1}};
    const Tensor image = int8({1, 1, 3, 1});
    EXPECT_EQ((Table{1, 2, 2}),
              table(lower(resize_graph(k_resize_nearest, image, image, both)), "columns"));
}

// 11 x 26 / 22 is 13, but as floats 26 / 22 is a little less than it should be.
TEST(resize_nearest, decides_in_float_like_the_reference) {
    EXPECT_EQ(12, columns(k_resize_nearest, 26, 22)[11]);
}

TEST(resize_nearest, never_leaves_the_image) { expect_positions_inside(k_resize_nearest, 1); }

TEST(resize_nearest, rejects_sizes_that_do_not_fit) {
    expect_wrong_sizes_rejected(k_resize_nearest);
}

TEST(resize_nearest, rejects_a_change_of_type_or_scale) {
    const Shape small = {1, 2, 2, 3}, large = {1, 4, 4, 3};
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(resize_graph(k_resize_nearest, int8(small), tensor(Type::kUint8, large))));
    EXPECT_EQ(Code::kQuantizationWrong,
              fault_of(resize_graph(k_resize_nearest, int8(small), int8(large, 0.25f))));
}

TEST(resize_nearest, imports_its_options_from_the_fields_0_and_1) {
    EXPECT_EQ(&k_resize_nearest, find_tflite("RESIZE_NEAREST_NEIGHBOR").op);
    EXPECT_EQ((Values{{"align_corners", 1}, {"half_pixel_centers", 0}}),
              imported("RESIZE_NEAREST_NEIGHBOR", {{0, 1}}));
    EXPECT_EQ((Values{{"align_corners", 0}, {"half_pixel_centers", 1}}),
              imported("RESIZE_NEAREST_NEIGHBOR", {{1, 1}}));
}

}  // namespace
}  // namespace ingot::test
