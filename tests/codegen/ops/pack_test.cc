// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors stacked along a new axis.

#include "tests/codegen/ops/moves.h"

namespace ingot::test {
namespace {

Graph stack(const std::vector<Tensor> &inputs, const Tensor &output, int64_t axis) {
    return graph_of(k_pack, inputs, {output}, {{"axis", axis}});
}

TEST(pack, stacks_scalars_to_a_row) {
    const Graph graph = stack({int32_scalar(5), int32_scalar(6)}, tensor(Type::kInt32, {2}), 0);
    EXPECT_EQ((std::vector<int32_t>{5, 6}), elements<int32_t>(folded(graph)));
}

TEST(pack, stacks_along_any_axis) {
    const Tensor a = counting(Type::kInt8, {2, 2});
    Tensor b = a;
    for (uint8_t &byte : b.data) byte += 10;
    const auto stacked = [&](const Shape &shape, int64_t axis) {
        return folded(stack({a, b}, tensor(Type::kInt8, shape), axis)).data;
    };
    EXPECT_EQ((Bytes{0, 1, 2, 3, 10, 11, 12, 13}), stacked({2, 2, 2}, 0));
    EXPECT_EQ((Bytes{0, 1, 10, 11, 2, 3, 12, 13}), stacked({2, 2, 2}, 1));
    EXPECT_EQ((Bytes{0, 10, 1, 11, 2, 12, 3, 13}), stacked({2, 2, 2}, -1));
}

TEST(pack, says_what_is_wrong_with_a_node_that_could_not_be_rewritten) {
    const Tensor a = int8({2, 3});
    EXPECT_EQ(Code::kInternal, fault_of(stack({a, a}, int8({2, 2, 3}), 0)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(stack({a, a}, int8({2, 3, 3}), 0)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(stack({a, a}, int8({3, 2, 3}), 0)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(stack({a, a}, int8({2, 6}), 0)));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(stack({a, a}, int8({2, 2, 3}), 3)));
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(stack({a, a}, int8({2, 2, 3}, 1.0f), 0)));
}

TEST(pack, is_imported_with_its_axis) {
    EXPECT_EQ(&k_pack, find_tflite("PACK").op);
    EXPECT_EQ((Values{{"axis", 2}}), imported("PACK", {{0, 9}, {1, 2}}));
}

}  // namespace
}  // namespace ingot::test
