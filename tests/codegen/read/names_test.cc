// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the names that a graph gives to what strangers named.

#include "codegen/read/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codegen/ops/operator.h"

namespace ingot::codegen {
namespace {

using ::testing::ElementsAre;

TEST(clean_name, keeps_what_converters_write) {
    for (const char *name : {"model/conv2d_3/BiasAdd;model/Conv2D", "serving_default_x:0",
                             "a(b)[c]", "torch.nn.Conv2d"}) {
        EXPECT_EQ(clean_name(name), name);
    }
}

TEST(clean_name, holds_nothing_that_ends_a_comment_a_string_or_a_line) {
    EXPECT_EQ(clean_name("a*/b\\\nc\"d'e"), "a_/b__c_d_e");
    EXPECT_EQ(clean_name("<b>$(x)`y`?"), "_b__(x)_y__");
    EXPECT_EQ(clean_name("gr\xc3\xbc\xc3\x9f"
                         "e\x7f"),
              "gr____e_");
    EXPECT_EQ(clean_name(std::string_view("\0\x1b[31m", 6)), "__[31m");
}

TEST(short_name, is_the_layer_and_the_last_thing_that_it_does) {
    EXPECT_EQ(short_name("model/conv2d_3/BiasAdd;model/conv2d_3/Conv2D"), "conv2d_3/BiasAdd");
    EXPECT_EQ(short_name("Net/Net/Conv2d_9_depthwise/Relu6"), "Conv2d_9_depthwise/Relu6");
    EXPECT_EQ(short_name("dense/MatMul"), "dense/MatMul");
    EXPECT_EQ(short_name("Identity"), "Identity");
}

TEST(short_name, drops_the_layer_and_then_itself_when_too_long_for_a_column) {
    const std::string forty(40, 'a');
    EXPECT_EQ(short_name("x/" + forty), forty);
    EXPECT_EQ(short_name("x/" + forty + "a"), "");
    EXPECT_EQ(short_name(forty + "a/b"), "b");
}

TEST(short_name, may_be_empty) {
    for (const char *name : {"", ";a", "/"}) EXPECT_EQ(short_name(name), "") << name;
}

TEST(c_identifier, is_the_stem_of_the_file_in_lower_case) {
    EXPECT_EQ(c_identifier("models/KWS-int8.tflite"), "kws_int8");
    EXPECT_EQ(c_identifier("a b..c.tflite"), "a_b_c");
    EXPECT_EQ(c_identifier("vww_96"), "vww_96");
}

TEST(c_identifier, is_neither_reserved_nor_empty) {
    EXPECT_EQ(c_identifier("__net__.tflite"), "net");
    EXPECT_EQ(c_identifier("96.tflite"), "model_96");
    EXPECT_EQ(c_identifier("Float.tflite"), "model_float");
    EXPECT_EQ(c_identifier("reinterpret_cast.tflite"), "model_reinterpret_cast");
    EXPECT_EQ(c_identifier("ingot.tflite"), "model_ingot");
    EXPECT_EQ(c_identifier("ingot_conv2d.tflite"), "model_ingot_conv2d");
    EXPECT_EQ(c_identifier("\xff\xfe"), "model");
    EXPECT_EQ(c_identifier(""), "model");
}

std::vector<std::string> node_names(const std::vector<std::string> &output_names) {
    static const Operator kSomething = {.name = "something"};
    Graph graph;
    for (const std::string &name : output_names) {
        Node node;
        node.op = &kSomething;
        node.outputs = {static_cast<TensorId>(graph.tensors.size())};
        graph.nodes.push_back(std::move(node));
        graph.tensors.emplace_back().name = name;
    }
    name_nodes(graph);
    std::vector<std::string> names;
    for (const Node &node : graph.nodes) names.push_back(node.name);
    return names;
}

TEST(name_nodes, names_each_by_its_output) {
    EXPECT_THAT(node_names({"net/a/Relu", "net/b/Relu"}), ElementsAre("a/Relu", "b/Relu"));
}

TEST(name_nodes, tells_equal_names_apart) {
    EXPECT_THAT(node_names({"a", "a", "a_2", "a"}), ElementsAre("a", "a_1", "a_2", "a_3"));
    EXPECT_THAT(node_names({"a", "a_2", "a"}), ElementsAre("a", "a_2", "a_2_2"));
}

TEST(name_nodes, falls_back_on_operator_and_index) {
    EXPECT_THAT(node_names({"", std::string(99, 'x')}), ElementsAre("something_0", "something_1"));
}

}  // namespace
}  // namespace ingot::codegen
