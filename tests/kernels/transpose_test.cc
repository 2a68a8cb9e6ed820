// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Dimensions in another order, against coordinates.

#include <numeric>

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

Extents random_order(Random &random, size_t rank) {
    Extents order(rank);
    std::iota(order.begin(), order.end(), 0);
    for (size_t d = rank; d-- > 1;) {
        std::swap(order[d], order[static_cast<size_t>(random.in(0, static_cast<int32_t>(d)))]);
    }
    return order;
}

TEST(transpose, puts_the_dimensions_of_any_tensor_in_any_order) {
    Random random(3);
    for (int32_t round = 0; round < 600; ++round) {
        const int32_t element_bytes = kElementBytes[round % 4];
        const Extents input_extents = random_extents(random, 1 + round % INGOT_RANK_MAX);
        const Extents order = random_order(random, input_extents.size());
        const Extents dense = strides_of(input_extents);
        Extents output_extents, stride;
        for (const int32_t d : order) {
            output_extents.push_back(input_extents[static_cast<size_t>(d)]);
            stride.push_back(dense[static_cast<size_t>(d)]);
        }
        const auto input = random.values<uint8_t>(element_count(input_extents) * element_bytes);
        const ingot_transpose_params params = {
            .element_bytes = element_bytes, .offset = 0, .input = walk_of(output_extents, stride)};

        expect_moved(ingot_transpose, &params, input, build(output_extents, [&](Extents at) {
                         Extents source(at.size());
                         for (size_t d = 0; d < at.size(); ++d) {
                             source[static_cast<size_t>(order[d])] = at[d];
                         }
                         return element(input, element_bytes, position_of(input_extents, source));
                     }));
    }
}

TEST(transpose, turns_rows_into_columns) {
    const ingot_transpose_params params = {
        .element_bytes = 1, .offset = 0, .input = walk_of({3, 2}, {1, 3})};
    expect_moved(ingot_transpose, &params, {1, 2, 3, 4, 5, 6}, {1, 4, 2, 5, 3, 6});
}

TEST(transpose, refuses_params_that_break_its_requirements) { expect_gates(ingot_transpose); }

}  // namespace

BenchCase bench_transpose() {
    Random random(0);
    return BenchCase("channels first: [32][32][16] -> [16][32][32]", 32 * 32 * 16)
        .reads(random.values<int8_t>(32 * 32 * 16))
        .writes<int8_t>(32 * 32 * 16)
        .takes(ingot_transpose_params{
            .element_bytes = 1, .offset = 0, .input = walk_of({16, 32 * 32}, {1, 16})});
}

}  // namespace ingot::test
