// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Factors, clamps and the checks of int8 tensors.

#include "codegen/ops/quantized.h"

#include <cmath>

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr int32_t kLargest = std::numeric_limits<int32_t>::max();

// ---- Factors -----------------------------------------------------------------------------------

struct FactorRow {
    double real;
    int32_t multiplier, shift;
};

const FactorRow kFactors[] = {
    {0, 0, 0},
    {1, 1 << 30, 1},
    {0.5, 1 << 30, 0},
    {0.75, 3 << 29, 0},
    {2.5, 5 << 28, 2},
    {1.0 / 3, 1431655765, -1},
    {std::nextafter(1.0, 0), 1 << 30, 1},  // rounds up to the next power of two
    {std::exp2(-32), 1 << 30, -31},        // the least there is
    {std::nextafter(std::exp2(-32), 1), 1 << 30, -31},
    {std::exp2(-32) * 0.99, 0, 0},  // vanishes
    {std::exp2(30) - 1, kLargest - 1, 30},
    {std::exp2(30), kLargest, 30},  // stops
    {std::nextafter(std::exp2(30), 0), kLargest, 30},
    {1e300, kLargest, 30},
    {kInfinity, kLargest, 30},
};

TEST(factor_of, is_a_fraction_of_31_bits_and_a_power_of_two) {
    for (const FactorRow &row : kFactors) {
        const ingot_factor factor = factor_of(row.real);
        EXPECT_EQ(row.multiplier, factor.multiplier) << row.real;
        EXPECT_EQ(row.shift, factor.shift) << row.real;
    }
}

TEST(factor_of, is_nearer_than_half_a_step_of_its_multiplier) {
    for (double real = 1e-9; real < 1e9; real *= 1.37) {
        const ingot_factor factor = factor_of(real);
        EXPECT_NEAR(std::ldexp(real, 31 - factor.shift), factor.multiplier, 0.5) << real;
    }
}

// ---- Values ------------------------------------------------------------------------------------

TEST(nearest_int8, rounds_ties_away_from_zero_and_saturates) {
    const Tensor tensor = int8({1}, 0.5f, 10);
    EXPECT_EQ(10, nearest_int8(0, tensor));
    EXPECT_EQ(11, nearest_int8(0.25f, tensor));
    EXPECT_EQ(9, nearest_int8(-0.25f, tensor));
    EXPECT_EQ(127, nearest_int8(60, tensor));
    EXPECT_EQ(-128, nearest_int8(-kInfinity, tensor));
    EXPECT_EQ(127, nearest_int8(6, int8({1}, 1e-40f, -128))) << "6 / scale is beyond any integer";
}

TEST(shape_of, fills_missing_leading_extents_with_one) {
    EXPECT_EQ((Integers{1, 1, 1, 1}), shape_of(int8({})));
    EXPECT_EQ((Integers{1, 1, 3, 4}), shape_of(int8({3, 4})));
    EXPECT_EQ((Integers{2, 3, 4, 5}), shape_of(int8({2, 3, 4, 5})));
}

// ---- Clamps ------------------------------------------------------------------------------------

std::string range_of(int64_t activation, const Tensor &output) {
    const Graph graph = graph_of(k_add, {}, {output}, {{"activation", activation}});
    const auto range = activation_range({graph, graph.nodes[0]});
    if (!range) return std::string(number(range.error().code));
    return fmt::format("{}..{}", range->min, range->max);
}

TEST(activation_range, is_the_activation_in_the_output_quantisation) {
    const Tensor output = int8({1}, 0.05f, -100);
    EXPECT_EQ("-128..127", range_of(0, output));
    EXPECT_EQ("-100..127", range_of(1, output));
    EXPECT_EQ("-120..-80", range_of(2, output));
    EXPECT_EQ("-100..20", range_of(3, output));
    EXPECT_EQ("-100..127", range_of(3, int8({1}, 0.01f, -100))) << "6 is beyond the int8s";
    EXPECT_EQ("127..127", range_of(1, int8({1}, 1, 127)));
}

TEST(activation_range, refuses_what_is_not_a_clamp) {
    for (const int64_t activation : {-1, 4, 5, 100}) {
        EXPECT_EQ(number(Code::kOperatorLimit), range_of(activation, int8({1}))) << activation;
    }
}

TEST(output_stage, tells_how_the_model_rounds) {
    const Graph graph = graph_of(k_add, {}, {int8({1}, 0.5f, 7)});
    const auto stage = output_stage({graph, graph.nodes[0], INGOT_ROUNDING_SINGLE});
    ASSERT_TRUE(stage);
    EXPECT_EQ(
        "zero_point 7, activation_min -128, activation_max 127, rounding INGOT_ROUNDING_SINGLE",
        text_of(stage->fields()));
}

// ---- Checks ------------------------------------------------------------------------------------

