// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tables of positions between pixels, as Q21.10.

#include "tests/codegen/ops/images.h"

namespace ingot::test {
namespace {

using Table = std::vector<int32_t>;

TEST(resize_bilinear, takes_the_rounding_of_the_site) {
    const Graph graph = resize_graph(k_resize_bilinear, int8({2, 1, 2, 3}), int8({2, 2, 4, 3}));
    EXPECT_EQ(
        "input {2, 1, 2, 3}, output {2, 2, 4, 3}, rounding INGOT_ROUNDING_DOUBLE, rows {0, 0}, "
        "columns {0, 512, 1024, 1024}",
        params(lower(graph)));
    EXPECT_EQ("INGOT_ROUNDING_SINGLE", field(lower(graph, INGOT_ROUNDING_SINGLE), "rounding"));
    EXPECT_EQ(std::vector<TensorId>{0}, lower(graph)->inputs);
}

TEST(resize_bilinear, maps_corners_onto_corners_when_they_are_aligned) {
    EXPECT_EQ((Table{0, 341, 682, 1023}), columns(k_resize_bilinear, 2, 4, "align_corners"));
    EXPECT_EQ((Table{0, 2048, 4096}), columns(k_resize_bilinear, 5, 3, "align_corners"));
    EXPECT_EQ((Table{0}), columns(k_resize_bilinear, 5, 1, "align_corners"));
}

TEST(resize_bilinear, measures_from_the_centres_of_pixels_when_told_so) {
    EXPECT_EQ((Table{0, 256, 768, 1024}), columns(k_resize_bilinear, 2, 4, "half_pixel_centers"));
    EXPECT_EQ((Table{512, 2560}), columns(k_resize_bilinear, 4, 2, "half_pixel_centers"));
}

// 3 / 7 of 1024 is 438.86: position 4 would be 1755 if it were rounded by itself.
TEST(resize_bilinear, rounds_the_step_and_not_the_positions) {
    EXPECT_EQ((Table{0, 439, 878, 1317, 1756, 2048, 2048}), columns(k_resize_bilinear, 3, 7));
}

TEST(resize_bilinear, never_leaves_the_image) { expect_positions_inside(k_resize_bilinear, 1024); }

TEST(resize_bilinear, rejects_sizes_that_do_not_fit) {
    expect_wrong_sizes_rejected(k_resize_bilinear);
}

TEST(resize_bilinear, rejects_a_change_of_type_or_scale) {
    const Shape small = {1, 2, 2, 3}, large = {1, 4, 4, 3};
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(resize_graph(k_resize_bilinear, int8(small), tensor(Type::kUint8, large))));
    EXPECT_EQ(Code::kQuantizationWrong,
              fault_of(resize_graph(k_resize_bilinear, int8(small), int8(large, 0.25f))));
}

TEST(resize_bilinear, rejects_two_ways_to_measure_at_once) {
    const Settings both = {{"align_corners", 1}, {"half_pixel_centers", 1}};
    EXPECT_EQ(Code::kOperatorLimit, fault_of(resize_graph(k_resize_bilinear, int8({1, 2, 2, 1}),
                                                          int8({1, 4, 4, 1}), both)));
}

TEST(resize_bilinear, imports_its_options_from_the_fields_2_and_3) {
    EXPECT_EQ(&k_resize_bilinear, find_tflite("RESIZE_BILINEAR").op);
    EXPECT_EQ((Values{{"align_corners", 1}, {"half_pixel_centers", 0}}),
              imported("RESIZE_BILINEAR", {{2, 1}}));
    EXPECT_EQ((Values{{"align_corners", 0}, {"half_pixel_centers", 1}}),
              imported("RESIZE_BILINEAR", {{3, 1}}));
}

}  // namespace
}  // namespace ingot::test
