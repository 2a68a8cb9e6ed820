// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor cut along one axis: from operands to runs of bytes.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

const Settings kSplit = {{"axis_input", 0}, {"input", 1}};
const Settings kSplitV = {{"input", 0}, {"sizes_input", 1}, {"axis_input", 2}};

Graph cut_evenly(int32_t axis, const Tensor &input, const std::vector<Tensor> &outputs) {
    return graph_of(k_split, {int32_scalar(axis), input}, outputs, kSplit);
}

Graph cut(const Tensor &input, const std::vector<int32_t> &sizes, int32_t axis,
          const std::vector<Tensor> &outputs) {
    return graph_of(k_split, {input, int32s(sizes), int32_scalar(axis)}, outputs, kSplitV);
}

TEST(split, counts_the_bytes_that_each_output_takes_of_a_row) {
    const Tensor part = tensor(Type::kInt32, {2, 1, 3});
    const auto lowered = lower(cut_evenly(1, tensor(Type::kInt32, {2, 2, 3}), {part, part}));
    ASSERT_TRUE(lowered);
    EXPECT_EQ(2, integer(lowered, "count"));
    EXPECT_EQ(2, integer(lowered, "outer"));
    EXPECT_EQ((Integers{12, 12}), integers(lowered, "run_bytes"));
    EXPECT_EQ((std::vector<TensorId>{1}), lowered->inputs);
    EXPECT_EQ((std::vector<TensorId>{2, 3}), lowered->outputs);
}

TEST(split, cuts_parts_of_the_sizes_it_is_told) {
    const std::vector<Tensor> parts = {int8({2, 1}), int8({2, 4})};
    for (const std::vector<int32_t> &sizes : {std::vector{1, 4}, std::vector{1, -1}}) {
        const auto lowered = lower(cut(int8({2, 5}), sizes, -1, parts));
        ASSERT_TRUE(lowered);
        EXPECT_EQ((Integers{1, 4}), integers(lowered, "run_bytes"));
    }
}

TEST(split, takes_its_axis_from_an_attribute_when_it_is_of_our_own_making) {
    const Graph graph =
        graph_of(k_split, {int8({3, 2})}, {int8({1, 2}), int8({2, 2})}, {{"axis", 0}});
    EXPECT_EQ((Integers{2, 4}), integers(lower(graph), "run_bytes"));
}

TEST(split, folds_constants_row_by_row) {
    const Tensor part = tensor(Type::kInt8, {2, 2});
    const Graph graph = cut_evenly(1, counting(Type::kInt8, {2, 4}), {part, part});
    EXPECT_EQ((Bytes{0, 1, 4, 5}), folded(graph, 0).data);
    EXPECT_EQ((Bytes{2, 3, 6, 7}), folded(graph, 1).data);
}

TEST(split, refuses_parts_that_are_not_even) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(cut_evenly(0, int8({4}), {int8({1}), int8({3})})));
}

TEST(split, refuses_parts_that_are_not_of_the_sizes_it_is_told) {
    const std::vector<Tensor> parts = {int8({1}), int8({3})};
    EXPECT_TRUE(lower(cut(int8({4}), {1, 3}, 0, parts)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(cut(int8({4}), {3, 1}, 0, parts)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(cut(int8({4}), {4}, 0, parts)));
}

TEST(split, refuses_parts_that_do_not_add_up) {
    EXPECT_EQ(Code::kModelInconsistent, fault_of(cut_evenly(0, int8({4}), {int8({1}), int8({1})})));
    EXPECT_EQ(Code::kModelInconsistent,
              fault_of(cut_evenly(0, int8({2, 3}), {int8({1, 3}), int8({1, 2})})));
}

TEST(split, refuses_an_axis_that_is_not_there_or_is_computed) {
    const std::vector<Tensor> halves = {int8({1}), int8({1})};
    EXPECT_EQ(Code::kOperatorLimit, fault_of(cut_evenly(1, int8({2}), halves)));
    EXPECT_EQ(Code::kNotConstant,
              fault_of(graph_of(k_split, {tensor(Type::kInt32, {}), int8({2})}, halves, kSplit)));
    EXPECT_EQ(Code::kModelInconsistent,
              fault_of(graph_of(k_split, {int32s({0, 0}), int8({2})}, halves, kSplit)));
}

TEST(split, refuses_more_outputs_than_a_kernel_has) {
    const std::vector<Tensor> parts(5, int8({1}));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(cut_evenly(0, int8({5}), parts)));
}

TEST(split, refuses_a_node_without_its_input) {
    Graph graph = cut_evenly(0, int8({2}), {int8({1}), int8({1})});
    graph.nodes[0].inputs.resize(1);
    EXPECT_EQ(Code::kModelInconsistent, fault_of(graph));
}

TEST(split, is_imported_with_the_places_of_its_operands) {
    EXPECT_EQ(&k_split, find_tflite("SPLIT").op);
    EXPECT_EQ(&k_split, find_tflite("SPLIT_V").op);
    EXPECT_EQ(Values(kSplit.begin(), kSplit.end()), imported("SPLIT"));
    EXPECT_EQ(Values(kSplitV.begin(), kSplitV.end()), imported("SPLIT_V"));
}

}  // namespace
}  // namespace ingot::test
