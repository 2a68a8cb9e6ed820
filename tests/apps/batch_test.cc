// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of turning arrays into items and back.

#include "apps/batch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace ingot::test {
namespace {

using cli::Batching;
using cli::make_array;
using cli::make_batch;
using cli::split_results;
using codegen::Graph;
using codegen::Shape;
using codegen::Type;

Graph graph_of(const std::vector<Shape> &inputs, Type type = Type::kInt8) {
    Graph graph;
    graph.name = "m";
    for (const Shape &shape : inputs) {
        graph.inputs.push_back(static_cast<codegen::TensorId>(graph.tensors.size()));
        codegen::Tensor &tensor = graph.tensors.emplace_back();
        tensor.type = type;
        tensor.shape = shape;
    }
    return graph;
}

Npy array_of(std::vector<int64_t> shape, std::vector<uint8_t> data) {
    return {Npy::Type::kInt8, std::move(shape), std::move(data)};
}

TEST(batch, of_one_item_keeps_the_models_own_shape) {
    const Graph graph = graph_of({{1, 2}});
    const auto batch = make_batch(graph, {array_of({1, 2}, {7, 8})}, {"x"}).value();
    EXPECT_EQ(batch.batching, Batching::kNone);
    EXPECT_EQ(batch.count, 1);
    EXPECT_EQ(make_array(graph.tensors[0], batch, {1, 2}).shape, (std::vector<int64_t>{1, 2}));
}

TEST(batch, takes_its_count_from_the_leading_extent) {
    const Graph graph = graph_of({{1, 2}});
    const auto replaced = make_batch(graph, {array_of({2, 2}, {1, 2, 3, 4})}, {"x"}).value();
    EXPECT_EQ(replaced.batching, Batching::kReplace);
    EXPECT_EQ(replaced.count, 2);
    const auto prepended = make_batch(graph, {array_of({2, 1, 2}, {1, 2, 3, 4})}, {"x"}).value();
    EXPECT_EQ(prepended.batching, Batching::kPrepend);
    EXPECT_EQ(prepended.count, 2);
}

TEST(batch, of_a_model_with_a_batch_of_its_own_is_of_whole_batches) {
    const Graph graph = graph_of({{3, 2}});
    EXPECT_EQ(make_batch(graph, {array_of({3, 2}, std::vector<uint8_t>(6))}, {"x"})->count, 1);
    EXPECT_EQ(make_batch(graph, {array_of({2, 3, 2}, std::vector<uint8_t>(12))}, {"x"})->count, 2);
    const auto odd = make_batch(graph, {array_of({6, 2}, std::vector<uint8_t>(12))}, {"x"});
    ASSERT_FALSE(odd);
    EXPECT_EQ(odd.error().code, Code::kInputMismatch);
}

TEST(batch, of_no_items_is_refused) {
    const Graph graph = graph_of({{1, 2}});
    for (const std::vector<int64_t> &shape : {std::vector<int64_t>{0, 2}, {0, 1, 2}}) {
        const auto batch = make_batch(graph, {array_of(shape, {})}, {"x"});
        ASSERT_FALSE(batch);
        EXPECT_EQ(batch.error().code, Code::kInputMismatch);
    }
}

TEST(batch, takes_an_item_of_every_input_in_turn) {
    const Graph graph = graph_of({{1, 2}, {1, 1}});
    const auto batch =
        make_batch(graph, {array_of({2, 2}, {1, 2, 3, 4}), array_of({2, 1}, {8, 9})}, {"x", "y"});
    EXPECT_EQ(batch->items, (std::vector<uint8_t>{1, 2, 8, 3, 4, 9}));
}

TEST(batch, gives_outputs_a_leading_extent_where_they_have_none_to_replace) {
    const Graph graph = graph_of({{1, 2}, {4}});
    const cli::Batch batch{.batching = Batching::kReplace, .count = 3, .items = {}};
    EXPECT_EQ(make_array(graph.tensors[0], batch, {}).shape, (std::vector<int64_t>{3, 2}));
    EXPECT_EQ(make_array(graph.tensors[1], batch, {}).shape, (std::vector<int64_t>{3, 4}));
}

TEST(batch, splits_results_by_tensor) {
    const Graph graph = graph_of({{1, 2}, {1}});
    EXPECT_EQ(split_results(graph, {0, 1}, {1, 2, 8, 3, 4, 9}),
              (std::vector<std::vector<uint8_t>>{{1, 2, 3, 4}, {8, 9}}));
}

TEST(random_inputs, are_the_same_every_time_and_use_the_whole_range) {
    const Graph graph = graph_of({{1, 10'000}});
    const Npy input = cli::random_inputs(graph)[0];
    EXPECT_EQ(input, cli::random_inputs(graph)[0]);
    EXPECT_EQ(std::ranges::count(input.data, 0x80) > 0, true);
    EXPECT_EQ(std::ranges::count(input.data, 0x7f) > 0, true);
}

TEST(random_inputs, are_numbers_in_minus_one_to_one_where_they_are_floats) {
    const Npy input = cli::random_inputs(graph_of({{100}}, Type::kFloat32))[0];
    for (size_t i = 0; i < input.data.size(); i += sizeof(float)) {
        float value;
        std::memcpy(&value, input.data.data() + i, sizeof value);
        EXPECT_LE(std::abs(value), 1.0f);
    }
}

}  // namespace
}  // namespace ingot::test
