// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tables of unary functions.

#include <cmath>

#include "codegen/ops/quantized.h"
#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph lut(const std::string &function, const Tensor &input, const Tensor &output,
          double alpha = 0) {
    Graph graph = graph_of(k_lut, {input}, {output});
    graph.nodes[0].attributes.set("function", function);
    graph.nodes[0].attributes.set("alpha", alpha);
    return graph;
}

std::vector<int8_t> entries(const Graph &graph, ingot_rounding rounding = INGOT_ROUNDING_DOUBLE) {
    const auto call = lower(graph, rounding);
    EXPECT_TRUE(call) << params(call);
    if (!call) return std::vector<int8_t>(256);
    const auto &array = std::get<Array>(value_of(call->params.fields(), "table"));
    return {array.bytes.begin(), array.bytes.end()};
}

TEST(lut, becomes_the_params_of_its_kernel) {
    EXPECT_EQ("count 12, table {256 bytes}",
              params(lower(lut("relu", int8({3, 4}), int8({3, 4})))));
}

// ---- Every function is near the real one -------------------------------------------------------

struct Row {
    std::string name;
    double (*real)(double);
    double off_max;  // Output steps: 0.5 is the nearest, rounding twice may add half as much.
    Tensor input = int8({1}, 0.05f, 10), output = int8({1}, 0.04f, -20);
};

const Tensor kPositive = int8({1}, 0.03f, -128);

const Row kRows[] = {
    {"abs", [](double x) { return std::abs(x); }, 0.5},
    {"ceil", [](double x) { return std::ceil(x); }, 0.5, int8({1}, 0.0625f, 10)},
    {"cos", [](double x) { return std::cos(x); }, 0.5},
    {"elu", [](double x) { return x < 0 ? std::expm1(x) : x; }, 0.5},
    {"exp", [](double x) { return std::exp(x); }, 0.5},
    {"floor", [](double x) { return std::floor(x); }, 0.5, int8({1}, 0.0625f, 10)},
    {"gelu", [](double x) { return x * (1 + std::erf(x / std::sqrt(2))) / 2; }, 0.5},
    {"gelu_tanh", [](double x) { return x * (1 + std::erf(x / std::sqrt(2))) / 2; }, 0.55},
    {"hard_swish", [](double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; }, 0.55},
    {"leaky_relu", [](double x) { return x < 0 ? x * 0.25 : x; }, 0.75},
    {"log", [](double x) { return std::log(x); }, 0.5, kPositive},
    {"logistic", [](double x) { return 1 / (1 + std::exp(-x)); }, 0.5, int8({1}, 0.05f, 10),
     int8({1}, 1.0f / 256, -128)},
    {"neg", [](double x) { return -x; }, 0.5},
    {"relu", [](double x) { return std::max(x, 0.0); }, 0.5},
    {"relu6", [](double x) { return std::clamp(x, 0.0, 6.0); }, 0.5},
    {"relu_0_to_1", [](double x) { return std::clamp(x, 0.0, 1.0); }, 0.5},
    {"relu_n1_to_1", [](double x) { return std::clamp(x, -1.0, 1.0); }, 0.5},
    {"round", [](double x) { return std::nearbyint(x); }, 0.5, int8({1}, 0.0625f, 10)},
    {"rsqrt", [](double x) { return 1 / std::sqrt(x); }, 0.5, kPositive},
    {"sign", [](double x) { return x > 0   ? 1.0
                                   : x < 0 ? -1.0
                                           : 0.0; }, 0.5},
    {"sin", [](double x) { return std::sin(x); }, 0.5},
    {"sqrt", [](double x) { return std::sqrt(x); }, 0.5, kPositive},
    {"square", [](double x) { return x * x; }, 0.5},
    {"tanh", [](double x) { return std::tanh(x); }, 0.5, int8({1}, 0.05f, 10),
     int8({1}, 1.0f / 128, 0)},
};

double real_entry(const Row &row, int32_t x) {
    const double input = scale_of(row.input) * (x - zero_point_of(row.input));
    const double steps = row.real(input) / scale_of(row.output) + zero_point_of(row.output);
    return std::clamp(steps, -128.0, 127.0);
}

TEST(lut, is_near_the_real_function) {
    for (const Row &row : kRows) {
        const auto table = entries(lut(row.name, row.input, row.output, 0.25));
        for (int32_t x = -128; x <= 127; ++x) {
            ASSERT_NEAR(real_entry(row, x), table[x + 128], row.off_max + 1e-4)
                << row.name << ' ' << x;
        }
    }
}

// ---- To the bit --------------------------------------------------------------------------------

TEST(lut, rescales_by_the_rounding_of_the_model) {
    // Steps of 1 to steps of 4: -6 is -1.5.
    const Graph graph = lut("relu_n1_to_1", int8({1}, 0.0625f, 0), int8({1}, 0.25f, 0));
    EXPECT_EQ(-2, entries(graph, INGOT_ROUNDING_DOUBLE)[128 - 6]);
    EXPECT_EQ(-1, entries(graph, INGOT_ROUNDING_SINGLE)[128 - 6]);
}

