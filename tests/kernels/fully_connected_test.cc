// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// fully_connected against three nested loops.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/layer.h"

namespace ingot::test {
namespace {

using Params = ingot_fully_connected_params;
using FullyConnected = Layer<Params>;

struct Problem {
    int32_t rows, inputs, outputs;
    int32_t weights_zero_point = 0;
};

FullyConnected layer_of(const Problem &problem, Random &random, const Style &style) {
    Params params = {};
    params.rows = problem.rows;
    params.inputs = problem.inputs;
    params.outputs = problem.outputs;
    params.weights_zero_point = problem.weights_zero_point;
    return FullyConnected(params,
                          {.input = problem.rows * problem.inputs,
                           .weights = problem.outputs * problem.inputs,
                           .output = problem.rows * problem.outputs,
                           .channels = problem.outputs},
                          random, style);
}

std::vector<int8_t> naive(const FullyConnected &layer) {
    const Params &p = layer.params;
    std::vector<int8_t> output;
    for (int32_t row = 0; row < p.rows; ++row) {
        for (int32_t c = 0; c < p.outputs; ++c) {
            int64_t sum = 0;
            for (int32_t i = 0; i < p.inputs; ++i) {
                sum += (layer.weights[c * p.inputs + i] - p.weights_zero_point) *
                       (layer.input[row * p.inputs + i] - p.input_zero_point);
            }
            output.push_back(layer.finish(c, sum));
        }
    }
    return output;
}

constexpr Problem kProblems[] = {
    {1, 1, 1},  {1, 7, 3},    {1, 8, 8},    {1, 16, 10},      {1, 17, 4},      {3, 33, 5},
    {5, 64, 1}, {1, 640, 13}, {1, 9, 4, 1}, {2, 16, 3, -128}, {4, 31, 6, 127},
};

TEST(fully_connected, matches_nested_loops_over_many_shapes) {
    Random random(1);
    for (const Problem &problem : kProblems) {
        for (const Style &style : kStyles) {
            const FullyConnected layer = layer_of(problem, random, style);
            EXPECT_EQ(naive(layer), layer.run(ingot_fully_connected))
                << "problem " << &problem - kProblems << ", style " << &style - kStyles;
        }
    }
}

constexpr Style kPlain = kStyles[0];

TEST(fully_connected, matches_at_extreme_zero_points_and_shifts) {
    Random random(2);
    for (const int32_t input_zero : {-128, 0, 127}) {
        for (const int32_t weights_zero : {-128, 0, 127}) {
            for (const int8_t shift : {-31, -1, 0, 1, 6}) {
                FullyConnected layer = layer_of({2, 20, 3, weights_zero}, random, kPlain);
                layer.params.input_zero_point = input_zero;
                std::ranges::fill(layer.shift, shift);
                EXPECT_EQ(naive(layer), layer.run(ingot_fully_connected))
                    << input_zero << ' ' << weights_zero << ' ' << int{shift};
            }
        }
    }
}

TEST(fully_connected, refuses_flawed_params) {
    Random random(3);
    const FullyConnected layer = layer_of({2, 8, 3}, random, kPlain);
    const std::vector<Flaw<Params>> own = {
        {"no rows", [](Params &p) { p.rows = 0; }},
        {"no inputs", [](Params &p) { p.inputs = 0; }},
        {"no outputs", [](Params &p) { p.outputs = -1; }},
        {"weights zero point below", [](Params &p) { p.weights_zero_point = -129; }},
        {"weights zero point above", [](Params &p) { p.weights_zero_point = 128; }},
    };
    expect_flaws_refused(ingot_fully_connected, layer.params, own);
    expect_flaws_refused(ingot_fully_connected, layer.params, weight_flaws<Params>());
}

}  // namespace

BenchCase bench_fully_connected() {
    Random random(0);
    return layer_case("anomaly detection, first layer: [640] -> [128]",
                      layer_of({1, 640, 128}, random, kStyles[0]), 640 * 128);
}

}  // namespace ingot::test
