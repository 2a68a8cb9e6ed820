// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Boxes: from operands to a walk.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Graph box(const Tensor &input, const std::vector<int32_t> &begin, const std::vector<int32_t> &size,
          const Tensor &output) {
    return graph_of(k_slice, {input, int32s(begin), int32s(size)}, {output});
}

TEST(slice, walks_the_box_in_as_few_loops_as_it_can) {
    const auto lowered = lower(box(int8({2, 3, 4}), {0, 1, 0}, {2, 2, -1}, int8({2, 2, 4})));
    ASSERT_TRUE(lowered);
    EXPECT_EQ(1, integer(lowered, "element_bytes"));
    EXPECT_EQ(4, integer(lowered, "offset"));
    EXPECT_EQ((Integers{2, 8}), integers(lowered, "input.extent"));
    EXPECT_EQ((Integers{12, 1}), integers(lowered, "input.stride"));
    EXPECT_EQ(std::vector<TensorId>{0}, lowered->inputs);
    EXPECT_EQ(std::vector<TensorId>{3}, lowered->outputs);
}

TEST(slice, moves_elements_of_any_type_of_whole_bytes) {
    for (const Type type : {Type::kBool, Type::kInt16, Type::kFloat32, Type::kInt64}) {
        const Tensor input = counting(type, {2, 5});
        const Graph graph = box(input, {1, 2}, {1, 2}, tensor(type, {1, 2}));
        const Bytes expected(input.data.begin() + 7 * element_bytes(type),
                             input.data.begin() + 9 * element_bytes(type));
        EXPECT_EQ(expected, folded(graph).data);
        EXPECT_EQ(expected, along_walk(lower(graph), input.data));
    }
}

TEST(slice, reads_operands_of_64_bits) {
    const Graph graph = graph_of(k_slice,
                                 {int8({9}), constant<int64_t>(Type::kInt64, {1}, {3}),
                                  constant<int64_t>(Type::kInt64, {1}, {4})},
                                 {int8({4})});
    EXPECT_EQ(3, integer(lower(graph), "offset"));
}

TEST(slice, is_not_folded_where_the_input_is_computed) {
    EXPECT_TRUE(folded(box(int8({9}), {3}, {4}, int8({4}))).data.empty());
}

TEST(slice, refuses_boxes_that_reach_outside) {
    struct Box {
        int32_t begin, size;
    };
    const Box outside[] = {{-1, 2}, {10, 1},  {9, 2},         {0, 11},        {0, 0},
                           {0, -2}, {10, -1}, {1, INT32_MAX}, {INT32_MAX, 1}, {INT32_MIN, -1}};
    EXPECT_TRUE(lower(box(int8({10}), {9}, {1}, int8({1}))));
    for (const auto &[begin, size] : outside) {
        EXPECT_EQ(Code::kOperatorLimit, fault_of(box(int8({10}), {begin}, {size}, int8({1}))))
            << begin << ", " << size;
    }
}

TEST(slice, refuses_an_output_of_another_shape) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(box(int8({10}), {0}, {4}, int8({5}))));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(box(int8({10}), {0}, {4}, int8({4, 1}))));
}

TEST(slice, refuses_operands_of_another_length) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(box(int8({10}), {0, 0}, {4}, int8({4}))));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(box(int8({10}), {0}, {4, 1}, int8({4}))));
}

TEST(slice, refuses_operands_that_are_computed) {
    const Graph graph =
        graph_of(k_slice, {int8({10}), tensor(Type::kInt32, {1}), int32s({4})}, {int8({4})});
    EXPECT_EQ(Code::kNotConstant, fault_of(graph));
}

TEST(slice, refuses_to_change_the_type_or_the_scale) {
    const auto to = [](const Tensor &output) { return fault_of(box(int8({9}), {0}, {4}, output)); };
    EXPECT_EQ(Code::kTypeNotExecutable, to(tensor(Type::kInt16, {4})));
    EXPECT_EQ(Code::kQuantizationWrong, to(int8({4}, 0.25f, -3)));
    EXPECT_EQ(Code::kQuantizationWrong, to(int8({4}, 0.5f, 0)));
    const Tensor nibbles = tensor(Type::kInt4, {9});
    EXPECT_EQ(Code::kTypeNotExecutable, fault_of(box(nibbles, {0}, {4}, tensor(Type::kInt4, {4}))));
}

TEST(slice, refuses_more_loops_than_a_kernel_has) {
    const Shape deep(8, 3);
    const std::vector<int32_t> begin(8, 0), size(8, 2);
    EXPECT_EQ(Code::kOperatorLimit, fault_of(box(int8(deep), begin, size, int8(Shape(8, 2)))));
    const std::vector<int32_t> whole = {2, 3, 3, 3, 3, 3, 3, 3};
    EXPECT_TRUE(lower(box(int8(deep), begin, whole, int8(whole))));
}

TEST(slice, refuses_a_node_without_its_tensors) {
    Graph graph = box(int8({10}), {0}, {4}, int8({4}));
    graph.nodes[0].inputs.resize(2);
    EXPECT_EQ(Code::kModelInconsistent, fault_of(graph));
    graph.nodes[0].outputs.push_back(0);
    EXPECT_EQ(Code::kModelInconsistent, fault_of(graph));
}

TEST(slice, refuses_tensors_of_2_gib) {
    const Shape huge = {1 << 16, 1 << 15};
    EXPECT_EQ(Code::kOperatorLimit, fault_of(box(int8(huge), {0, 0}, {-1, -1}, int8(huge))));
}

TEST(slice, is_known_to_tflite_by_its_name) { EXPECT_EQ(&k_slice, find_tflite("SLICE").op); }

}  // namespace
}  // namespace ingot::test
