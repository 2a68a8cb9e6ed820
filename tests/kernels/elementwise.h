// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What tests of operators on two broadcast inputs share.

#ifndef INGOT_TESTS_KERNELS_ELEMENTWISE_H
#define INGOT_TESTS_KERNELS_ELEMENTWISE_H

#include "tests/kernels/reference.h"

namespace ingot::test {

// Two inputs that broadcast to one output.
struct Pair {
    ingot_broadcast shape = {};
    std::vector<int8_t> input[2];
    int32_t count = 1;  // Elements of the output.

    // The element of input k that belongs to the output's element i, by its coordinates.
    int8_t at(int k, int32_t i) const {
        int32_t position = 0;
        for (int32_t d = shape.rank; d-- > 0; i /= shape.extent[d]) {
            position += i % shape.extent[d] * shape.stride[k][d];
        }
        return input[k][static_cast<size_t>(position)];
    }
};

// `repeats[d]` says which inputs are repeated along dimension d: bit 0 the first, bit 1 the second.
inline Pair random_pair(Random &random, const std::vector<int32_t> &extents,
                        const std::vector<int32_t> &repeats) {
    Pair pair;
    pair.shape.rank = static_cast<int32_t>(extents.size());
    int32_t pitch[2] = {1, 1};
    for (size_t d = extents.size(); d-- > 0;) {
        pair.shape.extent[d] = extents[d];
        pair.count *= extents[d];
        for (int k = 0; k < 2; ++k) {
            const bool repeated = (repeats[d] >> k & 1) != 0;
            pair.shape.stride[k][d] = repeated ? 0 : pitch[k];
            pitch[k] *= repeated ? 1 : extents[d];
        }
    }
    for (int k = 0; k < 2; ++k) pair.input[k] = random.values<int8_t>(pitch[k]);
    return pair;
}

// Any rank, any extents up to 5 and any pattern of repeats.
inline Pair random_pair(Random &random) {
    std::vector<int32_t> extents(static_cast<size_t>(random.in(1, INGOT_RANK_MAX)));
    std::vector<int32_t> repeats(extents.size());
    for (int32_t &extent : extents) extent = random.in(1, 5);
    for (int32_t &repeat : repeats) repeat = random.in(0, 3);
    return random_pair(random, extents, repeats);
}

// Every pair of int8 values: the first along the rows, the second along the columns.
inline Pair all_pairs() {
    Random random(0);
    Pair pair = random_pair(random, {256, 256}, {0b10, 0b01});
    for (size_t i = 0; i < 256; ++i) {
        pair.input[0][i] = pair.input[1][i] = static_cast<int8_t>(static_cast<int>(i) - 128);
    }
    return pair;
}

// The kernel computes `naive` at every element, writes nothing behind the last one, and does so in
// place of each input that is not repeated. Params must hold pair.shape.
template <class Naive>
void expect_everywhere(ingot_kernel kernel, const void *params, const Pair &pair,
                       const Naive &naive) {
    constexpr int8_t kGuard = 85;
    std::vector<int8_t> expected;
    for (int32_t i = 0; i < pair.count; ++i)
        expected.push_back(naive(pair.at(0, i), pair.at(1, i)));
    expected.push_back(kGuard);

    std::vector<int8_t> output(expected.size(), kGuard);
    const void *inputs[2] = {pair.input[0].data(), pair.input[1].data()};
    ASSERT_EQ(INGOT_OK, run(kernel, params, {inputs[0], inputs[1]}, output.data()));
    ASSERT_EQ(expected, output);

    for (int k = 0; k < 2; ++k) {
        std::vector<int8_t> both = pair.input[k];
        if (both.size() != static_cast<size_t>(pair.count)) continue;
        both.push_back(kGuard);
        inputs[k] = both.data();
        ASSERT_EQ(INGOT_OK, run(kernel, params, {inputs[0], inputs[1]}, both.data()));
        ASSERT_EQ(expected, both) << "in place of input " << k;
        inputs[k] = pair.input[k].data();
    }
}

// The broadcasts that no kernel accepts, each set into a copy of `good`.
template <class Params>
void expect_broadcasts_refused(ingot_kernel kernel, const Params &good) {
    Params params = good;
    for (const int32_t rank : {-1, 0, INGOT_RANK_MAX + 1}) {
        params.shape.rank = rank;
        std::fill(std::begin(params.shape.extent), std::end(params.shape.extent), 1);
        expect_refused(kernel, &params);
    }
    for (const int32_t extent : {-1, 0}) {
        params = good;
        params.shape.extent[params.shape.rank - 1] = extent;
        expect_refused(kernel, &params);
    }
}

// A stage of any zero point and clamp.
inline ingot_output_stage random_stage(Random &random, ingot_rounding rounding) {
    const int32_t low = random.in(-128, 127);
    return {.zero_point = random.in(-128, 127),
            .activation_min = low,
            .activation_max = random.in(low, 127),
            .rounding = rounding};
}

}  // namespace ingot::test

#endif
