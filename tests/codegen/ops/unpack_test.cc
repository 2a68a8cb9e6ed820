// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor taken apart along an axis that the parts lose.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Graph unstack(const Tensor &input, const std::vector<Tensor> &outputs, int64_t axis) {
    return graph_of(k_unpack, {input}, outputs, {{"axis", axis}});
}

TEST(unpack, takes_a_row_apart_to_scalars) {
    const Tensor scalar = tensor(Type::kInt32, {});
    const Graph graph = unstack(int32s({5, 6}), {scalar, scalar}, 0);
    EXPECT_EQ(std::vector<int32_t>{5}, elements<int32_t>(folded(graph, 0)));
    EXPECT_EQ(std::vector<int32_t>{6}, elements<int32_t>(folded(graph, 1)));
}

TEST(unpack, takes_columns_apart) {
    const Tensor column = tensor(Type::kInt8, {3});
    const Graph graph = unstack(counting(Type::kInt8, {3, 2}), {column, column}, -1);
    EXPECT_EQ((Bytes{0, 2, 4}), folded(graph, 0).data);
    EXPECT_EQ((Bytes{1, 3, 5}), folded(graph, 1).data);
}

TEST(unpack, says_what_is_wrong_with_a_node_that_could_not_be_rewritten) {
    const Tensor part = int8({3});
    EXPECT_EQ(Code::kInternal, fault_of(unstack(int8({2, 3}), {part, part}, 0)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(unstack(int8({3, 3}), {part, part}, 0)));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(unstack(int8({2, 3}), {part, part}, 2)));
}

TEST(unpack, is_imported_with_its_axis) {
    EXPECT_EQ(&k_unpack, find_tflite("UNPACK").op);
    EXPECT_EQ((Values{{"axis", 2}}), imported("UNPACK", {{0, 9}, {1, 2}}));
}

}  // namespace
}  // namespace ingot::test
