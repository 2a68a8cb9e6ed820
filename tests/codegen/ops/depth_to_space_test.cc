// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Channels spread over blocks of pixels: from the block to params.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Graph spread(const Tensor &input, int64_t block, const Tensor &output) {
    return graph_of(k_depth_to_space, {input}, {output}, {{"block", block}});
}

TEST(depth_to_space, tells_the_kernel_the_block_and_the_image) {
    const auto lowered = lower(spread(int8({1, 2, 3, 8}), 2, int8({1, 4, 6, 2})));
    ASSERT_TRUE(lowered);
    EXPECT_EQ(1, integer(lowered, "element_bytes"));
    EXPECT_EQ(2, integer(lowered, "block"));
    EXPECT_EQ((Integers{1, 2, 3, 8}), integers(lowered, "input"));
}

TEST(depth_to_space, refuses_blocks_that_do_not_divide_the_channels) {
    const Tensor input = int8({1, 2, 2, 4});
    for (const int64_t block : {-1, 0, 3, 4, 1 << 16}) {
        EXPECT_EQ(Code::kOperatorLimit, fault_of(spread(input, block, input))) << block;
    }
}

TEST(depth_to_space, refuses_what_is_no_batch_of_images) {
    EXPECT_EQ(Code::kOperatorLimit, fault_of(spread(int8({2, 2, 4}), 2, int8({4, 4, 1}))));
}

TEST(depth_to_space, refuses_an_output_of_another_shape) {
    EXPECT_EQ(Code::kModelInconsistent,
              fault_of(spread(int8({1, 2, 2, 4}), 2, int8({1, 4, 4, 2}))));
}

TEST(depth_to_space, is_imported_with_its_block) {
    EXPECT_EQ(&k_depth_to_space, find_tflite("DEPTH_TO_SPACE").op);
    EXPECT_EQ((Values{{"block", 3}}), imported("DEPTH_TO_SPACE", {{0, 3}}));
}

}  // namespace
}  // namespace ingot::test
