// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// fully_connected for Armv7E-M against the portable kernel.

#include <map>

#include "kernels/arch/armv7em/fully_connected.pack.h"
#include "tests/kernels/arch/armv7em/variant.h"

namespace ingot::test {
namespace {

using Params = ingot_fully_connected_params;
using FullyConnected = Quantised<Params>;

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

Form expect_same(const FullyConnected &layer) {
    return expect_same(layer, ingot_fully_connected, ingot_fully_connected_armv7em);
}

TEST(fully_connected_armv7em, is_the_portable_kernel_to_the_bit_at_its_boundaries) {
    Random random(1);
    for (const int32_t inputs : {1, 3, 4, 5, 7, 8, 9, 16, 503, 504, 505, 508, 509, 1009}) {
        for (const int32_t outputs : {1, 2, 3, 4, 5, 6, 7, 8, 9}) {
            for (const Style &style : kStyles) {
                SCOPED_TRACE(testing::Message() << inputs << " to " << outputs);
                expect_same(layer_of({2, inputs, outputs}, random, style));
            }
        }
    }
}

TEST(fully_connected_armv7em, is_the_portable_kernel_to_the_bit_for_any_params) {
    Random random(2);
    std::map<Form, int> seen;
    for (int i = 0; i < 4000; ++i) {
        const Problem problem = {
            .rows = random.in(1, 3),
            .inputs = random.in(0, 15) == 0 ? random.in(500, 1030) : random.in(1, 70),
            .outputs = random.in(1, 13),
            .weights_zero_point = random.in(0, 9) == 0 ? random.in(-128, 127) : 0};
        FullyConnected layer = layer_of(problem, random, kStyles[random.in(0, 3)]);
        make_unusual(layer, random);
        ++seen[expect_same(layer)];
        ASSERT_FALSE(HasFailure()) << "case " << i;
    }
    EXPECT_GT(seen[kPlain], 200);
    EXPECT_GT(seen[kExact], 200);
    EXPECT_GT(seen[kFast], 200);
}

constexpr Problem kSmall = {1, 20, 6};

TEST(fully_connected_armv7em, refuses_weights_that_are_not_packed) {
    Random random(3);
    const FullyConnected layer = layer_of(kSmall, random, kStyles[0]);
    expect_refused(ingot_fully_connected_armv7em, &layer.params);
}

TEST(fully_connected_armv7em, refuses_params_that_the_portable_kernel_refuses) {
    Random random(4);
    const FullyConnected layer = layer_of(kSmall, random, kStyles[0]);
    const std::vector<uint32_t> weights = packed(layer.params);
    const Params params = packed_params(layer.params, weights);
    expect_flaws_refused<Params>(
        ingot_fully_connected_armv7em, params,
        {{"no weights", [](Params &p) { p.weights = nullptr; }},
         {"no rows", [](Params &p) { p.rows = 0; }},
         {"no inputs", [](Params &p) { p.inputs = 0; }},
         {"no outputs", [](Params &p) { p.outputs = 0; }},
         {"weights zero point", [](Params &p) { p.weights_zero_point = 1; }},
         {"factor stride", [](Params &p) { p.factors.stride = 2; }},
         {"input zero point", [](Params &p) { p.input_zero_point = -129; }},
         {"clamp", [](Params &p) { p.stage.activation_min = 128; }}});
}

TEST(fully_connected_armv7em, may_write_over_its_input_as_far_as_its_lag_says) {
    Random random(5);
    for (const Problem &problem : {Problem{4, 9, 6}, {4, 6, 9}, {1, 8, 8}}) {
        const FullyConnected layer = layer_of(problem, random, kStyles[0]);
        Form form = kPlain;
        const std::vector<uint32_t> weights = packed(layer.params, &form);
        const Params params = packed_params(layer.params, weights);
        const int64_t lag = armv7em::overlap_lag_bytes(params, form);
        std::vector<int8_t> arena(lag + std::max(layer.sizes.input, layer.sizes.output));
        std::ranges::copy(layer.input, arena.begin() + lag);
        ASSERT_EQ(INGOT_OK,
                  run(ingot_fully_connected_armv7em, &params, {arena.data() + lag}, arena.data()));
        arena.resize(layer.sizes.output);
        EXPECT_EQ(layer.run(ingot_fully_connected), arena);
    }
}

TEST(fully_connected_armv7em, keeps_a_shared_factor_though_one_output_alone_would_need_none) {
    Random random(6);
    FullyConnected layer = layer_of({2, 20, 6}, random, kStyles[1]);
    std::fill(layer.weights.end() - 20, layer.weights.end(), int8_t{0});
    EXPECT_EQ(kFast, expect_same(layer));
}

TEST(fully_connected_armv7em, finishes_outputs_without_weights_fast_whatever_their_bias) {
    Random random(7);
    for (const int stride : {0, 1}) {
        for (const int32_t bias : {INT32_MIN, -(1 << 30), 1 << 30, INT32_MAX}) {
            FullyConnected layer = layer_of({2, 20, 6}, random, kStyles[0]);
            layer.params.factors.stride = stride;
            std::fill(layer.weights.end() - 20, layer.weights.end(), int8_t{0});
            layer.bias.back() = bias;
            EXPECT_EQ(kFast, expect_same(layer)) << bias;
        }
    }
}

TEST(fully_connected_armv7em, stores_a_factor_that_all_outputs_share_but_once) {
    Params params = {};
    params.rows = 1;
    params.inputs = 128;
    params.outputs = 640;
    EXPECT_EQ(4 + 8 + 128 * 640 + 4 * 640, armv7em::weights_bytes(params));
    params.factors.stride = 1;
    EXPECT_EQ(4 + 8 * 640 + 128 * 640 + 4 * 640, armv7em::weights_bytes(params));
}

}  // namespace
}  // namespace ingot::test
