// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// mean against sums by index arithmetic.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/layer.h"

namespace ingot::test {
namespace {

using Params = ingot_mean_params;

constexpr ingot_output_stage kStage = {.zero_point = 3,
                                       .activation_min = -128,
                                       .activation_max = 127,
                                       .rounding = INGOT_ROUNDING_DOUBLE};

int64_t length(const ingot_walk &walk) {
    int64_t count = 1;
    for (int32_t d = 0; d < walk.rank; ++d) count *= walk.extent[d];
    return count;
}

// Offset of element i of a walk, by division.
int64_t naive_offset(const ingot_walk &walk, int64_t i) {
    int64_t offset = 0;
    for (int32_t d = walk.rank - 1; d >= 0; --d) {
        offset += i % walk.extent[d] * walk.stride[d];
        i /= walk.extent[d];
    }
    return offset;
}

std::vector<int8_t> naive(const Params &p, const std::vector<int8_t> &input) {
    std::vector<int8_t> output;
    for (int64_t i = 0; i < length(p.kept); ++i) {
        int64_t sum = 0;
        for (int64_t k = 0; k < length(p.reduced); ++k) {
            const int64_t at = naive_offset(p.kept, i) + naive_offset(p.reduced, k);
            sum += input[at] - p.input_zero_point;
        }
        output.push_back(naive_finish(sum, p.factor, p.stage));
    }
    return output;
}

struct Problem {
    ingot_walk kept, reduced;
    int64_t elements;
};

const Problem kProblems[] = {
    {{0, {}, {}}, {1, {17}, {1}}, 17},                         // everything to one
    {{1, {8}, {1}}, {0, {}, {}}, 8},                           // nothing reduced
    {{1, {16}, {1}}, {1, {35}, {16}}, 560},                    // a global average
    {{2, {3, 5}, {60, 1}}, {1, {12}, {5}}, 180},               // with batches
    {{1, {12}, {5}}, {1, {5}, {1}}, 60},                       // the last axis
    {{2, {4, 3}, {30, 1}}, {2, {2, 5}, {15, 3}}, 120},         // two loops each
    {{3, {2, 3, 2}, {60, 10, 1}}, {2, {2, 5}, {30, 2}}, 120},  // interleaved
};

TEST(mean, matches_index_arithmetic_over_many_walks) {
    Random random(1);
    for (const Problem &problem : kProblems) {
        for (const ingot_rounding rounding : {INGOT_ROUNDING_DOUBLE, INGOT_ROUNDING_SINGLE}) {
            Params p = {.kept = problem.kept,
                        .reduced = problem.reduced,
                        .input_zero_point = random.in(-128, 127),
                        .factor = random.factor(-6, 0),
                        .stage = kStage};
            p.stage.rounding = rounding;
            const auto input = random.values<int8_t>(problem.elements);
            std::vector<int8_t> output(length(p.kept));
            EXPECT_EQ(INGOT_OK, run(ingot_mean, &p, {input.data()}, output.data()));
            EXPECT_EQ(naive(p, input), output) << "problem " << &problem - kProblems;
        }
    }
}

TEST(mean, of_equal_values_is_that_value) {
    const Params p = {.kept = {1, {4}, {1}},
                      .reduced = {1, {8}, {4}},
                      .input_zero_point = 3,
                      .factor = {.multiplier = 1 << 30, .shift = -2},  // 1/8
                      .stage = kStage};
    const std::vector<int8_t> input(32, -90);
    std::vector<int8_t> output(4);
    EXPECT_EQ(INGOT_OK, run(ingot_mean, &p, {input.data()}, output.data()));
    EXPECT_EQ(std::vector<int8_t>(4, -90), output);
}

TEST(mean, refuses_flawed_params) {
    const Params sound = {.kept = {1, {4}, {1}},
                          .reduced = {1, {8}, {4}},
                          .input_zero_point = 0,
                          .factor = {.multiplier = 1 << 30, .shift = -2},
                          .stage = kStage};
    const std::vector<Flaw<Params>> flaws = {
        {"too many kept loops", [](Params &p) { p.kept.rank = INGOT_RANK_MAX + 1; }},
        {"negative rank", [](Params &p) { p.reduced.rank = -1; }},
        {"an empty kept loop", [](Params &p) { p.kept.extent[0] = 0; }},
        {"an empty reduced loop", [](Params &p) { p.reduced.extent[0] = 0; }},
        {"zero point below", [](Params &p) { p.input_zero_point = -129; }},
        {"zero point above", [](Params &p) { p.input_zero_point = 128; }},
        {"negative multiplier", [](Params &p) { p.factor.multiplier = -1; }},
        {"shift too far right", [](Params &p) { p.factor.shift = -32; }},
        {"shift too far left", [](Params &p) { p.factor.shift = 31; }},
        {"output zero point above", [](Params &p) { p.stage.zero_point = 128; }},
        {"clamp upside down", [](Params &p) { p.stage.activation_max = -129; }},
    };
    expect_flaws_refused(ingot_mean, sound, flaws);
}

}  // namespace

BenchCase bench_mean() {
    Random random(0);
    return BenchCase("global average: [8][8][64] -> [64]", 8 * 8 * 64)
        .reads(random.values<int8_t>(8 * 8 * 64))
        .writes<int8_t>(64)
        .takes(Params{.kept = {1, {64}, {1}},
                      .reduced = {1, {64}, {64}},
                      .input_zero_point = 3,
                      .factor = {.multiplier = 1 << 30, .shift = -5},
                      .stage = kStage});
}

}  // namespace ingot::test
