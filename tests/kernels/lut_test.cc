// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// lut: every input finds its entry.

#include <numeric>

#include "tests/kernels/bench_case.h"
#include "tests/kernels/reference.h"

namespace ingot::test {
namespace {

std::vector<int8_t> every_int8() {
    std::vector<int8_t> values(256);
    std::iota(values.begin(), values.end(), int8_t{-128});
    return values;
}

TEST(lut, finds_entry_x_plus_128_for_every_x) {
    Random random(1);
    const auto table = random.values<int8_t>(256);
    const ingot_lut_params params = {.count = 256, .table = table.data()};
    std::vector<int8_t> output(256);
    EXPECT_EQ(INGOT_OK, run(ingot_lut, &params, {every_int8().data()}, output.data()));
    EXPECT_EQ(table, output);
}

TEST(lut, works_in_place) {
    Random random(2);
    const auto table = random.values<int8_t>(256);
    const ingot_lut_params params = {.count = 256, .table = table.data()};
    std::vector<int8_t> values = every_int8();
    EXPECT_EQ(INGOT_OK, run(ingot_lut, &params, {values.data()}, values.data()));
    EXPECT_EQ(table, values);
}

TEST(lut, stops_after_count_elements) {
    const std::vector<int8_t> table(256, 7);
    const ingot_lut_params params = {.count = 2, .table = table.data()};
    std::vector<int8_t> output = {0, 0, 0};
    EXPECT_EQ(INGOT_OK, run(ingot_lut, &params, {every_int8().data()}, output.data()));
    EXPECT_EQ((std::vector<int8_t>{7, 7, 0}), output);
}

TEST(lut, refuses_to_run_on_nothing_or_without_a_table) {
    const std::vector<int8_t> table(256);
    const ingot_lut_params empty = {.count = 0, .table = table.data()};
    const ingot_lut_params lost = {.count = 4, .table = nullptr};
    expect_refused(ingot_lut, &empty);
    expect_refused(ingot_lut, &lost);
}

}  // namespace

BenchCase bench_lut() {
    constexpr int32_t kCount = 24 * 24 * 32;
    Random random(0);
    BenchCase bench("hard swish of [24][24][32]", kCount);
    const int8_t *table = bench.keep(random.values<int8_t>(256));
    return bench.reads(random.values<int8_t>(kCount))
        .writes<int8_t>(kCount)
        .takes(ingot_lut_params{.count = kCount, .table = table});
}

}  // namespace ingot::test
