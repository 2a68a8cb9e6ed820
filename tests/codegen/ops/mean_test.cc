// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Means: which loops are kept and which are summed, and the factor that divides.

#include "tests/codegen/ops/call_text.h"

namespace ingot::test {
namespace {

Graph mean(const Tensor &input, const std::vector<int32_t> &axes, const Tensor &output,
           int64_t keep_dims = 0) {
    return graph_of(k_mean, {input, int32s(axes)}, {output}, {{"keep_dims", keep_dims}});
}

TEST(mean, becomes_the_params_of_its_kernel) {
    EXPECT_EQ(
        "kept {rank 1, extent {16}, stride {1}}, reduced {rank 1, extent {64}, stride {16}}, "
        "input_zero_point -3, factor {multiplier 1073741824, shift -5}, stage {zero_point 9, "
        "activation_min -128, activation_max 127, rounding INGOT_ROUNDING_DOUBLE}",
        params(lower(mean(int8({1, 8, 8, 16}), {1, 2}, int8({1, 16}, 0.5f, 9)))));
}

struct WalkRow {
    Shape input;
    std::vector<int32_t> axes;
    Shape output;
    std::string kept, reduced;
};

const WalkRow kWalks[] = {
    {{4, 5}, {1}, {4}, "{rank 1, extent {4}, stride {5}}", "{rank 1, extent {5}, stride {1}}"},
    {{4, 5}, {-2}, {5}, "{rank 1, extent {5}, stride {1}}", "{rank 1, extent {4}, stride {5}}"},
    {{4, 5},
     {0, 1, -1},
     {},
     "{rank 1, extent {1}, stride {1}}",
     "{rank 1, extent {20}, stride {1}}"},
    {{2, 3, 4, 5},
     {1, 2},
     {2, 5},
     "{rank 2, extent {2, 5}, stride {60, 1}}",
     "{rank 1, extent {12}, stride {5}}"},
    {{2, 3, 4, 5},
     {0, 2},
     {3, 5},
     "{rank 2, extent {3, 5}, stride {20, 1}}",
     "{rank 2, extent {2, 4}, stride {60, 5}}"},
    {{2, 1, 4},
     {1},
     {2, 4},
     "{rank 1, extent {8}, stride {1}}",
     "{rank 1, extent {1}, stride {1}}"},
};

TEST(mean, walks_in_the_fewest_loops) {
    for (const WalkRow &row : kWalks) {
        const auto call = lower(mean(int8(row.input), row.axes, int8(row.output)));
        EXPECT_EQ(row.kept, field(call, "kept")) << "row " << &row - kWalks;
        EXPECT_EQ(row.reduced, field(call, "reduced")) << "row " << &row - kWalks;
    }
}

struct DivisorRow {
    float input_scale;
    int32_t count;
    int32_t multiplier, shift;
};

// Cut, not rounded: 2^30 x 2 / 3 is 715827882.67.
constexpr DivisorRow kDivisors[] = {
    {0.5f, 1, 1 << 30, 1},     {0.5f, 2, 1 << 30, 0},
    {0.5f, 3, 715827882, 0},   {0.5f, 49, 701219150, -4},
    {0.25f, 3, 715827882, -1}, {0x1p-33f, 3, 357913941, -31},  // no headroom is left
    {0x1p-40f, 3, 0, -1},
};

TEST(mean, divides_the_multiplier_by_the_count_and_cuts) {
    for (const DivisorRow &row : kDivisors) {
        const auto call = lower(mean(int8({row.count, 2}, row.input_scale), {0}, int8({2})));
        EXPECT_EQ(fmt::format("{{multiplier {}, shift {}}}", row.multiplier, row.shift),
                  field(call, "factor"))
            << "row " << &row - kDivisors;
    }
}

TEST(mean, checks_the_output_against_keep_dims) {
    const Tensor input = int8({2, 3, 4});
    EXPECT_EQ(std::nullopt, fault_of(mean(input, {1}, int8({2, 4}), 0)));
    EXPECT_EQ(std::nullopt, fault_of(mean(input, {1}, int8({2, 1, 4}), 1)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(mean(input, {1}, int8({2, 4}), 1)));
    EXPECT_EQ(Code::kModelInconsistent, fault_of(mean(input, {1}, int8({2, 3}), 0)));
}

TEST(mean, wants_axes_that_are_constant_and_there) {
    const Tensor input = int8({2, 3}), output = int8({2});
    EXPECT_EQ(Code::kOperatorLimit, fault_of(mean(input, {2}, output)));
    EXPECT_EQ(Code::kOperatorLimit, fault_of(mean(input, {-3}, output)));
    EXPECT_EQ(Code::kNotConstant,
              fault_of(graph_of(k_mean, {input, tensor(Type::kInt32, {1})}, {output})));
    EXPECT_EQ(Code::kTypeNotExecutable,
              fault_of(graph_of(k_mean, {tensor(Type::kInt16, {2, 3}), int32s({1})}, {output})));
}

TEST(mean, refuses_more_loops_than_a_walk_has) {
    const Shape input(14, 2);
    const std::vector<int32_t> even = {0, 2, 4, 6, 8, 10, 12};
    EXPECT_EQ(Code::kOperatorLimit, fault_of(mean(int8(input), even, int8(Shape(7, 2)))));
}

TEST(mean, imports_keep_dims) {
    EXPECT_EQ(&k_mean, find_tflite("MEAN").op);
    EXPECT_EQ((Values{{"keep_dims", 1}}), imported("MEAN", {{0, 1}}));
}

}  // namespace
}  // namespace ingot::test
