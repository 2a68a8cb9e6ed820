// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every promise that passes keep, broken once.

#include "tests/codegen/passes/moving_graph.h"

namespace ingot::test {
namespace {

// input -> n0 -> n1 -> output, and a constant that n1 reads.
Graph chain() {
    MovingGraph made;
    const auto first = made.node(k_reshape, {made.input({4})}, {{2, 2}});
    const auto last = made.node(k_reshape, {first[0], made.integers({1}, {4})}, {{4}});
    made.output(last);
    return made.graph;
}

// Whether the chain is sound after a change to it.
template <class Change>
bool sound_after(const Change &change) {
    Graph graph = chain();
    change(graph, graph.nodes[0], graph.nodes[1]);
    return is_sound(graph);
}

TEST(sound, accepts_a_chain) {
    EXPECT_TRUE(is_sound(chain()));
    EXPECT_TRUE(sound_after([](Graph &, Node &, Node &last) { last.inputs.push_back(kNoTensor); }));
    EXPECT_TRUE(sound_after(
        [](Graph &graph, Node &, Node &) { graph.outputs.push_back(graph.outputs[0]); }));
}

TEST(sound, rejects_reading_before_writing) {
    EXPECT_FALSE(sound_after([](Graph &, Node &first, Node &last) { std::swap(first, last); }));
    EXPECT_FALSE(sound_after([](Graph &graph, Node &, Node &) { graph.inputs.clear(); }));
    EXPECT_FALSE(sound_after([](Graph &graph, Node &, Node &) { graph.nodes.pop_back(); }));
    EXPECT_FALSE(sound_after(
        [](Graph &graph, Node &, Node &last) { graph.tensors[last.inputs[1]].data.clear(); }));
}

TEST(sound, rejects_writing_twice) {
    EXPECT_FALSE(
        sound_after([](Graph &, Node &first, Node &last) { last.outputs = first.outputs; }));
    EXPECT_FALSE(sound_after(
        [](Graph &graph, Node &first, Node &) { first.outputs.push_back(graph.inputs[0]); }));
    EXPECT_FALSE(sound_after(
        [](Graph &, Node &first, Node &last) { first.outputs.push_back(last.inputs[1]); }));
    EXPECT_FALSE(
        sound_after([](Graph &graph, Node &, Node &) { graph.inputs.push_back(graph.inputs[0]); }));
}

TEST(sound, rejects_tensors_that_do_not_exist) {
    for (const TensorId id : {-1, -2, 99}) {
        EXPECT_FALSE(
            sound_after([&](Graph &graph, Node &, Node &) { graph.inputs.push_back(id); }));
        EXPECT_FALSE(
            sound_after([&](Graph &graph, Node &, Node &) { graph.outputs.push_back(id); }));
        EXPECT_FALSE(sound_after([&](Graph &, Node &, Node &last) { last.outputs.push_back(id); }));
    }
    EXPECT_FALSE(sound_after([](Graph &, Node &, Node &last) { last.inputs.push_back(99); }));
    EXPECT_FALSE(sound_after([](Graph &, Node &, Node &last) { last.inputs.push_back(-2); }));
}

TEST(sound, rejects_extents_below_one) {
    for (const int32_t extent : {0, -1}) {
        EXPECT_FALSE(sound_after([&](Graph &graph, Node &, Node &last) {
            graph.tensors[last.outputs[0]].shape = {extent};
        }));
    }
}

TEST(sound, rejects_a_node_without_an_operator) {
    EXPECT_FALSE(sound_after([](Graph &, Node &, Node &last) { last.op = nullptr; }));
}

}  // namespace
}  // namespace ingot::test