std::optional<Code> code_of(const Result<void> &result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

std::optional<Code> fault_of_input(const Tensor &input) {
    const Graph graph = graph_of(k_add, {input}, {int8({1})});
    return code_of(require_int8_input({graph, graph.nodes[0]}, 0));
}

Tensor with(const Quantization &quantization) {
    Tensor tensor = int8({1});
    tensor.quantization = quantization;
    return tensor;
}

TEST(require_int8, accepts_one_scale_and_one_zero_point) {
    EXPECT_EQ(std::nullopt, fault_of_input(int8({1}, 0.5f, -128)));
    EXPECT_EQ(std::nullopt, fault_of_input(int8({1}, 1e-40f, 127)));
}

TEST(require_int8, refuses_other_types) {
    EXPECT_EQ(Code::kTypeNotExecutable, fault_of_input(tensor(Type::kFloat32, {1})));
    EXPECT_EQ(Code::kTypeNotExecutable, fault_of_input(tensor(Type::kUint8, {1})));
}

TEST(require_int8, refuses_scales_and_zero_points_that_mean_nothing) {
    const Quantization kFlawed[] = {
        {},
        {.scale = {0.5f}, .zero_point = {}},
        {.scale = {0.5f, 0.5f}, .zero_point = {0, 0}},
        {.scale = {0}, .zero_point = {0}},
        {.scale = {-1}, .zero_point = {0}},
        {.scale = {kInfinity}, .zero_point = {0}},
        {.scale = {std::nanf("")}, .zero_point = {0}},
        {.scale = {1}, .zero_point = {-129}},
        {.scale = {1}, .zero_point = {128}},
    };
    for (const Quantization &quantization : kFlawed) {
        EXPECT_EQ(Code::kQuantizationWrong, fault_of_input(with(quantization)))
            << &quantization - kFlawed;
    }
}

TEST(require_int8, names_a_missing_input_or_output) {
    const Graph empty = graph_of(k_add, {}, {});
    const Site site = {empty, empty.nodes[0]};
    EXPECT_EQ(Code::kModelInconsistent, code_of(require_int8_input(site, 0)));
    EXPECT_EQ(Code::kModelInconsistent, code_of(require_int8_output(site)));
    EXPECT_EQ(Code::kModelInconsistent, code_of(require_int8(site, 1)));
}

TEST(require_int8, looks_at_every_input_and_the_output) {
    const auto fault = [](const Tensor &a, const Tensor &b, const Tensor &output) {
        const Graph graph = graph_of(k_add, {a, b}, {output});
        return code_of(require_int8({graph, graph.nodes[0]}, 2));
    };
    const Tensor good = int8({1}), bad = tensor(Type::kInt32, {1});
    EXPECT_EQ(std::nullopt, fault(good, good, good));
    EXPECT_EQ(Code::kTypeNotExecutable, fault(good, bad, good));
    EXPECT_EQ(Code::kTypeNotExecutable, fault(good, good, bad));
}

TEST(require_same_quantization, compares_scale_and_zero_point) {
    const auto fault = [](const Tensor &input, const Tensor &output) {
        const Graph graph = graph_of(k_add, {input}, {output});
        return code_of(require_same_quantization({graph, graph.nodes[0]}));
    };
    EXPECT_EQ(std::nullopt, fault(int8({1}, 0.5f, 3), int8({1}, 0.5f, 3)));
    EXPECT_EQ(Code::kQuantizationWrong, fault(int8({1}, 0.5f, 3), int8({1}, 0.25f, 3)));
    EXPECT_EQ(Code::kQuantizationWrong, fault(int8({1}, 0.5f, 3), int8({1}, 0.5f, 4)));
}

TEST(require_constant_integers, reads_int32_and_int64) {
    const Graph graph = graph_of(
        k_add, {int32s({3, -4}), constant<int64_t>(Type::kInt64, {1}, {5}), int32_scalar(6)}, {});
    const Site site = {graph, graph.nodes[0]};
    EXPECT_EQ((Integers{3, -4}), require_constant_integers(site, 0).value());
    EXPECT_EQ((Integers{5}), require_constant_integers(site, 1).value());
    EXPECT_EQ((Integers{6}), require_constant_integers(site, 2).value());
}

TEST(require_constant_integers, refuses_what_is_missing_computed_or_real) {
    const Graph graph =
        graph_of(k_add, {tensor(Type::kInt32, {2}), tensor(Type::kFloat32, {2})}, {});
    const Site site = {graph, graph.nodes[0]};
    EXPECT_EQ(Code::kNotConstant, require_constant_integers(site, 0).error().code);
    EXPECT_EQ(Code::kTypeNotExecutable, require_constant_integers(site, 1).error().code);
    EXPECT_EQ(Code::kModelInconsistent, require_constant_integers(site, 2).error().code);
}

}  // namespace
}  // namespace ingot::test
