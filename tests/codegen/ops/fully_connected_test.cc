// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Fully connected layers: rows, and the one factor that is formed in float.

#include <cmath>

#include "tests/codegen/ops/layers.h"

namespace ingot::test {
namespace {

const LayerTensors kSound = {.input = int8({2, 2, 5}, 0.5f, 3),
                             .weights = weights({3, 10}, {0.25f, 0.5f, 0.125f}),
                             .bias = int32s({10, 20, 30}),
                             .output = int8({2, 3}, 2, -5)};

Graph connected(const LayerTensors &tensors) {
    return graph_of(k_fully_connected, {tensors.input, tensors.weights, tensors.bias},
                    {tensors.output});
}

TEST(fully_connected, becomes_the_params_of_its_kernel) {
    EXPECT_EQ(
        "rows 2, inputs 10, outputs 3, input_zero_point 3, weights_zero_point 0, stage "
        "{zero_point -5, activation_min -128, activation_max 127, rounding "
        "INGOT_ROUNDING_DOUBLE}, factors {multiplier {1073741824, 1073741824, 1073741824}, shift "
        "{3 bytes}, stride 1}, weights {30 bytes}, bias {10, 20, 30}",
        params(lower(connected(kSound))));
}

TEST(fully_connected, takes_rows_from_any_shape_of_as_many_elements) {
    LayerTensors tensors = kSound;
    for (const Shape &input : {Shape{4, 10}, {1, 2, 20}, {40}, {2, 2, 2, 5}}) {
        tensors.input.shape = input;
        for (const Shape &output : {Shape{4, 3}, {2, 2, 3}, {1, 4, 3}}) {
            tensors.output.shape = output;
            EXPECT_EQ("4", field(lower(connected(tensors)), "rows"));
        }
    }
}

// Scales whose product is another in float than in double.
constexpr float kInput = 0.0235294122f, kWeights = 0.00713341078f, kOutput = 0.0712345f;

int32_t multiplier(double real) {
    int exponent = 0;
    return static_cast<int32_t>(std::llround(std::ldexp(std::frexp(real, &exponent), 31)));
}

TEST(fully_connected, multiplies_one_scale_for_all_in_float_and_many_in_double) {
    LayerTensors tensors = kSound;
    tensors.input.quantization.scale = {kInput};
    tensors.output.quantization.scale = {kOutput};
    const int32_t in_float = multiplier(double{kInput * kWeights} / double{kOutput});
    const int32_t in_double = multiplier(double{kInput} * double{kWeights} / double{kOutput});
    ASSERT_NE(in_float, in_double);

    tensors.weights = weights({3, 10}, {kWeights});
    const auto shared = lower(connected(tensors));
    EXPECT_EQ(fmt::format("{{{}}}", in_float),
              text_of(value_of(shared->params.fields(), "factors.multiplier")));
    tensors.weights = weights({3, 10}, {kWeights, kWeights, kWeights});
    const auto each = lower(connected(tensors));
    EXPECT_EQ(fmt::format("{{{}}}", in_double),
              text_of(value_of(each->params.fields(), "factors.multiplier")));
}

TEST(fully_connected, passes_on_a_zero_point_of_the_weights) {
    LayerTensors tensors = kSound;
    tensors.weights = weights({3, 10}, {1});
    for (const int64_t zero_point : {-128, -1, 127}) {
        tensors.weights.quantization.zero_point = {zero_point};
        EXPECT_EQ(fmt::format("{}", zero_point),
                  field(lower(connected(tensors)), "weights_zero_point"));
    }
    tensors.weights.quantization.zero_point = {128};
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(connected(tensors)));
}

TEST(fully_connected, checks_its_weights) { expect_faults(connected, kSound, kWeightChanges); }

TEST(fully_connected, checks_that_its_operands_fit_together) {
    expect_faults(connected, kSound,
                  {
                      {"inputs that make no whole row",
                       [](LayerTensors &t) {
                           t.input.shape = {2, 11};
                       },
                       Code::kModelInconsistent},
                      {"another number of rows out",
                       [](LayerTensors &t) {
                           t.output.shape = {3, 3};
                       },
                       Code::kModelInconsistent},
                      {"another number of outputs",
                       [](LayerTensors &t) {
                           t.output.shape = {2, 4};
                       },
                       Code::kModelInconsistent},
                  });
}

TEST(fully_connected, refuses_shuffled_weights) {
    Graph graph = connected(kSound);
    graph.nodes[0].attributes.set("weights_format", int64_t{1});
    EXPECT_EQ(Code::kOperatorLimit, fault_of(graph));
}

TEST(fully_connected, counts_inputs_times_outputs_for_every_row) {
    const Graph graph = connected(kSound);
    EXPECT_EQ(2 * 10 * 3, k_fully_connected.macs({graph, graph.nodes[0]}));
}

TEST(fully_connected, imports_the_options_of_its_table) {
    EXPECT_EQ(&k_fully_connected, find_tflite("FULLY_CONNECTED").op);
    EXPECT_EQ((Values{{"activation", 3}, {"weights_format", 1}}),
              imported("FULLY_CONNECTED", {{0, 3}, {1, 1}, {2, 1}}));
}

}  // namespace
}  // namespace ingot::test
