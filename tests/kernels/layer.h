// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What tests of kernels with windows and weights share.

#ifndef INGOT_TESTS_KERNELS_LAYER_H
#define INGOT_TESTS_KERNELS_LAYER_H

#include <string>

#include "tests/kernels/reference.h"

namespace ingot::test {

inline int64_t elements(const ingot_shape &shape) {
    return int64_t{shape.batches} * shape.height * shape.width * shape.channels;
}

struct Pixel {
    int32_t batch, y, x;
};

// Row-major over batches, rows and columns.
inline std::vector<Pixel> pixels(const ingot_shape &shape) {
    std::vector<Pixel> result;
    for (int32_t batch = 0; batch < shape.batches; ++batch) {
        for (int32_t y = 0; y < shape.height; ++y) {
            for (int32_t x = 0; x < shape.width; ++x) result.push_back({batch, y, x});
        }
    }
    return result;
}

inline bool is_inside(const ingot_shape &shape, const Pixel &at) {
    return at.y >= 0 && at.y < shape.height && at.x >= 0 && at.x < shape.width;
}

inline int64_t offset(const ingot_shape &shape, const Pixel &at, int32_t channel) {
    return ((int64_t{at.batch} * shape.height + at.y) * shape.width + at.x) * shape.channels +
           channel;
}

// The pixel under tap (row, column) of the window that makes output pixel `at`.
inline Pixel under(const ingot_window &window, const Pixel &at, int32_t row, int32_t column) {
    return {at.batch, at.y * window.stride_height - window.pad_top + row * window.dilation_height,
            at.x * window.stride_width - window.pad_left + column * window.dilation_width};
}

inline int64_t taps(const ingot_window &window) { return int64_t{window.height} * window.width; }

// How often a window lands on an axis that is padded alike on both sides.
inline int32_t landings(int32_t extent, int32_t taps, int32_t stride, int32_t pad,
                        int32_t dilation) {
    return (extent + 2 * pad - (taps - 1) * dilation - 1) / stride + 1;
}

inline ingot_shape output_of(const ingot_shape &input, const ingot_window &window,
                             int32_t channels) {
    return {input.batches,
            landings(input.height, window.height, window.stride_height, window.pad_top,
                     window.dilation_height),
            landings(input.width, window.width, window.stride_width, window.pad_left,
                     window.dilation_width),
            channels};
}

// How a layer rounds, whether its channels share a factor, and whether it has a bias.
struct Style {
    ingot_rounding rounding;
    int32_t factor_stride;
    bool has_bias;
};

constexpr Style kStyles[] = {
    {INGOT_ROUNDING_DOUBLE, 1, true},
    {INGOT_ROUNDING_DOUBLE, 0, false},
    {INGOT_ROUNDING_SINGLE, 1, false},
    {INGOT_ROUNDING_SINGLE, 0, true},
};

struct Sizes {
    int64_t input, weights, output;
    int32_t channels;  // Of the output.
};

// A layer with weights and the memory that its params point to.
template <class Params>
struct Layer {
    Params params;
    Sizes sizes;
    std::vector<int8_t> input, weights, shift;
    std::vector<int32_t> multiplier, bias;

    Layer(const Params &given, const Sizes &given_sizes, Random &random, const Style &style)
        : params(given),
          sizes(given_sizes),
          input(random.values<int8_t>(sizes.input)),
          weights(random.values<int8_t>(sizes.weights)),
          shift(random.values<int8_t>(sizes.channels, -12, -7)),
          multiplier(random.values<int32_t>(sizes.channels, 1 << 30)),
          bias(random.values<int32_t>(sizes.channels, -50000, 50000)) {
        params.input_zero_point = random.in(-128, 127);
        params.stage = {.zero_point = random.in(-128, 127),
                        .activation_min = random.in(-128, -100),
                        .activation_max = random.in(100, 127),
                        .rounding = style.rounding};
        params.factors = {multiplier.data(), shift.data(), style.factor_stride};
        params.weights = weights.data();
        params.bias = style.has_bias ? bias.data() : nullptr;
    }
    Layer(const Layer &) = delete;

    int64_t bias_of(int32_t channel) const { return params.bias ? params.bias[channel] : 0; }

    int8_t finish(int32_t channel, int64_t sum) const {
        const int32_t i = channel * params.factors.stride;
        return naive_finish(sum + bias_of(channel), {multiplier[i], shift[i]}, params.stage);
    }

    std::vector<int8_t> run(ingot_kernel kernel) const {
        std::vector<int8_t> output(sizes.output);
        EXPECT_EQ(INGOT_OK, test::run(kernel, &params, {input.data()}, output.data()));
        return output;
    }
};

// ---- Params that a kernel must refuse ----------------------------------------------------------

template <class Params>
struct Flaw {
    std::string what;
    void (*put_into)(Params &params);
};

template <class Params>
void expect_flaws_refused(ingot_kernel kernel, const Params &sound,
                          const std::vector<Flaw<Params>> &flaws) {
    for (const Flaw<Params> &flaw : flaws) {
        SCOPED_TRACE(flaw.what);
        Params flawed = sound;
        flaw.put_into(flawed);
        expect_refused(kernel, &flawed);
    }
}

template <class Params>
std::vector<Flaw<Params>> window_flaws() {
    return {
        {"batches differ", [](Params &p) { p.output.batches += 1; }},
        {"no batches", [](Params &p) { p.input.batches = p.output.batches = 0; }},
        {"no input height", [](Params &p) { p.input.height = 0; }},
        {"no input width", [](Params &p) { p.input.width = 0; }},
        {"no input channels", [](Params &p) { p.input.channels = 0; }},
        {"no output height", [](Params &p) { p.output.height = 0; }},
        {"negative output width", [](Params &p) { p.output.width = -1; }},
        {"no output channels", [](Params &p) { p.output.channels = 0; }},
        {"no window height", [](Params &p) { p.window.height = 0; }},
        {"no window width", [](Params &p) { p.window.width = 0; }},
        {"no stride down", [](Params &p) { p.window.stride_height = 0; }},
        {"no stride right", [](Params &p) { p.window.stride_width = 0; }},
        {"negative pad on top", [](Params &p) { p.window.pad_top = -1; }},
        {"negative pad to the left", [](Params &p) { p.window.pad_left = -1; }},
        {"no dilation down", [](Params &p) { p.window.dilation_height = 0; }},
        {"no dilation right", [](Params &p) { p.window.dilation_width = 0; }},
    };
}

template <class Params>
std::vector<Flaw<Params>> weight_flaws() {
    return {
        {"no weights", [](Params &p) { p.weights = nullptr; }},
        {"no multipliers", [](Params &p) { p.factors.multiplier = nullptr; }},
        {"no shifts", [](Params &p) { p.factors.shift = nullptr; }},
        {"a factor stride of 2", [](Params &p) { p.factors.stride = 2; }},
        {"a negative factor stride", [](Params &p) { p.factors.stride = -1; }},
        {"input zero point below", [](Params &p) { p.input_zero_point = -129; }},
        {"input zero point above", [](Params &p) { p.input_zero_point = 128; }},
        {"output zero point below", [](Params &p) { p.stage.zero_point = -129; }},
        {"output zero point above", [](Params &p) { p.stage.zero_point = 128; }},
        {"clamp below", [](Params &p) { p.stage.activation_min = -129; }},
        {"clamp above", [](Params &p) { p.stage.activation_max = 128; }},
        {"clamp upside down",
         [](Params &p) { p.stage.activation_min = p.stage.activation_max + 1; }},
    };
}

}  // namespace ingot::test

#endif
