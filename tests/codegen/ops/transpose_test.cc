// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Dimensions in another order: from the operand to a walk.

#include <algorithm>

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Graph permute(const Tensor &input, const std::vector<int32_t> &order, const Tensor &output) {
    return graph_of(k_transpose, {input, int32s(order)}, {output});
}

TEST(transpose, walks_the_input_in_the_order_of_the_output) {
    const auto lowered = lower(permute(int8({1, 5, 7, 3}), {0, 3, 1, 2}, int8({1, 3, 5, 7})));
    ASSERT_TRUE(lowered);
    EXPECT_EQ(0, integer(lowered, "offset"));
    EXPECT_EQ((Integers{3, 35}), integers(lowered, "input.extent"));
    EXPECT_EQ((Integers{1, 3}), integers(lowered, "input.stride"));
}

TEST(transpose, moves_every_element_for_every_order) {
    const Shape shape = {2, 3, 1, 4};
    const Tensor input = counting(Type::kInt32, shape);
    std::vector<int32_t> order = {0, 1, 2, 3};
    do {
        Shape turned;
        for (const int32_t d : order) turned.push_back(shape[d]);
        const Graph graph = permute(input, order, tensor(Type::kInt32, turned));
        const Tensor output = folded(graph);
        EXPECT_EQ(output.data, along_walk(lower(graph), input.data));
        for (int64_t i = 0; i < element_count(turned); ++i) {
            Shape at(4);
            int64_t rest = i;
            for (size_t d = 4; d-- > 0; rest /= turned[d]) at[order[d]] = rest % turned[d];
            const int32_t position = ((at[0] * 3 + at[1]) * 1 + at[2]) * 4 + at[3];
            EXPECT_EQ(position, elements<int32_t>(output)[i]);
        }
    } while (std::ranges::next_permutation(order).found);
}

TEST(transpose, refuses_what_is_no_order_of_the_dimensions) {
    const Tensor square = int8({2, 2});
    EXPECT_TRUE(lower(permute(square, {1, 0}, square)));
    for (const std::vector<int32_t> &order :
         std::vector<std::vector<int32_t>>{{0, 0}, {0, 2}, {-1, 0}, {INT32_MAX, INT32_MIN}}) {
        EXPECT_EQ(Code::kOperatorLimit, fault_of(permute(square, order, square)));
    }
    EXPECT_EQ(Code::kModelInconsistent, fault_of(permute(square, {0, 1, 2}, square)));
}

TEST(transpose, refuses_an_output_of_another_shape) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(permute(int8({2, 3}), {1, 0}, int8({2, 3}))));
}

TEST(transpose, refuses_an_order_that_is_computed) {
    const Graph graph =
        graph_of(k_transpose, {int8({2, 3}), tensor(Type::kInt32, {2})}, {int8({3, 2})});
    EXPECT_EQ(Code::kNotConstant, fault_of(graph));
}

TEST(transpose, is_known_to_tflite_by_its_name) {
    EXPECT_EQ(&k_transpose, find_tflite("TRANSPOSE").op);
}

}  // namespace
}  // namespace ingot::test
