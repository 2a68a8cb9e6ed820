// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Blocks of pixels gathered into channels, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

TEST(space_to_depth, puts_each_input_pixel_in_its_place_in_the_block) {
    Random random(8);
    for (int32_t round = 0; round < 300; ++round) {
        const int32_t element_bytes = kElementBytes[round % 4];
        const int32_t block = 1 + round % 4;
        const int32_t depth = random.in(1, 5);  // Channels of the input
        const Extents in = {random.in(1, 3), random.in(1, 4) * block, random.in(1, 4) * block,
                            depth};
        const Extents out = {in[0], in[1] / block, in[2] / block, depth * block * block};
        const auto input = random.values<uint8_t>(element_count(in) * element_bytes);
        const ingot_space_to_depth_params params = {
            .element_bytes = element_bytes, .block = block, .input = {in[0], in[1], in[2], in[3]}};

        expect_moved(ingot_space_to_depth, &params, input, build(out, [&](const Extents &at) {
                         const int32_t place = at[3] / depth;
                         const Extents source = {at[0], at[1] * block + place / block,
                                                 at[2] * block + place % block, at[3] % depth};
                         return element(input, element_bytes, position_of(in, source));
                     }));
    }
}

TEST(space_to_depth, is_undone_by_depth_to_space) {
    Random random(9);
    const Bytes image = random.values<uint8_t>(2 * 6 * 9 * 5);
    const ingot_space_to_depth_params there = {
        .element_bytes = 1, .block = 3, .input = {2, 6, 9, 5}};
    const ingot_depth_to_space_params back = {
        .element_bytes = 1, .block = 3, .input = {2, 2, 3, 45}};
    Bytes gathered(image.size());
    ASSERT_EQ(INGOT_OK, run(ingot_space_to_depth, &there, {image.data()}, gathered.data()));
    EXPECT_NE(image, gathered);
    expect_moved(ingot_depth_to_space, &back, gathered, image);
}

TEST(space_to_depth, refuses_params_that_break_its_requirements) {
    const ingot_space_to_depth_params good = {
        .element_bytes = 1, .block = 2, .input = {1, 2, 2, 1}};
    expect_moved(ingot_space_to_depth, &good, {1, 2, 3, 4}, {1, 2, 3, 4});

    using Params = ingot_space_to_depth_params;
    const Params broken[] = {
        {.element_bytes = 0, .block = 2, .input = {1, 2, 2, 1}},
        {.element_bytes = 1, .block = 0, .input = {1, 2, 2, 1}},
        {.element_bytes = 1, .block = 2, .input = {1, 3, 2, 1}},
        {.element_bytes = 1, .block = 2, .input = {1, 2, 3, 1}},
        {.element_bytes = 1, .block = 2, .input = {0, 2, 2, 1}},
        {.element_bytes = 1, .block = 2, .input = {1, 0, 2, 1}},
        {.element_bytes = 1, .block = 2, .input = {1, 2, 0, 1}},
        {.element_bytes = 1, .block = 2, .input = {1, 2, 2, 0}},
    };
    for (const Params &params : broken) expect_refused(ingot_space_to_depth, &params);
}

}  // namespace

BenchCase bench_space_to_depth() {
    Random random(0);
    return BenchCase("stem: [96][96][3] -> [48][48][12]", 96 * 96 * 3)
        .reads(random.values<int8_t>(96 * 96 * 3))
        .writes<int8_t>(96 * 96 * 3)
        .takes(
            ingot_space_to_depth_params{.element_bytes = 1, .block = 2, .input = {1, 96, 96, 3}});
}

}  // namespace ingot::test
