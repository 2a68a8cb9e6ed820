// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot inspect`.

#include "tests/apps/program.h"

namespace ingot::test {
namespace {

using inspect = program;

TEST_F(inspect, prints_a_line_about_the_model_and_a_table_of_operators) {
    save("small-net.tflite", pool_model());
    const Finished finished = ingot({"inspect", "small-net.tflite"});
    EXPECT_EQ(finished.status, 0);
    EXPECT_EQ(finished.errors, "");
    EXPECT_TRUE(finished.output.starts_with("small_net   TFLite int8, ")) << finished.output;
    EXPECT_TRUE(finished.output.ends_with(
        "#  op        output   kernel  stride  MAC  weights B  type  quantised\n"
        "0  max_pool  1x2x2x2  2x2     2x2       0          0  int8  per-tensor\n"))
        << finished.output;
}

TEST_F(inspect, tells_scripts_the_same_as_json) {
    save("m.tflite", pool_model());
    const auto model = json({"inspect", "m.tflite"});
    EXPECT_EQ(model["name"], "m");
    EXPECT_EQ(model["format"], "tflite");
    EXPECT_EQ(model["bytes"], pool_model().finish().size());
    EXPECT_EQ(model["macs"], 0);
    EXPECT_EQ(model["inputs"][0]["shape"], (std::vector{1, 4, 4, 2}));
    EXPECT_EQ(model["inputs"][0]["scale"], 0.5);
    EXPECT_EQ(model["operators"][0]["op"], "max_pool");
    EXPECT_EQ(model["operators"][0]["kernel"], (std::vector{2, 2}));
}

TEST_F(inspect, looks_into_models_that_cannot_be_executed) {
    save("m.tflite", float_model());
    const auto model = json({"inspect", "m.tflite"});
    EXPECT_EQ(model["type"], "float32");
    EXPECT_EQ(model["inputs"].size(), 2u);
    EXPECT_TRUE(model["inputs"][0]["scale"].is_null());
    EXPECT_TRUE(model["operators"][0]["quantization"].is_null());
}

TEST_F(inspect, knows_shipped_models_by_name) {
    EXPECT_EQ(json({"inspect", "shapes"})["name"], "shapes");
    EXPECT_EQ(refusal({"inspect", "no_such_model"}, Code::kFileMissing), 2);
}

TEST_F(inspect, prints_csv_and_markdown) {
    save("m.tflite", pool_model());
    EXPECT_EQ(ingot({"inspect", "m.tflite", "--format", "csv"}).output,
              "index,op,output,kernel,stride,macs,weight_bytes,type,quantization\n"
              "0,max_pool,1x2x2x2,2x2,2x2,0,0,int8,per-tensor\n");
    EXPECT_NE(ingot({"inspect", "m.tflite", "--format", "md"}).output.find("| # | op "),
              std::string::npos);
}

}  // namespace
}  // namespace ingot::test
