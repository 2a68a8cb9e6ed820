// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every n-th element, forwards and backwards, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

// The elements begin, begin + step, ... of one axis.
struct Steps {
    int32_t begin, step, count;
};

Steps random_steps(Random &random, int32_t extent) {
    const int32_t begin = random.in(0, extent - 1);
    const int32_t step = random.in(0, 1) ? random.in(1, 3) : -random.in(1, 3);
    const int32_t room = step > 0 ? extent - 1 - begin : begin;
    return {begin, step, random.in(1, 1 + room / std::abs(step))};
}

TEST(strided_slice, steps_both_ways_along_every_axis_of_any_rank_and_element) {
    Random random(2);
    for (int32_t round = 0; round < 600; ++round) {
        const int32_t element_bytes = kElementBytes[round % 4];
        const Extents extents = random_extents(random, 1 + round % INGOT_RANK_MAX, 5);
        const Extents dense = strides_of(extents);
        Extents begin, count, stride;
        std::vector<Steps> steps;
        for (size_t d = 0; d < extents.size(); ++d) {
            steps.push_back(random_steps(random, extents[d]));
            begin.push_back(steps[d].begin);
            count.push_back(steps[d].count);
            stride.push_back(steps[d].step * dense[d]);
        }
        const auto input = random.values<uint8_t>(element_count(extents) * element_bytes);
        const ingot_strided_slice_params params = {
            .element_bytes = element_bytes,
            .offset = static_cast<int32_t>(position_of(extents, begin)),
            .input = walk_of(count, stride)};

        expect_moved(ingot_strided_slice, &params, input, build(count, [&](Extents at) {
                         for (size_t d = 0; d < at.size(); ++d) {
                             at[d] = steps[d].begin + at[d] * steps[d].step;
                         }
                         return element(input, element_bytes, position_of(extents, at));
                     }));
    }
}

TEST(strided_slice, reverses_a_row) {
    const ingot_strided_slice_params params = {
        .element_bytes = 1, .offset = 3, .input = walk_of({4}, {-1})};
    expect_moved(ingot_strided_slice, &params, {1, 2, 3, 4}, {4, 3, 2, 1});
}

TEST(strided_slice, refuses_params_that_break_its_requirements) {
    expect_gates(ingot_strided_slice);
}

}  // namespace

BenchCase bench_strided_slice() {
    Random random(0);
    return BenchCase("every second pixel: [96][96][3] -> [48][48][3]", 48 * 48 * 3)
        .reads(random.values<int8_t>(96 * 96 * 3))
        .writes<int8_t>(48 * 48 * 3)
        .takes(ingot_strided_slice_params{.element_bytes = 1,
                                          .offset = 0,
                                          .input = walk_of({48, 48, 3}, {2 * 96 * 3, 2 * 3, 1})});
}

}  // namespace ingot::test
