// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Nodes that no kernel can run become chains that kernels can, and compute the same.

#include "tests/codegen/passes/moving_graph.h"

namespace ingot::test {
namespace {

// The graph rewritten, after a check that it computes the same, that every node of it has a kernel
// or is a view, and that names stay unique.
Graph legal(const Graph &before) {
    Graph after = before;
    legalise(after);
    EXPECT_TRUE(is_sound(after));
    EXPECT_EQ(outputs_when_counting(before), outputs_when_counting(after));
    std::set<std::string> names;
    for (const Node &node : after.nodes) {
        const auto lowered = node.op->lower({after, node});
        EXPECT_TRUE(lowered) << to_string(lowered.error());
        EXPECT_TRUE(names.insert(node.name).second) << node.name;
        EXPECT_LT(node.source_index, static_cast<int>(before.nodes.size()));
        EXPECT_GE(node.source_index, 0) << "reports say where a node comes from";
    }
    return after;
}

TEST(legalise, makes_a_pack_of_views_and_a_concat) {
    for (const int64_t axis : {0, 1, 2, -1}) {
        MovingGraph made;
        const TensorId a = made.input({2, 2}), b = made.input({2, 2});
        made.output(made.node(k_pack, {a, b}, {{2, 2, 2}}, Type::kInt8, axis));
        EXPECT_EQ("reshape reshape concat", operators_of(legal(made.graph)));
    }
}

TEST(legalise, packs_constants_without_views) {
    MovingGraph made;
    const TensorId a = made.input({2}, Type::kInt32), b = made.integers({2}, {1, 2});
    made.output(made.node(k_pack, {a, b}, {{2, 2}}, Type::kInt32, 1));
    EXPECT_EQ("reshape concat", operators_of(legal(made.graph)));
}

TEST(legalise, makes_an_unpack_of_a_split_and_views) {
    MovingGraph made;
    const TensorId whole = made.input({3, 2, 2});
    made.output(made.node(k_unpack, {whole}, {{3, 2}, {3, 2}}, Type::kInt8, 1));
    EXPECT_EQ("split reshape reshape", operators_of(legal(made.graph)));
}

TEST(legalise, makes_wide_concats_of_as_few_narrow_ones_as_there_can_be) {
    for (int32_t count = 1; count <= 40; ++count) {
        MovingGraph made;
        std::vector<TensorId> parts;
        int32_t along = 0;
        for (int32_t i = 0; i < count; ++i) {
            parts.push_back(made.input({2, 1 + i % 3, 2}));
            along += 1 + i % 3;
        }
        made.output(made.node(k_concat, parts, {{2, along, 2}}, Type::kInt8, -2));
        const int32_t fewest = count <= 4 ? 1 : (count + 1) / 3;  // Each saves up to three.
        EXPECT_EQ(fewest, std::ssize(legal(made.graph).nodes)) << count;
    }
}

TEST(legalise, makes_wide_splits_of_as_few_narrow_ones_as_there_can_be) {
    for (int32_t count = 1; count <= 40; ++count) {
        MovingGraph made;
        const TensorId whole = made.input({2, count, 3});
        const std::vector<Shape> parts(count, {2, 1, 3});
        made.output(made.node(k_split, {whole}, parts, Type::kInt8, 1));
        const int32_t fewest = count <= 4 ? 1 : (count + 1) / 3;
        EXPECT_EQ(fewest, std::ssize(legal(made.graph).nodes)) << count;
    }
}

TEST(legalise, makes_wide_packs_and_unpacks) {
    MovingGraph made;
    const TensorId whole = made.input({9, 4});
    const auto rows = made.node(k_unpack, {whole}, std::vector<Shape>(9, {4}));
    made.output(made.node(k_pack, rows, {{4, 9}}, Type::kInt8, 1));
    legal(made.graph);
}

TEST(legalise, drops_what_only_tells_a_reshape_its_shape) {
    MovingGraph made;
    const TensorId input = made.input({6}), shape = made.input({2}, Type::kInt32);
    made.output(made.node(k_reshape, {input, shape}, {{2, 3}}));
    EXPECT_EQ(std::vector<TensorId>{input}, legal(made.graph).nodes[0].inputs);
}

TEST(legalise, drops_the_axis_operand_of_a_split) {
    MovingGraph made;
    const TensorId axis = made.integers({}, {1}), input = made.input({1, 4});
    made.output(made.node(k_split, {axis, input}, {{1, 2}, {1, 2}}));
    made.graph.nodes[0].attributes.set("axis_input", int64_t{0});
    made.graph.nodes[0].attributes.set("input", int64_t{1});
    EXPECT_EQ(std::vector<TensorId>{input}, legal(made.graph).nodes[0].inputs);
}

TEST(legalise, keeps_the_quantisation_of_what_it_puts_in_between) {
    MovingGraph made;
    std::vector<TensorId> parts;
    for (int i = 0; i < 5; ++i) parts.push_back(made.input({1}));
    made.output(made.node(k_concat, parts, {{5}}));
    const Quantization quantization = {.scale = {0.5f}, .zero_point = {-7}};
    for (Tensor &tensor : made.graph.tensors) tensor.quantization = quantization;
    const Graph after = legal(made.graph);
    for (const Tensor &tensor : after.tensors) EXPECT_EQ(quantization, tensor.quantization);
}

TEST(legalise, leaves_a_wrong_node_to_tell_what_is_wrong) {
    const auto fault = [](const Operator &op, const std::vector<Shape> &outputs) {
        MovingGraph made;
        made.output(made.node(op, {made.input({5, 2})}, outputs));
        legalise(made.graph);
        const Node &node = made.graph.nodes.at(0);
        EXPECT_EQ(&op, node.op);
        const auto lowered = node.op->lower({made.graph, node});
        return lowered ? Code::kInternal : lowered.error().code;
    };
    EXPECT_EQ(Code::kModelInconsistent, fault(k_concat, {{4, 2}}));
    EXPECT_EQ(Code::kModelInconsistent, fault(k_pack, {{2, 5, 2}}));
    EXPECT_EQ(Code::kModelInconsistent, fault(k_split, std::vector<Shape>(5, {2, 2})));
    EXPECT_EQ(Code::kModelInconsistent, fault(k_unpack, std::vector<Shape>(5, {3})));
    EXPECT_EQ(Code::kModelInconsistent, fault(k_reshape, {{9}}));
}

TEST(legalise, leaves_other_operators_alone) {
    MovingGraph made;
    const TensorId input = made.input({4, 4}), order = made.integers({2}, {1, 0});
    made.output(made.node(k_transpose, {input, order}, {{4, 4}}));
    const Graph after = legal(made.graph);
    EXPECT_EQ("transpose", operators_of(after));
    EXPECT_EQ(made.graph.nodes[0].inputs, after.nodes[0].inputs);
}

}  // namespace
}  // namespace ingot::test
