// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A border of one value, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

// The value sign-extended to the element, little-endian.
Bytes widened(int64_t value, int32_t element_bytes) {
    Bytes bytes;
    for (int32_t i = 0; i < element_bytes; ++i)
        bytes.push_back(static_cast<uint8_t>(value >> 8 * i));
    return bytes;
}

TEST(pad, surrounds_any_tensor_with_the_value) {
    Random random(7);
    for (int32_t round = 0; round < 600; ++round) {
        ingot_pad_params params = {.element_bytes = kElementBytes[round % 4],
                                   .value = random.in(INT32_MIN, INT32_MAX),
                                   .rank = 1 + round % INGOT_RANK_MAX,
                                   .extent = {},
                                   .before = {},
                                   .after = {}};
        const Extents in = random_extents(random, params.rank, 3);
        Extents out;
        for (size_t d = 0; d < in.size(); ++d) {
            params.extent[d] = in[d];
            params.before[d] = random.in(0, 2);
            params.after[d] = random.in(0, 2);
            out.push_back(params.before[d] + in[d] + params.after[d]);
        }
        const auto input = random.values<uint8_t>(element_count(in) * params.element_bytes);

        expect_moved(ingot_pad, &params, input, build(out, [&](Extents at) {
                         bool inside = true;
                         for (size_t d = 0; d < at.size(); ++d) {
                             at[d] -= params.before[d];
                             inside = inside && at[d] >= 0 && at[d] < in[d];
                         }
                         return inside ? element(input, params.element_bytes, position_of(in, at))
                                       : widened(params.value, params.element_bytes);
                     }));
    }
}

TEST(pad, writes_negative_values_sign_extended_to_eight_bytes) {
    const ingot_pad_params params = {
        .element_bytes = 8, .value = -2, .rank = 1, .extent = {1}, .before = {1}, .after = {0}};
    expect_moved(ingot_pad, &params, {1, 2, 3, 4, 5, 6, 7, 8},
                 {0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7, 8});
}

TEST(pad, refuses_params_that_break_its_requirements) {
    const ingot_pad_params good = {
        .element_bytes = 1, .value = 9, .rank = 1, .extent = {1}, .before = {1}, .after = {1}};
    expect_moved(ingot_pad, &good, {5}, {9, 5, 9});

    for (const int32_t element_bytes : {-1, 0, 3, 16}) {
        ingot_pad_params params = good;
        params.element_bytes = element_bytes;
        expect_refused(ingot_pad, &params);
    }
    for (const int32_t rank : {0, INGOT_RANK_MAX + 1}) {
        ingot_pad_params params = good;
        params.rank = rank;
        expect_refused(ingot_pad, &params);
    }
    ingot_pad_params params = good;
    params.extent[0] = 0;
    expect_refused(ingot_pad, &params);
    params = good;
    params.before[0] = -1;
    expect_refused(ingot_pad, &params);
    params = good;
    params.after[0] = -1;
    expect_refused(ingot_pad, &params);
}

}  // namespace

BenchCase bench_pad() {
    Random random(0);
    return BenchCase("a frame of 1: [96][96][3] -> [98][98][3]", 98 * 98 * 3)
        .reads(random.values<int8_t>(96 * 96 * 3))
        .writes<int8_t>(98 * 98 * 3)
        .takes(ingot_pad_params{.element_bytes = 1,
                                .value = -128,
                                .rank = 2,
                                .extent = {96, 96 * 3},
                                .before = {1, 3},
                                .after = {1, 3}});
}

}  // namespace ingot::test
