// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// softmax against the real function, and against laws that rounding must not break. Agreement with
// the reference kernels to the bit is tested with whole models.

#include <cmath>

#include "tests/kernels/bench_case.h"
#include "tests/kernels/layer.h"

namespace ingot::test {
namespace {

using Params = ingot_softmax_params;

std::vector<int32_t> exponentials(double scale) {
    std::vector<int32_t> table;
    for (int32_t d = 0; d < 256; ++d) {
        const double value = std::ldexp(std::exp(-d * scale), 31);
        table.push_back(static_cast<int32_t>(std::min(value, std::exp2(31) - 1)));
    }
    return table;
}

std::vector<int8_t> softmax(const std::vector<int8_t> &input, int32_t rows, double scale) {
    const std::vector<int32_t> table = exponentials(scale);
    const Params p = {.rows = rows,
                      .depth = static_cast<int32_t>(input.size()) / rows,
                      .exponential = table.data()};
    std::vector<int8_t> output(input.size());
    EXPECT_EQ(INGOT_OK, run(ingot_softmax, &p, {input.data()}, output.data()));
    return output;
}

double real_softmax(const std::vector<int8_t> &input, size_t i, double scale) {
    double sum = 0;
    for (const int8_t value : input) sum += std::exp((value - input[i]) * scale);
    return 1 / sum;
}

TEST(softmax, is_the_nearest_step_to_the_real_function_or_the_next) {
    Random random(1);
    for (const int32_t depth : {1, 2, 7, 16, 33, 500}) {
        for (const double scale : {0.004, 0.05, 0.3, 2.0}) {
            const auto input = random.values<int8_t>(depth);
            const std::vector<int8_t> output = softmax(input, 1, scale);
            for (size_t i = 0; i < output.size(); ++i) {
                const double steps = std::min(real_softmax(input, i, scale) * 256, 255.0) - 128;
                EXPECT_NEAR(steps, output[i], 0.51) << depth << ' ' << scale;
            }
        }
    }
}

TEST(softmax, gives_each_row_its_own_maximum) {
    const std::vector<int8_t> output = softmax({-128, -100, 127, 99}, 2, 0.05);
    EXPECT_EQ(output[0], output[3]);
    EXPECT_EQ(output[1], output[2]);
}

TEST(softmax, depends_on_differences_alone) {
    EXPECT_EQ(softmax({-128, -120, -100}, 1, 0.03), softmax({99, 107, 127}, 1, 0.03));
}

TEST(softmax, of_one_element_is_as_near_to_1_as_8_bits_come) {
    EXPECT_EQ((std::vector<int8_t>{127}), softmax({5}, 1, 0.1));
}

TEST(softmax, of_two_equal_elements_is_one_half) {
    EXPECT_EQ((std::vector<int8_t>{0, 0}), softmax({-7, -7}, 1, 0.1));
}

TEST(softmax, is_nothing_each_when_more_than_512_share) {
    for (const int32_t depth : {513, 1000, 4096, 8191}) {
        const std::vector<int8_t> equal(depth, 12);
        EXPECT_EQ(std::vector<int8_t>(depth, -128), softmax(equal, 1, 0.1)) << depth;
    }
}

TEST(softmax, works_in_place) {
    Random random(2);
    auto values = random.values<int8_t>(40);
    const std::vector<int8_t> expected = softmax(values, 4, 0.06);
    const std::vector<int32_t> table = exponentials(0.06);
    const Params p = {.rows = 4, .depth = 10, .exponential = table.data()};
    EXPECT_EQ(INGOT_OK, run(ingot_softmax, &p, {values.data()}, values.data()));
    EXPECT_EQ(expected, values);
}

TEST(softmax, refuses_flawed_params) {
    static std::vector<int32_t> table = exponentials(0.1);
    static std::vector<int32_t> zeros(256);
    const std::vector<Flaw<Params>> flaws = {
        {"no rows", [](Params &p) { p.rows = 0; }},
        {"no depth", [](Params &p) { p.depth = 0; }},
        {"too deep", [](Params &p) { p.depth = 8192; }},
        {"no table", [](Params &p) { p.exponential = nullptr; }},
        {"a table without exp(0)", [](Params &p) { p.exponential = zeros.data(); }},
    };
    expect_flaws_refused(ingot_softmax, Params{.rows = 1, .depth = 4, .exponential = table.data()},
                         flaws);
}

}  // namespace

BenchCase bench_softmax() {
    Random random(0);
    BenchCase bench("keyword spotting, last layer: [12]", 12);
    const int32_t *table = bench.keep(exponentials(0.1));
    return bench.reads(random.values<int8_t>(12))
        .writes<int8_t>(12)
        .takes(Params{.rows = 1, .depth = 12, .exponential = table});
}

}  // namespace ingot::test
