// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of counting MACs and weights, on models right and wrong.

#include "apps/facts.h"

#include <gtest/gtest.h>

#include "codegen/read/read.h"
#include "tests/support/tflite_builder.h"

namespace ingot::test {
namespace {

using cli::ModelFacts;

ModelFacts facts_of(const TfliteBuilder &model) {
    return cli::facts_of(codegen::read_tflite(model.finish(), "m.tflite").value());
}

// [1][4][4][3] -> [1][4][4][2] by 3x3 windows, with one scale per channel.
TfliteBuilder conv_model(codegen::Shape weight_shape = {2, 3, 3, 3}) {
    TfliteBuilder model;
    const size_t bytes = static_cast<size_t>(codegen::element_count(weight_shape));
    const int x = model.input({.name = "x", .shape = {1, 4, 4, 3}, .scale = {0.5f}});
    const int weights = model.tensor({.name = "w",
                                      .shape = std::move(weight_shape),
                                      .scale = {0.1f, 0.2f},
                                      .data = std::vector<uint8_t>(bytes, 1)});
    const int bias = model.tensor({.name = "b",
                                   .type = codegen::Type::kInt32,
                                   .shape = {2},
                                   .scale = {0.05f, 0.1f},
                                   .data = bytes_of<int32_t>({1, 2})});
    const int y = model.output({.name = "y", .shape = {1, 4, 4, 2}, .scale = {0.5f}});
    model.op("CONV_2D", {x, weights, bias}, {y},
             {int8_option(0, 0), int32_option(1, 1), int32_option(2, 1)});
    return model;
}

TEST(facts, count_a_mac_per_tap_channel_and_output) {
    const ModelFacts facts = facts_of(conv_model());
    EXPECT_EQ(facts.macs, 4 * 4 * 2 * 3 * 3 * 3);
    EXPECT_EQ(facts.operators[0].macs, facts.macs);
    EXPECT_EQ(facts.operators[0].kernel->height, 3);
    EXPECT_EQ(facts.operators[0].stride->width, 1);
}

TEST(facts, count_weights_and_biases_in_bytes) {
    const ModelFacts facts = facts_of(conv_model());
    EXPECT_EQ(facts.weight_bytes, 2 * 3 * 3 * 3 + 2 * 4);
    EXPECT_EQ(facts.operators[0].quantization, "per-channel");
}

TEST(facts, count_weights_once_that_two_operators_share) {
    TfliteBuilder model = conv_model();
    const int again = model.output({.name = "z", .shape = {1, 4, 4, 2}, .scale = {0.5f}});
    TfliteOp twin = model.ops[0];
    twin.outputs = {again};
    model.ops.push_back(twin);
    const ModelFacts facts = facts_of(model);
    EXPECT_EQ(facts.weight_bytes, 2 * 3 * 3 * 3 + 2 * 4);
    EXPECT_EQ(facts.operators[1].weight_bytes, facts.weight_bytes);
    EXPECT_EQ(facts.macs, 2 * facts.operators[0].macs);
}

TEST(facts, do_not_count_shapes_and_axes_as_weights) {
    TfliteBuilder model;
    const int x = model.input({.name = "x", .shape = {1, 4}, .scale = {0.5f}});
    const int shape = model.tensor({.name = "s",
                                    .type = codegen::Type::kInt32,
                                    .shape = {2},
                                    .data = bytes_of<int32_t>({2, 2})});
    const int y = model.output({.name = "y", .shape = {2, 2}, .scale = {0.5f}});
    model.op("RESHAPE", {x, shape}, {y});
    EXPECT_EQ(facts_of(model).weight_bytes, 0);
}

TEST(facts, count_nothing_where_operands_are_not_as_they_should_be) {
    EXPECT_EQ(facts_of(conv_model({2, 27})).macs, 0);
    TfliteBuilder lonely = conv_model();
    lonely.ops[0].inputs = {0};
    EXPECT_EQ(facts_of(lonely).macs, 0);
}

}  // namespace
}  // namespace ingot::test
