// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Builds the tiny network.

#include "tests/support/tiny_model.h"

namespace ingot::test {
namespace {

using codegen::Type;

constexpr int kSame = 0, kValid = 1, kRelu = 1;

// Small values that repeat after a prime, so that no two rows look alike.
std::vector<uint8_t> pattern(int count) {
    std::vector<int8_t> values;
    for (int i = 0; i < count; ++i) values.push_back(static_cast<int8_t>(i * 7 % 31 - 15));
    return bytes_of(values);
}

std::vector<uint8_t> ramp(int count, int step) {
    std::vector<int32_t> values;
    for (int i = 0; i < count; ++i) values.push_back((i - count / 2) * step);
    return bytes_of(values);
}

TfliteTensor activation(const char *name, codegen::Shape shape, float scale, int64_t zero_point) {
    return {.name = name, .shape = std::move(shape), .scale = {scale}, .zero_point = {zero_point}};
}

}  // namespace

std::vector<uint8_t> tiny_model() {
    TfliteBuilder model;
    const int image = model.input(activation("image", {1, 8, 8, 2}, 0.5f, -128));

    const int stem = model.tensor(activation("stem", {1, 4, 4, 8}, 0.25f, -128));
    const std::vector<float> scales = {0.125f,   0.0625f,   0.03125f, 0.25f,
                                       0.09375f, 0.078125f, 0.1875f,  0.15625f};
    const int stem_weights = model.tensor(
        {.name = "stem_weights", .shape = {8, 3, 3, 2}, .scale = scales, .data = pattern(144)});
    const int stem_bias = model.tensor(
        {.name = "stem_bias", .type = Type::kInt32, .shape = {8}, .data = ramp(8, 100)});
    model.op(
        "CONV_2D", {image, stem_weights, stem_bias}, {stem},
        {int8_option(0, kSame), int32_option(1, 2), int32_option(2, 2), int8_option(3, kRelu)});

    const int shift = model.tensor(
        {.name = "shift", .shape = {8}, .scale = {0.25f}, .zero_point = {0}, .data = pattern(8)});
    const int shifted = model.tensor(activation("shifted", {1, 4, 4, 8}, 0.25f, -100));
    model.op("ADD", {stem, shift}, {shifted});

    const int pooled = model.tensor(activation("pooled", {1, 2, 2, 8}, 0.25f, -100));
    model.op("MAX_POOL_2D", {shifted}, {pooled},
             {int8_option(0, kValid), int32_option(1, 2), int32_option(2, 2), int32_option(3, 2),
              int32_option(4, 2)});

    const int flat = model.tensor(activation("flat", {1, 32}, 0.25f, -100));
    const int flat_shape = model.tensor({.name = "flat_shape",
                                         .type = Type::kInt32,
                                         .shape = {2},
                                         .data = bytes_of<int32_t>({1, 32})});
    model.op("RESHAPE", {pooled, flat_shape}, {flat});

    const int scores = model.tensor(activation("scores", {1, 3}, 0.125f, 10));
    const int scores_weights = model.tensor(
        {.name = "scores_weights", .shape = {3, 32}, .scale = {0.0078125f}, .data = pattern(96)});
    const int scores_bias = model.tensor(
        {.name = "scores_bias", .type = Type::kInt32, .shape = {3}, .data = ramp(3, 50)});
    model.op("FULLY_CONNECTED", {flat, scores_weights, scores_bias}, {scores});

    const int classes = model.output(activation("classes", {1, 3}, 1.0f / 256, -128));
    model.op("SOFTMAX", {scores}, {classes}, {float32_option(0, 1.0f)});
    return model.finish();
}

}  // namespace ingot::test
