// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What does not depend on the inputs is computed, and nothing else.

#include "tests/codegen/passes/moving_graph.h"

namespace ingot::test {
namespace {

std::vector<int32_t> values_of(const Tensor &tensor) {
    std::vector<int32_t> values(tensor.data.size() / sizeof(int32_t));
    if (!values.empty()) std::memcpy(values.data(), tensor.data.data(), tensor.data.size());
    return values;
}

TEST(fold_constants, makes_computations_with_shapes_vanish) {
    MovingGraph made;
    const TensorId image = made.input({1, 4, 6, 2});
    const auto shape = made.node(k_shape, {image}, {{4}}, Type::kInt32);
    const TensorId one = made.integers({1}, {1}), two = made.integers({1}, {2});
    const auto height = made.node(k_strided_slice, {shape[0], one, two, one}, {{}}, Type::kInt32);
    made.graph.nodes.back().attributes.set("shrink_axis_mask", int64_t{1});
    const TensorId rest = made.integers({}, {-1});
    const auto target = made.node(k_pack, {height[0], rest}, {{2}}, Type::kInt32);
    made.output(made.node(k_reshape, {image, target[0]}, {{4, 12}}));

    fold_constants(made.graph);
    EXPECT_EQ("reshape", operators_of(made.graph));
    EXPECT_EQ((std::vector<int32_t>{4, -1}), values_of(made.graph.tensors[target[0]]));
    EXPECT_TRUE(is_sound(made.graph));
}

TEST(fold_constants, leaves_alone_what_depends_on_an_input) {
    MovingGraph made;
    const TensorId input = made.input({2}), constant = made.integers({2}, {1, 2});
    const auto joined = made.node(k_concat, {input, input}, {{4}});
    const auto known = made.node(k_concat, {constant, constant}, {{4}}, Type::kInt32);
    made.output(joined);
    made.output(known);

    fold_constants(made.graph);
    EXPECT_EQ("concat", operators_of(made.graph));
    EXPECT_EQ(joined, made.graph.nodes[0].outputs);
    EXPECT_EQ((std::vector<int32_t>{1, 2, 1, 2}), values_of(made.graph.tensors[known[0]]));
    EXPECT_TRUE(is_sound(made.graph)) << "an output may be a constant";
}

TEST(fold_constants, leaves_alone_what_would_be_larger_than_any_part) {
    MovingGraph made;
    const TensorId one = made.integers({}, {1}), dimensions = made.integers({1}, {1});
    made.output(made.node(k_fill, {dimensions, one}, {{4 << 20}}, Type::kInt32));
    made.output(made.node(k_fill, {dimensions, one}, {{(4 << 20) + 1}}, Type::kInt32));
    fold_constants(made.graph);
    ASSERT_EQ("fill", operators_of(made.graph));
    EXPECT_EQ(made.graph.outputs[1], made.graph.nodes[0].outputs[0]);
}

TEST(fold_constants, leaves_alone_what_is_wrong) {
    MovingGraph made;
    const TensorId constant = made.integers({2}, {1, 2});
    made.output(made.node(k_concat, {constant, constant}, {{5}}, Type::kInt32));
    made.output(made.node(k_reshape, {constant}, {{3}}, Type::kInt32));
    fold_constants(made.graph);
    EXPECT_EQ("concat reshape", operators_of(made.graph));
}

}  // namespace
}  // namespace ingot::test
