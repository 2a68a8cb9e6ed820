// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of reading sound TFLite models: everything that the file says arrives in the graph.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codegen/ops/operators.h"
#include "codegen/read/read.h"
#include "tests/codegen/read/models.h"

namespace ingot::codegen {
namespace {

using test::bytes_of;
using test::int8_option;
using test::sums;
using test::TfliteBuilder;
using test::TfliteTensor;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Graph read(const TfliteBuilder &model) {
    auto graph = read_tflite(model.finish(), "Sums-1.tflite");
    EXPECT_TRUE(graph) << to_string(graph.error());
    return graph ? std::move(*graph) : Graph{};
}

// The tensor as read, when it stands beside the tensors of a sound model.
Tensor read_beside(const TfliteTensor &tensor) {
    TfliteBuilder model = sums();
    model.tensor(tensor);
    return read(model).tensors.at(4);
}

TEST(tflite, gives_tensors_by_their_index) {
    const Graph graph = read(sums());
    ASSERT_EQ(graph.tensors.size(), 4u);
    const Tensor &x = graph.tensors[0];
    EXPECT_EQ(x.name, "x");
    EXPECT_EQ(x.type, Type::kInt8);
    EXPECT_THAT(x.shape, ElementsAre(1, 4));
    EXPECT_EQ(x.quantization, (Quantization{.scale = {0.5f}, .zero_point = {3}}));
    EXPECT_FALSE(x.is_constant());
    EXPECT_EQ(graph.tensors[3].source_index, 3);
}

TEST(tflite, gives_constants_their_bytes) {
    EXPECT_THAT(int8s(read(sums()).tensors[1]), ElementsAre(1, 2, 3, -4));
}

TEST(tflite, gives_nodes_in_order_with_their_operator_and_operands) {
    const Graph graph = read(sums());
    ASSERT_EQ(graph.nodes.size(), 2u);
    EXPECT_EQ(graph.nodes[0].op, &k_add);
    EXPECT_THAT(graph.nodes[0].inputs, ElementsAre(0, 1));
    EXPECT_THAT(graph.nodes[0].outputs, ElementsAre(2));
    EXPECT_THAT(graph.nodes[1].inputs, ElementsAre(2, 2));
    EXPECT_EQ(graph.nodes[1].source_index, 1);
    EXPECT_THAT(graph.inputs, ElementsAre(0));
    EXPECT_THAT(graph.outputs, ElementsAre(3));
}

TEST(tflite, turns_options_into_attributes) {
    const Graph graph = read(sums());
    EXPECT_EQ(graph.nodes[0].attributes.integer("activation"), 1);
    EXPECT_EQ(graph.nodes[1].attributes.integer("activation"), 0);  // It has no options.
}

// Files of before 2020 have only the older field of an operator's code, a byte.
TEST(tflite, finds_operators_by_the_older_field_of_their_code) {
    TfliteBuilder model = sums();
    model.ops[1].name = "MAXIMUM";
    auto bytes = model.finish();
    const auto newer_field = std::ranges::search(bytes, bytes_of<int32_t>({55}));
    ASSERT_FALSE(newer_field.empty());
    newer_field[0] = 0;
    EXPECT_EQ(read_tflite(bytes, "old.tflite")->nodes[1].op, &k_maximum);
}

TEST(tflite, names_the_graph_after_the_file_and_nodes_after_their_outputs) {
    const Graph graph = read(sums());
    EXPECT_EQ(graph.name, "sums_1");
    EXPECT_EQ(graph.nodes[0].name, "sum/Relu");
    EXPECT_EQ(graph.nodes[1].name, "twice/add");
    EXPECT_EQ(read_beside({.shape = {1}}).name, "tensor_4");
}

TEST(tflite, hashes_the_file) {
    const auto bytes = sums().finish();
    auto others = bytes;
    others.push_back(0);
    EXPECT_EQ(read(sums()).source_hash.size(), 64u);
    EXPECT_EQ(read_tflite(bytes, "a")->source_hash, read_tflite(bytes, "b")->source_hash);
    EXPECT_NE(read_tflite(bytes, "a")->source_hash, read_tflite(others, "a")->source_hash);
}

TEST(tflite, reads_every_type_that_it_may_later_refuse_to_execute) {
    for (const Type type : {Type::kBool, Type::kUint8, Type::kInt16, Type::kInt32, Type::kInt64,
                            Type::kUint32, Type::kFloat16, Type::kFloat32}) {
        const Tensor tensor = read_beside(
            {.type = type,
             .shape = {3},
             .data = std::vector<uint8_t>(3 * static_cast<size_t>(element_bytes(type)))});
        EXPECT_EQ(tensor.type, type);
        EXPECT_EQ(tensor.bytes(), static_cast<int64_t>(tensor.data.size()));
    }
}

TEST(tflite, takes_data_of_elements_without_a_size_as_it_is) {
    for (const Type type : {Type::kString, Type::kInt4, Type::kOther}) {
        const Tensor tensor = read_beside({.type = type, .shape = {5}, .data = {1, 2, 3}});
        EXPECT_EQ(tensor.type, type);
        EXPECT_THAT(tensor.data, ElementsAre(1, 2, 3));
    }
}

TEST(tflite, reads_scalars) {
    const Tensor tensor = read_beside({.type = Type::kInt32, .data = bytes_of<int32_t>({-7})});
    EXPECT_THAT(tensor.shape, IsEmpty());
    EXPECT_THAT(integers(tensor), ElementsAre(-7));
}

TEST(tflite, reads_up_to_eight_dimensions) {
    EXPECT_EQ(read_beside({.shape = {1, 2, 1, 2, 1, 2, 1, 2}}).shape.size(), 8u);
}

TEST(tflite, reads_one_scale_per_channel) {
    const Tensor tensor = read_beside(
        {.shape = {3, 1, 2}, .scale = {1, 2}, .zero_point = {-5, INT64_MAX}, .axis = 2});
    EXPECT_EQ(tensor.quantization, (Quantization{{1, 2}, {-5, INT64_MAX}, 2}));
}

TEST(tflite, finds_the_channels_of_a_bias_that_counts_dimensions_as_its_weights_do) {
    const Tensor bias =
        read_beside({.type = Type::kInt32, .shape = {2}, .scale = {1, 2}, .axis = 3});
    EXPECT_EQ(bias.quantization.axis, 0);
    EXPECT_TRUE(bias.quantization.per_channel());
}

TEST(tflite, ignores_the_dimension_of_a_single_scale) {
    EXPECT_EQ(read_beside({.shape = {2, 2}, .scale = {1}, .axis = 77}).quantization.axis, 0);
    EXPECT_EQ(read_beside({.shape = {2, 2}, .scale = {1}, .axis = -1}).quantization.axis, 0);
}

TEST(tflite, takes_zero_points_without_scales_as_no_quantisation) {
    EXPECT_TRUE(read_beside({.shape = {2}, .zero_point = {0}}).quantization.empty());
}

TEST(tflite, lets_tensors_share_a_buffer) {
    TfliteBuilder model = sums();
    constexpr int kBufferOfC = 2;  // Tensor 1's own.
    model.tensor({.name = "d", .shape = {4}, .buffer = kBufferOfC});
    EXPECT_THAT(int8s(read(model).tensors[4]), ElementsAre(1, 2, 3, -4));
}

TEST(tflite, takes_the_empty_buffer_as_no_data) {
    EXPECT_FALSE(read_beside({.shape = {4}, .data = {1, 2, 3, 4}, .buffer = 0}).is_constant());
}

TEST(tflite, lets_an_optional_operand_be_absent) {
    TfliteBuilder model = sums();
    model.ops[1].inputs = {2, 2, -1};
    EXPECT_THAT(read(model).nodes[1].inputs, ElementsAre(2, 2, kNoTensor));
}

TEST(tflite, lets_an_output_be_an_input_or_a_constant) {
    TfliteBuilder model = sums();
    model.outputs = {3, 0, 1};
    EXPECT_THAT(read(model).outputs, ElementsAre(3, 0, 1));
}

TEST(tflite, lets_a_tensor_be_an_output_twice) {
    TfliteBuilder model = sums();
    model.outputs = {3, 2, 3};
    EXPECT_THAT(read(model).outputs, ElementsAre(3, 2, 3));
}

TEST(tflite, cleans_names_of_what_could_end_a_comment) {
    EXPECT_EQ(read_beside({.name = "a*/\nb", .shape = {1}}).name, "a_/_b");
}

TEST(tflite, reads_bytes_that_are_not_aligned) {
    const auto bytes = sums().finish();
    std::vector<uint8_t> shifted = {0};
    shifted.insert(shifted.end(), bytes.begin(), bytes.end());
    EXPECT_TRUE(read_tflite(std::span(shifted).subspan(1), "shifted"));
}

}  // namespace
}  // namespace ingot::codegen
