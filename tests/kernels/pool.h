// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The shapes and the flaws that both kinds of pooling are tested with.

#ifndef INGOT_TESTS_KERNELS_POOL_H
#define INGOT_TESTS_KERNELS_POOL_H

#include "tests/kernels/layer.h"

namespace ingot::test {

struct PoolProblem {
    ingot_shape input;
    ingot_window window;  // height, width, strides, pads, dilations
};

constexpr PoolProblem kPoolProblems[] = {
    {{1, 1, 1, 1}, {1, 1, 1, 1, 0, 0, 1, 1}},  {{1, 8, 8, 15}, {2, 2, 2, 2, 0, 0, 1, 1}},
    {{1, 7, 9, 16}, {3, 3, 1, 1, 1, 1, 1, 1}}, {{2, 5, 6, 17}, {3, 2, 2, 3, 1, 1, 1, 1}},
    {{1, 6, 6, 64}, {6, 6, 1, 1, 0, 0, 1, 1}}, {{3, 4, 3, 33}, {4, 1, 4, 1, 0, 0, 1, 1}},
    {{1, 3, 3, 5}, {5, 5, 2, 2, 2, 2, 1, 1}},  {{1, 10, 1, 2}, {2, 1, 3, 1, 1, 0, 1, 1}},
};

inline ingot_pool_params pool_params(const PoolProblem &problem, int32_t min = -128,
                                     int32_t max = 127) {
    return {.input = problem.input,
            .output = output_of(problem.input, problem.window, problem.input.channels),
            .window = problem.window,
            .activation_min = min,
            .activation_max = max};
}

inline std::vector<int8_t> run_pool(ingot_kernel kernel, const ingot_pool_params &params,
                                    const std::vector<int8_t> &input) {
    std::vector<int8_t> output(elements(params.output));
    EXPECT_EQ(INGOT_OK, run(kernel, &params, {input.data()}, output.data()));
    return output;
}

// The values of one channel under one window, inside the image.
inline std::vector<int8_t> values_under(const ingot_pool_params &p,
                                        const std::vector<int8_t> &input, const Pixel &at,
                                        int32_t channel) {
    std::vector<int8_t> values;
    for (int32_t row = 0; row < p.window.height; ++row) {
        for (int32_t column = 0; column < p.window.width; ++column) {
            const Pixel pixel = under(p.window, at, row, column);
            if (is_inside(p.input, pixel)) values.push_back(input[offset(p.input, pixel, channel)]);
        }
    }
    return values;
}

inline void expect_pool_flaws_refused(ingot_kernel kernel) {
    using Params = ingot_pool_params;
    const std::vector<Flaw<Params>> own = {
        {"channels differ", [](Params &p) { p.output.channels += 1; }},
        {"dilated down", [](Params &p) { p.window.dilation_height = 2; }},
        {"dilated right", [](Params &p) { p.window.dilation_width = 2; }},
        {"the first row of windows misses the image", [](Params &p) { p.window.pad_top = 3; }},
        {"the first column misses the image", [](Params &p) { p.window.pad_left = 3; }},
        {"the last row misses the image", [](Params &p) { p.output.height = 6; }},
        {"the last column misses the image", [](Params &p) { p.output.width = 6; }},
        {"clamp below", [](Params &p) { p.activation_min = -129; }},
        {"clamp above", [](Params &p) { p.activation_max = 128; }},
        {"clamp upside down", [](Params &p) { p.activation_min = p.activation_max + 1; }},
    };
    const Params sound = pool_params({{1, 4, 4, 2}, {3, 3, 1, 1, 1, 1, 1, 1}}, -100, 100);
    expect_flaws_refused(kernel, sound, own);
    expect_flaws_refused(kernel, sound, window_flaws<Params>());
}

}  // namespace ingot::test

#endif
