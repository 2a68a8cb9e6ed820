// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What no output depends on goes; everything else stays where it is.

#include "tests/codegen/passes/moving_graph.h"

namespace ingot::test {
namespace {

TEST(remove_dead_nodes, drops_chains_that_nobody_reads) {
    MovingGraph made;
    const TensorId input = made.input({4});
    const auto dead = made.node(k_reshape, {input}, {{2, 2}});
    made.node(k_reshape, dead, {{1, 4}});
    const auto alive = made.node(k_reshape, {input}, {{4, 1}});
    made.output(made.node(k_reshape, alive, {{4}}));

    remove_dead_nodes(made.graph);
    ASSERT_EQ(2u, made.graph.nodes.size());
    EXPECT_EQ("n2", made.graph.nodes[0].name);
    EXPECT_EQ("n3", made.graph.nodes[1].name);
    EXPECT_TRUE(is_sound(made.graph));
}

TEST(remove_dead_nodes, keeps_a_node_for_any_of_its_outputs) {
    MovingGraph made;
    const auto halves = made.node(k_split, {made.input({4})}, {{2}, {2}});
    made.output({halves[1]});
    remove_dead_nodes(made.graph);
    EXPECT_EQ("split", operators_of(made.graph));
}

TEST(remove_dead_nodes, does_not_trip_over_operands_that_are_absent) {
    MovingGraph made;
    made.output(
        made.node(k_pad, {made.input({2}), made.integers({1, 2}, {1, 1}), kNoTensor}, {{4}}));
    remove_dead_nodes(made.graph);
    EXPECT_EQ("pad", operators_of(made.graph));
}

TEST(remove_dead_nodes, drops_the_data_of_constants_that_nobody_names) {
    MovingGraph made;
    const TensorId read = made.integers({2}, {1, 2}), unread = made.integers({2}, {3, 4});
    const TensorId output = made.integers({1}, {5});
    made.graph.tensors[unread].source_index = 9;
    made.output(made.node(k_reshape, {made.input({2}), read}, {{2, 1}}));
    made.output({output});

    remove_dead_nodes(made.graph);
    EXPECT_FALSE(made.graph.tensors[read].data.empty());
    EXPECT_FALSE(made.graph.tensors[output].data.empty());
    EXPECT_TRUE(made.graph.tensors[unread].data.empty());
    EXPECT_EQ(9, made.graph.tensors[unread].source_index) << "ids keep their meaning";
}

}  // namespace
}  // namespace ingot::test
