// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tensors joined along one axis, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

ingot_status join(const ingot_concat_params &params, const std::vector<Bytes> &inputs,
                  Bytes &output) {
    ingot_io io = {};
    for (size_t i = 0; i < inputs.size(); ++i) io.input[i] = inputs[i].data();
    io.output[0] = output.data();
    return ingot_concat(&params, &io);
}

TEST(concat, joins_any_number_of_inputs_along_any_axis) {
    Random random(4);
    for (int32_t round = 0; round < 400; ++round) {
        const int32_t count = 1 + round % INGOT_INPUTS_MAX;
        Extents whole = random_extents(random, 1 + round % 5);
        const auto axis = static_cast<size_t>(random.in(0, static_cast<int32_t>(whole.size()) - 1));
        ingot_concat_params params = {.count = count, .outer = 1, .run_bytes = {}};
        for (size_t d = 0; d < axis; ++d) params.outer *= whole[d];

        // For every place along the axis: which input it comes from, and the place there.
        std::vector<std::pair<size_t, int32_t>> origin;
        std::vector<Extents> parts;
        std::vector<Bytes> inputs;
        for (int32_t i = 0; i < count; ++i) {
            parts.push_back(whole);
            parts.back()[axis] = random.in(1, 4);
            inputs.push_back(random.values<uint8_t>(element_count(parts.back())));
            params.run_bytes[i] = static_cast<int32_t>(inputs.back().size()) / params.outer;
            for (int32_t k = 0; k < parts.back()[axis]; ++k)
                origin.push_back({parts.size() - 1, k});
        }
        whole[axis] = static_cast<int32_t>(origin.size());

        Bytes expected = build(whole, [&](Extents at) {
            const auto [input, place] = origin[static_cast<size_t>(at[axis])];
            at[axis] = place;
            return element(inputs[input], 1, position_of(parts[input], at));
        });
        Bytes output(expected.size() + 8, kGuard);
        expected.resize(output.size(), kGuard);
        ASSERT_EQ(INGOT_OK, join(params, inputs, output));
        EXPECT_EQ(expected, output);
    }
}

TEST(concat, refuses_params_that_break_its_requirements) {
    const ingot_concat_params good = {.count = 2, .outer = 1, .run_bytes = {1, 2, 0, 0}};
    Bytes output(3);
    ASSERT_EQ(INGOT_OK, join(good, {{1}, {2, 3}}, output));
    EXPECT_EQ((Bytes{1, 2, 3}), output);

    ingot_concat_params params = good;
    params.count = 0;
    expect_refused(ingot_concat, &params);
    params.count = INGOT_INPUTS_MAX + 1;
    expect_refused(ingot_concat, &params);
    params = good;
    params.outer = 0;
    expect_refused(ingot_concat, &params);
    params = good;
    params.run_bytes[1] = 0;
    expect_refused(ingot_concat, &params);
}

}  // namespace

BenchCase bench_concat() {
    Random random(0);
    return BenchCase("two branches: [24][24][32] -> [24][24][64]", 24 * 24 * 64)
        .reads(random.values<int8_t>(24 * 24 * 32))
        .reads(random.values<int8_t>(24 * 24 * 32))
        .writes<int8_t>(24 * 24 * 64)
        .takes(ingot_concat_params{.count = 2, .outer = 24 * 24, .run_bytes = {32, 32, 0, 0}});
}

}  // namespace ingot::test
