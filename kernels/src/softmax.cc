// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Softmax of each row, in integers. docs/NUMERICS.md tells the arithmetic.

#include "ingot/fixed_point.h"
#include "ingot/kernels.h"

namespace ingot {
namespace {

constexpr int32_t kDepthMax = 8191;  // The sum of a row, as Q12.19, then stays below 2^32.
constexpr int32_t kSumIntegerBits = 12;
constexpr int32_t kOutputBits = 8;

bool meets_requirements(const ingot_softmax_params &p) {
    return p.rows >= 1 && p.depth >= 1 && p.depth <= kDepthMax && p.exponential &&
           p.exponential[0] == INT32_MAX;
}

struct Row {
    const int8_t *values;
    int32_t depth;
    int32_t largest;
    const int32_t *exponential;

    // exp(beta x (value i - largest)), Q0.31
    int32_t operator[](int32_t i) const { return exponential[largest - values[i]]; }
};

Row row_of(const ingot_softmax_params &p, const int8_t *values) {
    int32_t largest = values[0];
    for (int32_t i = 1; i < p.depth; ++i) largest = values[i] > largest ? values[i] : largest;
    return {values, p.depth, largest, p.exponential};
}

// The sum of a row's exponentials, as Q12.19. At least 1: the largest element adds exp(0).
uint32_t sum_of(const Row &row) {
    uint32_t sum = 0;
    for (int32_t i = 0; i < row.depth; ++i) {
        sum += static_cast<uint32_t>(ingot_shift_right_rounding(row[i], kSumIntegerBits));
    }
    return sum;
}

// 1 / sum, as scale x 2^-shift in units of the output's last bit.
struct Reciprocal {
    int32_t scale;  // Q0.31
    int32_t shift;
};

Reciprocal reciprocal_of(uint32_t sum) {
    int32_t integer_bits = kSumIntegerBits;
    for (; (sum & 0x80000000u) == 0; sum <<= 1) --integer_bits;
    const auto above_one = static_cast<int32_t>(sum - 0x80000000u);
    return {ingot_shift_left_saturating(ingot_reciprocal(above_one), 1),
            integer_bits + 31 - kOutputBits};
}

// Beyond 31 the shift leaves less than half a unit.
int8_t probability(const Reciprocal &reciprocal, int32_t exponential) {
    if (reciprocal.shift > 31) return -128;
    const int32_t value = ingot_multiply_high(reciprocal.scale, exponential);
    const int32_t units = ingot_shift_right_rounding(value, reciprocal.shift);
    return static_cast<int8_t>(ingot_clamp(units - 128, -128, 127));
}

}  // namespace
}  // namespace ingot

//   input, output  [rows][depth]
//
// The output may be the input.
// Returns INGOT_ERROR_SHAPE, having written nothing, if rows is below 1, depth outside 1..8191 or
// entry 0 of the table not exp(0).
ingot_status ingot_softmax(const void *params, const ingot_io *io) {
    using namespace ingot;
    const auto &p = *static_cast<const ingot_softmax_params *>(params);
    if (!meets_requirements(p)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const int8_t *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t r = 0; r < p.rows; ++r, input += p.depth, output += p.depth) {
        const Row row = row_of(p, input);
        const Reciprocal reciprocal = reciprocal_of(sum_of(row));
        for (int32_t i = 0; i < p.depth; ++i) output[i] = probability(reciprocal, row[i]);
    }
    return INGOT_OK;
}
