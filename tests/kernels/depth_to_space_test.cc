// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Channels spread over blocks of pixels, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

TEST(depth_to_space, takes_each_output_pixel_from_its_place_in_the_block) {
    Random random(6);
    for (int32_t round = 0; round < 300; ++round) {
        const int32_t element_bytes = kElementBytes[round % 4];
        const int32_t block = 1 + round % 4;
        const int32_t depth = random.in(1, 5);  // Channels of the output
        const Extents in = {random.in(1, 3), random.in(1, 4), random.in(1, 4),
                            depth * block * block};
        const Extents out = {in[0], in[1] * block, in[2] * block, depth};
        const auto input = random.values<uint8_t>(element_count(in) * element_bytes);
        const ingot_depth_to_space_params params = {
            .element_bytes = element_bytes, .block = block, .input = {in[0], in[1], in[2], in[3]}};

        expect_moved(
            ingot_depth_to_space, &params, input, build(out, [&](const Extents &at) {
                const int32_t place = at[1] % block * block + at[2] % block;
                const Extents source = {at[0], at[1] / block, at[2] / block, place * depth + at[3]};
                return element(input, element_bytes, position_of(in, source));
            }));
    }
}

TEST(depth_to_space, refuses_params_that_break_its_requirements) {
    const ingot_depth_to_space_params good = {
        .element_bytes = 1, .block = 2, .input = {1, 1, 1, 4}};
    expect_moved(ingot_depth_to_space, &good, {1, 2, 3, 4}, {1, 2, 3, 4});

    using Params = ingot_depth_to_space_params;
    const Params broken[] = {
        {.element_bytes = 0, .block = 2, .input = {1, 1, 1, 4}},
        {.element_bytes = 1, .block = 0, .input = {1, 1, 1, 4}},
        {.element_bytes = 1, .block = 2, .input = {1, 1, 1, 2}},
        {.element_bytes = 1, .block = 1 << 16, .input = {1, 1, 1, 4}},
        {.element_bytes = 1, .block = 2, .input = {0, 1, 1, 4}},
        {.element_bytes = 1, .block = 2, .input = {1, 0, 1, 4}},
        {.element_bytes = 1, .block = 2, .input = {1, 1, 0, 4}},
        {.element_bytes = 1, .block = 2, .input = {1, 1, 1, 0}},
    };
    for (const Params &params : broken) expect_refused(ingot_depth_to_space, &params);
}

}  // namespace

BenchCase bench_depth_to_space() {
    Random random(0);
    return BenchCase("pixel shuffle: [32][32][12] -> [64][64][3]", 64 * 64 * 3)
        .reads(random.values<int8_t>(32 * 32 * 12))
        .writes<int8_t>(64 * 64 * 3)
        .takes(
            ingot_depth_to_space_params{.element_bytes = 1, .block = 2, .input = {1, 32, 32, 12}});
}

}  // namespace ingot::test
