// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What tests of operators that resize images share.

#ifndef INGOT_TESTS_KERNELS_IMAGES_H
#define INGOT_TESTS_KERNELS_IMAGES_H

#include "tests/kernels/layer.h"

namespace ingot::test {

// Two images that differ in height and width only.
struct ImagePair {
    ingot_shape input, output;
};

inline ImagePair random_images(Random &random) {
    const int32_t batches = random.in(1, 2);
    const int32_t channels = random.in(1, 5);
    return {.input = {batches, random.in(1, 7), random.in(1, 7), channels},
            .output = {batches, random.in(1, 12), random.in(1, 12), channels}};
}

// The shapes that no resizing kernel accepts, each set into a copy of `good`.
template <class Params>
void expect_shapes_refused(ingot_kernel kernel, const Params &good) {
    const auto expect_refused_with = [&](auto change) {
        Params params = good;
        change(params);
        expect_refused(kernel, &params);
    };
    expect_refused_with([](auto &p) { p.input.batches = p.output.batches = 0; });
    expect_refused_with([](auto &p) { p.input.channels = p.output.channels = 0; });
    expect_refused_with([](auto &p) { p.input.height = 0; });
    expect_refused_with([](auto &p) { p.input.width = 0; });
    expect_refused_with([](auto &p) { p.output.height = 0; });
    expect_refused_with([](auto &p) { p.output.width = 0; });
    expect_refused_with([](auto &p) { p.output.batches += 1; });
    expect_refused_with([](auto &p) { p.output.channels += 1; });
}

}  // namespace ingot::test

#endif
