// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The place of the largest element, against the standard library's.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/reference.h"

namespace ingot::test {
namespace {

template <class Index>
std::vector<Index> indices(const ingot_arg_max_params &params, const std::vector<int8_t> &input) {
    std::vector<Index> output(static_cast<size_t>(params.outer * params.inner) + 1, -1);
    EXPECT_EQ(INGOT_OK, run(ingot_arg_max, &params, {input.data()}, output.data()));
    EXPECT_EQ(-1, output.back()) << "written behind the last index";
    output.pop_back();
    return output;
}

template <class Index>
std::vector<Index> naive_indices(const ingot_arg_max_params &p, const std::vector<int8_t> &input) {
    std::vector<Index> output;
    for (int32_t outer = 0; outer < p.outer; ++outer) {
        for (int32_t inner = 0; inner < p.inner; ++inner) {
            std::vector<int8_t> line;
            for (int32_t i = 0; i < p.axis; ++i) {
                line.push_back(input[static_cast<size_t>((outer * p.axis + i) * p.inner + inner)]);
            }
            output.push_back(std::max_element(line.begin(), line.end()) - line.begin());
        }
    }
    return output;
}

template <class Index>
void expect_naive(const std::vector<int8_t> &palette) {
    Random random(1);
    for (int round = 0; round < 1000; ++round) {
        const ingot_arg_max_params params = {.outer = random.in(1, 6),
                                             .axis = random.in(1, 20),
                                             .inner = random.in(1, 6),
                                             .output_bytes = sizeof(Index)};
        std::vector<int8_t> input(static_cast<size_t>(params.outer * params.axis * params.inner));
        const auto last = static_cast<int32_t>(palette.size()) - 1;
        for (int8_t &value : input) value = palette[static_cast<size_t>(random.in(0, last))];
        ASSERT_EQ(naive_indices<Index>(params, input), indices<Index>(params, input));
    }
}

TEST(arg_max, finds_the_largest_along_any_axis) {
    expect_naive<int32_t>({-128, -127, -60, -1, 0, 1, 2, 60, 126, 127});
}

TEST(arg_max, takes_the_first_of_equals) { expect_naive<int32_t>({-128, 127}); }

TEST(arg_max, writes_64_bit_indices_too) { expect_naive<int64_t>({-3, -2, -1, 0}); }

TEST(arg_max, counts_beyond_what_a_byte_holds) {
    std::vector<int8_t> input(70000, -128);
    input[69999] = -127;
    const ingot_arg_max_params params = {.outer = 1, .axis = 70000, .inner = 1, .output_bytes = 4};
    EXPECT_EQ(std::vector<int32_t>{69999}, indices<int32_t>(params, input));
}

TEST(arg_max, refuses_params_that_break_its_requirements) {
    const ingot_arg_max_params bad[] = {
        {.outer = 0, .axis = 2, .inner = 2, .output_bytes = 4},
        {.outer = 2, .axis = 0, .inner = 2, .output_bytes = 4},
        {.outer = 2, .axis = 2, .inner = 0, .output_bytes = 4},
        {.outer = 2, .axis = 2, .inner = 2, .output_bytes = 1},
        {.outer = 2, .axis = 2, .inner = 2, .output_bytes = 0},
    };
    for (const ingot_arg_max_params &params : bad) expect_refused(ingot_arg_max, &params);
}

}  // namespace

BenchCase bench_arg_max() {
    Random random(0);
    const ingot_arg_max_params params = {
        .outer = 48 * 48, .axis = 10, .inner = 1, .output_bytes = 4};
    return BenchCase("segmentation, classes of pixels: [48][48][10]", params.outer * params.axis)
        .reads(random.values<int8_t>(params.outer * params.axis))
        .writes<int32_t>(params.outer)
        .takes(params);
}

}  // namespace ingot::test
