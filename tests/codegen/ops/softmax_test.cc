// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Softmax: the table of exponentials, and the one quantisation of its output.

#include <cmath>

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

constexpr int32_t kOne = std::numeric_limits<int32_t>::max();

Graph softmax(const Tensor &input, const Tensor &output, double beta = 1) {
    Graph graph = graph_of(k_softmax, {input}, {output});
    graph.nodes[0].attributes.set("beta", beta);
    return graph;
}

Tensor probabilities(const Shape &shape) { return int8(shape, 1.0f / 256, -128); }

std::vector<int32_t> exponentials(float scale, double beta,
                                  ingot_rounding rounding = INGOT_ROUNDING_DOUBLE) {
    const Graph graph = softmax(int8({4}, scale), probabilities({4}), beta);
    return table(lower(graph, rounding), "exponential");
}

TEST(softmax, is_over_the_last_axis) {
    const auto call = lower(softmax(int8({2, 3, 5}), probabilities({2, 3, 5})));
    EXPECT_EQ("6", field(call, "rows"));
    EXPECT_EQ("5", field(call, "depth"));
}

TEST(softmax, table_is_the_exponential_of_beta_times_scale) {
    for (const float scale : {0.004f, 0.05f, 0.09f}) {
        for (const double beta : {1.0, 0.5, 1.25}) {
            const std::vector<int32_t> table = exponentials(scale, beta);
            ASSERT_EQ(256u, table.size());
            EXPECT_EQ(kOne, table[0]);
            for (int d = 1; d < 256; ++d) {
                EXPECT_NEAR(std::exp(-d * beta * scale), std::ldexp(table[d], -31), 1e-6);
            }
        }
    }
}

TEST(softmax, table_ends_where_the_exponent_does_not_fit) {
    // 31 x 2^26 / 2^27: steps of 0.75 count as steps of 1, rounded up to a power of two.
    const std::vector<int32_t> table = exponentials(0.75f, 1);
    EXPECT_GT(table[20], 0);
    EXPECT_EQ(0, table[32]);
    EXPECT_EQ(0, table[255]);
}

TEST(softmax, table_of_vast_steps_is_one_and_nothing) {
    for (const float scale : {16.0f, 1000.0f, 1e38f}) {
        std::vector<int32_t> expected(256);
        expected[0] = kOne;
        EXPECT_EQ(expected, exponentials(scale, 1)) << scale;
    }
}

TEST(softmax, cuts_vast_steps_earlier_when_the_model_rounds_once) {
    const std::vector<int32_t> table = exponentials(1000, 1, INGOT_ROUNDING_SINGLE);
    EXPECT_EQ(242, table[1]) << "exp(-16), Q0.31";
    EXPECT_EQ(0, table[2]);
}

TEST(softmax, checks_shapes_and_depth) {
    const auto fault = [](const Shape &input, const Shape &output) {
        return fault_of(softmax(int8(input), probabilities(output)));
    };
    EXPECT_EQ(std::nullopt, fault({8191}, {8191}));
    EXPECT_EQ(Code::kOperatorLimit, fault({8192}, {8192}));
    EXPECT_EQ(Code::kOperatorLimit, fault({}, {}));
    EXPECT_EQ(Code::kModelInconsistent, fault({2, 3}, {3, 2}));
}

TEST(softmax, has_one_output_quantisation) {
    const auto fault = [](const Tensor &output) { return fault_of(softmax(int8({4}), output)); };
    EXPECT_EQ(Code::kQuantizationWrong, fault(int8({4}, 1.0f / 255, -128)));
    EXPECT_EQ(Code::kQuantizationWrong, fault(int8({4}, 1.0f / 256, 0)));
    EXPECT_EQ(Code::kTypeNotExecutable, fault(tensor(Type::kInt16, {4})));
}

TEST(softmax, wants_an_exponent_that_fixed_point_can_tell_from_nothing) {
    for (const double beta : {0.0, -1.0, 1e-9, std::nan("")}) {
        EXPECT_EQ(Code::kOperatorLimit,
                  fault_of(softmax(int8({4}, 0.1f), probabilities({4}), beta)))
            << beta;
    }
}

class Beta : public IntegerOptions {
public:
    Beta() : IntegerOptions({}) {}
    double float32(int field, double otherwise) const override {
        return field == 0 ? 0.5 : otherwise;
    }
};

TEST(softmax, imports_beta) {
    EXPECT_EQ(&k_softmax, find_tflite("SOFTMAX").op);
    Attributes attributes;
    find_tflite("SOFTMAX").import->read(Beta(), attributes);
    EXPECT_EQ(0.5, attributes.real("beta"));
}

}  // namespace
}  // namespace ingot::test
