// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images resized by blending pixels, against 64-bit arithmetic over coordinates.

#include "tests/kernels/bench_case.h"
#include "tests/kernels/images.h"

namespace ingot::test {
namespace {

constexpr int64_t kOne = 1024;  // One pixel, as positions count them.

// The weight of a pixel for a position: 1 on it, falling to 0 at its neighbours.
int64_t weight(int64_t position, int64_t pixel) {
    return std::max<int64_t>(0, kOne - std::abs(position - pixel * kOne));
}

int64_t rounded(int64_t sum, ingot_rounding rounding) {
    const int64_t half = kOne * kOne / 2;
    if (rounding == INGOT_ROUNDING_SINGLE) return floor_divide(sum + half, kOne * kOne);
    return sum < 0 ? -((half - sum) / (kOne * kOne)) : (sum + half) / (kOne * kOne);
}

struct Problem {
    ingot_shape input, output;
    ingot_rounding rounding;
    std::vector<int32_t> rows, columns;
    std::vector<int8_t> pixels;
};

// Every pixel of the input with its weight, most of them 0.
int8_t naive(const Problem &p, const Pixel &at, int32_t channel) {
    int64_t sum = 0;
    for (int32_t y = 0; y < p.input.height; ++y) {
        for (int32_t x = 0; x < p.input.width; ++x) {
            const int8_t value = p.pixels[offset(p.input, {at.batch, y, x}, channel)];
            sum += value * weight(p.rows[at.y], y) * weight(p.columns[at.x], x);
        }
    }
    return static_cast<int8_t>(rounded(sum, p.rounding));
}

std::vector<int8_t> resized(const Problem &p) {
    const ingot_resize_bilinear_params params = {.input = p.input,
                                                 .output = p.output,
                                                 .rounding = p.rounding,
                                                 .rows = p.rows.data(),
                                                 .columns = p.columns.data()};
    std::vector<int8_t> output(elements(p.output) + 1, 85);
    EXPECT_EQ(INGOT_OK, run(ingot_resize_bilinear, &params, {p.pixels.data()}, output.data()));
    EXPECT_EQ(85, output.back()) << "written behind the last pixel";
    output.pop_back();
    return output;
}

// Positions anywhere in the image, and often exactly on a pixel.
std::vector<int32_t> random_positions(Random &random, int32_t count, int32_t extent) {
    std::vector<int32_t> positions(static_cast<size_t>(count));
    for (int32_t &position : positions) {
        position = random.in(0, (extent - 1) * 1024);
        if (random.in(0, 3) == 0) position = position / 1024 * 1024;
        if (random.in(0, 7) == 0) position = (extent - 1) * 1024;
    }
    return positions;
}

TEST(resize_bilinear, blends_as_64_bits_do_wherever_the_positions_lie) {
    Random random(1);
    for (int round = 0; round < 2000; ++round) {
        const auto [input, output] = random_images(random);
        const auto rounding = round % 2 == 0 ? INGOT_ROUNDING_DOUBLE : INGOT_ROUNDING_SINGLE;
        const Problem problem = {.input = input,
                                 .output = output,
                                 .rounding = rounding,
                                 .rows = random_positions(random, output.height, input.height),
                                 .columns = random_positions(random, output.width, input.width),
                                 .pixels = random.values<int8_t>(elements(input))};
        std::vector<int8_t> expected;
        for (const Pixel &at : pixels(output)) {
            for (int32_t c = 0; c < output.channels; ++c) {
                expected.push_back(naive(problem, at, c));
            }
        }
        ASSERT_EQ(expected, resized(problem));
    }
}

Problem one_row(std::vector<int8_t> pixels, std::vector<int32_t> columns, ingot_rounding rounding) {
    return {.input = {1, 1, static_cast<int32_t>(pixels.size()), 1},
            .output = {1, 1, static_cast<int32_t>(columns.size()), 1},
            .rounding = rounding,
            .rows = {0},
            .columns = std::move(columns),
            .pixels = std::move(pixels)};
}

TEST(resize_bilinear, rounds_halves_away_from_zero_or_upward) {
    const auto halves = [](ingot_rounding rounding) {
        return resized(one_row({-2, -1, 0, 1, 2}, {512, 1536, 2560, 3584}, rounding));
    };
    EXPECT_EQ((std::vector<int8_t>{-2, -1, 1, 2}), halves(INGOT_ROUNDING_DOUBLE));
    EXPECT_EQ((std::vector<int8_t>{-1, 0, 1, 2}), halves(INGOT_ROUNDING_SINGLE));
}

TEST(resize_bilinear, reads_nothing_beyond_the_last_pixel) {
    // The address sanitizer watches the end of the pixels.
    const Problem problem = one_row({10, 20}, {1024}, INGOT_ROUNDING_DOUBLE);
    EXPECT_EQ(std::vector<int8_t>{20}, resized(problem));
}

TEST(resize_bilinear, refuses_params_that_break_its_requirements) {
    const std::vector<int32_t> table = {0, 512, 1024, 1024};
    const ingot_resize_bilinear_params good = {.input = {1, 2, 2, 3},
                                               .output = {1, 4, 4, 3},
                                               .rounding = INGOT_ROUNDING_DOUBLE,
                                               .rows = table.data(),
                                               .columns = table.data()};
    expect_shapes_refused(ingot_resize_bilinear, good);
}

}  // namespace

BenchCase bench_resize_bilinear() {
    Random random(0);
    BenchCase bench("camera to network: [128][128][3] -> [96][96][3]", 96 * 96 * 3);
    std::vector<int32_t> table;
    for (int32_t i = 0; i < 96; ++i) table.push_back(i * 1024 * 4 / 3 + 171);
    const int32_t *positions = bench.keep(table);
    return bench.reads(random.values<int8_t>(128 * 128 * 3))
        .writes<int8_t>(96 * 96 * 3)
        .takes(ingot_resize_bilinear_params{.input = {1, 128, 128, 3},
                                            .output = {1, 96, 96, 3},
                                            .rounding = INGOT_ROUNDING_DOUBLE,
                                            .rows = positions,
                                            .columns = positions});
}

}  // namespace ingot::test
