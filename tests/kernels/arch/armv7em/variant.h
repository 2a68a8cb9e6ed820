// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs a layer on the portable kernel and, packed, on the variant for Armv7E-M.

#ifndef INGOT_TESTS_KERNELS_ARMV7EM_VARIANT_H
#define INGOT_TESTS_KERNELS_ARMV7EM_VARIANT_H

#include <array>

#include "kernels/arch/armv7em/packed.h"
#include "tests/kernels/layer.h"

extern "C" {
ingot_status ingot_conv2d_armv7em(const void *params, const ingot_io *io);
ingot_status ingot_depthwise_conv2d_armv7em(const void *params, const ingot_io *io);
ingot_status ingot_fully_connected_armv7em(const void *params, const ingot_io *io);
}

namespace ingot::test {

// A layer as a quantiser makes it: -128 is no weight, and cannot always be packed.
template <class Params>
struct Quantised : Layer<Params> {
    Quantised(const Params &given, const Sizes &sizes, Random &random, const Style &style)
        : Layer<Params>(given, sizes, random, style) {
        for (int8_t &weight : this->weights) weight = std::max<int8_t>(weight, -127);
    }
};

// Overwrites what Layer made with the rare: everything a portable kernel accepts may come up.
template <class Params>
void make_unusual(Layer<Params> &layer, Random &random) {
    ingot_output_stage &stage = layer.params.stage;
    if (random.in(0, 1) == 0) stage.activation_min = -128, stage.activation_max = 127;
    if (random.in(0, 7) == 0) stage.activation_min = stage.activation_max = random.in(-128, 127);
    if (random.in(0, 3) == 0) layer.params.input_zero_point = random.in(0, 1) == 0 ? -128 : 127;
    if (random.in(0, 3) == 0) stage.zero_point = random.in(0, 1) == 0 ? -128 : 127;
    if (random.in(0, 7) == 0) std::ranges::fill(layer.weights, int8_t{-127});
    if (random.in(0, 3) == 0) layer.weights[random.in(0, 1000) % layer.weights.size()] = -128;
    if (random.in(0, 7) == 0) std::ranges::fill(layer.input, int8_t{-128});
    const int32_t kind = random.in(0, 7);
    for (int8_t &shift : layer.shift) {
        if (kind == 0) shift = static_cast<int8_t>(random.in(-31, -13));
        if (kind == 1) shift = static_cast<int8_t>(random.in(-1, 3));
        if (kind == 2) shift = static_cast<int8_t>(random.in(-31, 0));
        if (kind == 3) shift = static_cast<int8_t>(random.in(-17, -15));
        if (kind == 4) shift = static_cast<int8_t>(random.in(-31, 30));
    }
    if (random.in(0, 7) == 0) std::ranges::fill(layer.multiplier, 0);
    if (random.in(0, 7) == 0) std::ranges::fill(layer.multiplier, INT32_MAX);
    const int32_t bias_kind = random.in(0, 7);
    for (int32_t &bias : layer.bias) {
        if (bias_kind == 0) bias = random.in(-(1 << 30), 1 << 30);
        if (bias_kind == 1) bias = random.in(-(1 << 24), 1 << 24);
        if (bias_kind == 2) bias = random.in(0, 1) == 0 ? INT32_MIN : INT32_MAX;
    }
    if (random.in(0, 3) == 0) std::ranges::fill(layer.weights, int8_t{0});
}

template <class Params>
std::vector<uint32_t> packed(const Params &params, Form *form = nullptr) {
    const int64_t bytes = armv7em::weights_bytes(params);
    std::vector<uint32_t> words(static_cast<size_t>(bytes + 3) / 4);
    const Form made = armv7em::pack(params, reinterpret_cast<uint8_t *>(words.data()));
    if (form) *form = made;
    return words;
}

// The params of the variant: in all forms but the plain one it needs no arrays but the weights.
template <class Params>
Params packed_params(Params params, const std::vector<uint32_t> &weights) {
    params.weights = weights.data();
    if (weights[0] == kPlain) return params;
    params.bias = nullptr;
    params.factors.multiplier = nullptr;
    params.factors.shift = nullptr;
    return params;
}

enum class Scratch { kNone, kGiven };

// Runs the variant with guards around what it may write.
template <class Params>
std::vector<int8_t> run_packed(const Layer<Params> &layer, ingot_kernel kernel, Scratch scratch,
                               const std::vector<uint32_t> &weights) {
    constexpr int8_t kGuard = 77;
    constexpr int64_t kGuards = 16;
    const Params params = packed_params(layer.params, weights);
    const int64_t scratch_size =
        scratch == Scratch::kGiven ? armv7em::scratch_bytes(layer.params) : 0;
    std::vector<int8_t> output(layer.sizes.output + kGuards, kGuard);
    std::vector<int32_t> room(scratch_size / 4 + kGuards, kGuard);
    const std::vector<int8_t> input = layer.input;
    ingot_io io = {};
    io.input[0] = input.data();
    io.output[0] = output.data();
    io.scratch = scratch_size > 0 ? room.data() : nullptr;
    EXPECT_EQ(INGOT_OK, kernel(&params, &io));
    for (int64_t i = 0; i < kGuards; ++i) {
        EXPECT_EQ(kGuard, output[layer.sizes.output + i]) << "writes beyond its output";
        EXPECT_EQ(kGuard, room[scratch_size / 4 + i]) << "writes beyond its scratch";
    }
    output.resize(layer.sizes.output);
    return output;
}

// Runs both kernels, the variant with and without scratch. Returns the form that the weights took.
template <class Params>
Form expect_same(const Layer<Params> &layer, ingot_kernel portable, ingot_kernel variant) {
    Form form = kPlain;
    const std::vector<uint32_t> weights = packed(layer.params, &form);
    const std::vector<int8_t> expected = layer.run(portable);
    EXPECT_EQ(expected, run_packed(layer, variant, Scratch::kGiven, weights));
    EXPECT_TRUE(armv7em::is_scratch_optional(layer.params));
    EXPECT_EQ(expected, run_packed(layer, variant, Scratch::kNone, weights));
    return form;
}

}  // namespace ingot::test

#endif
