// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A box cut out of a tensor, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

TEST(slice, cuts_any_box_out_of_a_tensor_of_any_rank_and_element) {
    Random random(1);
    for (int32_t round = 0; round < 600; ++round) {
        const int32_t element_bytes = kElementBytes[round % 4];
        const Extents extents = random_extents(random, 1 + round % INGOT_RANK_MAX);
        Extents begin(extents.size()), size(extents.size());
        for (size_t d = 0; d < extents.size(); ++d) {
            begin[d] = random.in(0, extents[d] - 1);
            size[d] = random.in(1, extents[d] - begin[d]);
        }
        const auto input = random.values<uint8_t>(element_count(extents) * element_bytes);
        const ingot_slice_params params = {
            .element_bytes = element_bytes,
            .offset = static_cast<int32_t>(position_of(extents, begin)),
            .input = walk_of(size, strides_of(extents))};

        expect_moved(ingot_slice, &params, input, build(size, [&](Extents at) {
                         for (size_t d = 0; d < at.size(); ++d) at[d] += begin[d];
                         return element(input, element_bytes, position_of(extents, at));
                     }));
    }
}

TEST(slice, copies_one_element_when_it_has_no_loops) {
    const ingot_slice_params params = {.element_bytes = 2, .offset = 1, .input = {}};
    expect_moved(ingot_slice, &params, {1, 2, 3, 4, 5, 6}, {3, 4});
}

TEST(slice, repeats_where_the_stride_is_zero) {
    const ingot_slice_params params = {
        .element_bytes = 1, .offset = 1, .input = walk_of({3, 2}, {0, 1})};
    expect_moved(ingot_slice, &params, {1, 2, 3}, {2, 3, 2, 3, 2, 3});
}

TEST(slice, moves_elements_of_uncommon_sizes) {
    const ingot_slice_params params = {.element_bytes = 3, .offset = 0, .input = walk_of({2}, {2})};
    expect_moved(ingot_slice, &params, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 7, 8, 9});
}

TEST(slice, refuses_params_that_break_its_requirements) { expect_gates(ingot_slice); }

}  // namespace

BenchCase bench_slice() {
    Random random(0);
    return BenchCase("a crop: [96][96][3] -> [64][64][3]", 64 * 64 * 3)
        .reads(random.values<int8_t>(96 * 96 * 3))
        .writes<int8_t>(64 * 64 * 3)
        .takes(ingot_slice_params{.element_bytes = 1,
                                  .offset = (16 * 96 + 16) * 3,
                                  .input = walk_of({64, 64 * 3}, {96 * 3, 1})});
}

}  // namespace ingot::test
