// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A tensor cut along one axis, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/moves.h"

namespace ingot::test {
namespace {

ingot_status cut(const ingot_split_params &params, const Bytes &input,
                 std::vector<Bytes> &outputs) {
    ingot_io io = {};
    io.input[0] = input.data();
    for (size_t i = 0; i < outputs.size(); ++i) io.output[i] = outputs[i].data();
    return ingot_split(&params, &io);
}

TEST(split, cuts_any_tensor_along_any_axis) {
    Random random(5);
    for (int32_t round = 0; round < 400; ++round) {
        const int32_t count = 1 + round % INGOT_OUTPUTS_MAX;
        Extents whole = random_extents(random, 1 + round % 5);
        const auto axis = static_cast<size_t>(random.in(0, static_cast<int32_t>(whole.size()) - 1));
        std::vector<Extents> parts;
        Extents first;  // Of each part, along the axis
        whole[axis] = 0;
        for (int32_t i = 0; i < count; ++i) {
            first.push_back(whole[axis]);
            parts.push_back(whole);
            parts.back()[axis] = random.in(1, 4);
            whole[axis] += parts.back()[axis];
        }
        const auto input = random.values<uint8_t>(element_count(whole));

        ingot_split_params params = {.count = count, .outer = 1, .run_bytes = {}};
        for (size_t d = 0; d < axis; ++d) params.outer *= whole[d];
        std::vector<Bytes> expected, outputs;
        for (size_t i = 0; i < parts.size(); ++i) {
            expected.push_back(build(parts[i], [&](Extents at) {
                at[axis] += first[i];
                return element(input, 1, position_of(whole, at));
            }));
            params.run_bytes[i] = static_cast<int32_t>(expected[i].size()) / params.outer;
            outputs.emplace_back(expected[i].size() + 8, kGuard);
            expected[i].resize(outputs[i].size(), kGuard);
        }
        ASSERT_EQ(INGOT_OK, cut(params, input, outputs));
        EXPECT_EQ(expected, outputs);
    }
}

TEST(split, refuses_params_that_break_its_requirements) {
    const ingot_split_params good = {.count = 2, .outer = 1, .run_bytes = {1, 2, 0, 0}};
    std::vector<Bytes> outputs = {Bytes(1), Bytes(2)};
    ASSERT_EQ(INGOT_OK, cut(good, {1, 2, 3}, outputs));
    EXPECT_EQ((std::vector<Bytes>{{1}, {2, 3}}), outputs);

    ingot_split_params params = good;
    params.count = 0;
    expect_refused(ingot_split, &params);
    params.count = INGOT_OUTPUTS_MAX + 1;
    expect_refused(ingot_split, &params);
    params = good;
    params.outer = 0;
    expect_refused(ingot_split, &params);
    params = good;
    params.run_bytes[1] = 0;
    expect_refused(ingot_split, &params);
}

}  // namespace

BenchCase bench_split() {
    Random random(0);
    return BenchCase("two branches: [24][24][64] -> [24][24][32]", 24 * 24 * 64)
        .reads(random.values<int8_t>(24 * 24 * 64))
        .writes<int8_t>(24 * 24 * 32)
        .writes<int8_t>(24 * 24 * 32)
        .takes(ingot_split_params{.count = 2, .outer = 24 * 24, .run_bytes = {32, 32, 0, 0}});
}

}  // namespace ingot::test