TEST(lut, clamps_and_nothing_else_where_quantisations_agree) {
    const Tensor same = int8({1}, 0.05f, -30);
    const auto table = entries(lut("relu6", same, same));
    for (int32_t x = -128; x <= 127; ++x) EXPECT_EQ(std::clamp(x, -30, 90), table[x + 128]);
}

TEST(lut, takes_any_slope_for_leaky_relu) {
    const Tensor input = int8({1}, 1, 0), output = int8({1}, 1, 0);
    EXPECT_EQ(20, entries(lut("leaky_relu", input, output, -2))[128 - 10]);
    EXPECT_EQ(-128, entries(lut("leaky_relu", input, output, 100))[128 - 10]);
    EXPECT_EQ(7, entries(lut("leaky_relu", input, output, 100))[128 + 7]);
    EXPECT_EQ(Code::kOperatorLimit, fault_of(lut("leaky_relu", input, output, INFINITY)));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(lut("leaky_relu", input, output, NAN)));
}

TEST(lut, answers_where_a_function_has_no_value) {
    const Tensor input = int8({1}, 0.1f, 0), output = int8({1}, 0.1f, 5);
    EXPECT_EQ(5, entries(lut("sqrt", input, output))[0]) << "real 0";
    EXPECT_EQ(-128, entries(lut("log", input, output))[0]) << "minus infinity";
    EXPECT_EQ(127, entries(lut("rsqrt", input, output))[0]) << "infinity";
    EXPECT_EQ(127, entries(lut("rsqrt", input, output))[128]) << "infinity";
}

TEST(lut, saturates_curves_beyond_their_fixed_point) {
    const Tensor vast = int8({1}, 100, 0);
    const auto logistic = entries(lut("logistic", vast, int8({1}, 1.0f / 256, -128)));
    EXPECT_EQ(-128, logistic[0]);
    EXPECT_EQ(-128, logistic[128]) << "as the reference has it";
    EXPECT_EQ(127, logistic[129]);
    const auto tanh = entries(lut("tanh", vast, int8({1}, 1.0f / 128, 0)));
    EXPECT_EQ(-128, tanh[127]);
    EXPECT_EQ(127, tanh[129]);
}

TEST(lut, survives_scales_at_the_ends_of_float) {
    for (const Row &row : kRows) {
        for (const float scale : {1e-45f, 1e-20f, 1e20f, 3e38f}) {
            for (const float other : {1e-45f, 1e-20f, 1e20f, 3e38f}) {
                (void)lower(lut(row.name, int8({1}, scale, 1), int8({1}, other, -1), 0.3));
            }
        }
    }
}

TEST(lut, has_one_output_quantisation_for_logistic_and_tanh) {
    const Tensor input = int8({1});
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(lut("logistic", input, int8({1}, 0.01f, -128))));
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(lut("logistic", input, int8({1}, 1.0f / 256, 0))));
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(lut("tanh", input, int8({1}, 1.0f / 128, 1))));
    EXPECT_EQ(Code::kQuantizationWrong, fault_of(lut("tanh", input, int8({1}, 1.0f / 127, 0))));
}

TEST(lut, refuses_hard_swish_onto_a_much_finer_output) {
    EXPECT_EQ(std::nullopt, fault_of(lut("hard_swish", int8({1}, 1), int8({1}, 0.01f))));
    EXPECT_EQ(Code::kQuantizationWrong,
              fault_of(lut("hard_swish", int8({1}, 1), int8({1}, 0.001f))));
}

TEST(lut, refuses_functions_and_shapes_it_does_not_know) {
    EXPECT_EQ(Code::kOperatorLimit, fault_of(lut("cosine", int8({4}), int8({4}))));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(lut("relu", int8({4}), int8({5}))));
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(lut("relu", int8({4}), tensor(Type::kInt16, {4}))));
}

// ---- Import ------------------------------------------------------------------------------------

std::string function_of(std::string_view tflite_name, const std::map<int, int64_t> &fields = {}) {
    Attributes attributes;
    const Imported imported = find_tflite(tflite_name);
    EXPECT_EQ(&k_lut, imported.op) << tflite_name;
    imported.import->read(IntegerOptions(fields), attributes);
    return attributes.text("function");
}

TEST(lut, imports_a_name_for_every_row_that_it_can_tabulate) {
    for (const Import &import : k_lut.imports) {
        const std::string name = function_of(import.tflite);
        EXPECT_NE(std::end(kRows), std::ranges::find(kRows, name, &Row::name)) << name;
    }
}

TEST(lut, tells_the_two_ways_to_compute_gelu) {
    EXPECT_EQ("gelu", function_of("GELU", {{0, 0}}));
    EXPECT_EQ("gelu_tanh", function_of("GELU", {{0, 1}}));
}

}  // namespace
}  // namespace ingot::test
