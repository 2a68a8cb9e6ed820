// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images resized by copying pixels, against coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/images.h"

namespace ingot::test {
namespace {

TEST(resize_nearest, copies_the_pixels_that_its_tables_name) {
    Random random(1);
    for (int round = 0; round < 2000; ++round) {
        const auto [input, output] = random_images(random);
        const int32_t bytes = int32_t{1} << random.in(0, 3);
        const auto rows = random.values<int32_t>(output.height, 0, input.height - 1);
        const auto columns = random.values<int32_t>(output.width, 0, input.width - 1);
        const ingot_resize_nearest_params params = {.element_bytes = bytes,
                                                    .input = input,
                                                    .output = output,
                                                    .rows = rows.data(),
                                                    .columns = columns.data()};
        const int64_t pixel_bytes = int64_t{input.channels} * bytes;
        const auto source = random.values<uint8_t>(elements(input) * bytes);
        std::vector<uint8_t> expected;
        for (const Pixel &at : pixels(output)) {
            const Pixel from = {at.batch, rows[at.y], columns[at.x]};
            const auto first = source.begin() + offset(input, from, 0) * bytes;
            expected.insert(expected.end(), first, first + pixel_bytes);
        }
        std::vector<uint8_t> target(expected.size() + 8, 85);
        expected.resize(target.size(), 85);
        ASSERT_EQ(INGOT_OK, run(ingot_resize_nearest, &params, {source.data()}, target.data()));
        ASSERT_EQ(expected, target);
    }
}

TEST(resize_nearest, refuses_params_that_break_its_requirements) {
    const std::vector<int32_t> table = {0, 1, 0, 1};
    const ingot_resize_nearest_params good = {.element_bytes = 1,
                                              .input = {1, 2, 2, 3},
                                              .output = {1, 4, 4, 3},
                                              .rows = table.data(),
                                              .columns = table.data()};
    expect_shapes_refused(ingot_resize_nearest, good);
    ingot_resize_nearest_params params = good;
    params.element_bytes = 0;
    expect_refused(ingot_resize_nearest, &params);
}

}  // namespace

BenchCase bench_resize_nearest() {
    Random random(0);
    BenchCase bench("upsampling: [16][16][32] -> [32][32][32]", 32 * 32 * 32);
    std::vector<int32_t> table;
    for (int32_t i = 0; i < 32; ++i) table.push_back(i / 2);
    const int32_t *positions = bench.keep(table);
    return bench.reads(random.values<int8_t>(16 * 16 * 32))
        .writes<int8_t>(32 * 32 * 32)
        .takes(ingot_resize_nearest_params{.element_bytes = 1,
                                           .input = {1, 16, 16, 32},
                                           .output = {1, 32, 32, 32},
                                           .rows = positions,
                                           .columns = positions});
}

}  // namespace ingot::test
