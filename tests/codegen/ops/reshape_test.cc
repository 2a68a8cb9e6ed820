// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The same bytes under another shape.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

TEST(reshape, is_a_view_and_needs_no_kernel) {
    EXPECT_TRUE(k_reshape.is_view);
    const auto lowered = lower(graph_of(k_reshape, {int8({2, 3}), int32s({6})}, {int8({6})}));
    ASSERT_TRUE(lowered);
    EXPECT_TRUE(lowered->params.fields().empty());
}

TEST(reshape, passes_constants_on) {
    const Tensor input = counting(Type::kFloat32, {2, 3});
    EXPECT_EQ(input.data,
              folded(graph_of(k_reshape, {input}, {tensor(Type::kFloat32, {6, 1})})).data);
}

TEST(reshape, refuses_to_change_the_number_of_elements) {
    const Graph graph =
        graph_of(k_reshape, {counting(Type::kInt8, {6})}, {tensor(Type::kInt8, {7})});
    EXPECT_EQ(Code::kModelInconsistent, fault_of(graph));
    EXPECT_TRUE(folded(graph).data.empty());
}

TEST(reshape, refuses_to_change_the_type_or_the_scale) {
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(graph_of(k_reshape, {int8({4})}, {tensor(Type::kInt32, {4})})));
    EXPECT_EQ(Code::kQuantizationWrong,
              fault_of(graph_of(k_reshape, {int8({4})}, {int8({2, 2}, 0.25f)})));
}

TEST(reshape, is_imported_from_three_operators) {
    for (const auto *name : {"RESHAPE", "SQUEEZE", "EXPAND_DIMS"}) {
        EXPECT_EQ(&k_reshape, find_tflite(name).op);
    }
}

}  // namespace
}  // namespace ingot::test
