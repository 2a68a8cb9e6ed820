// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Softmax to the base of 2, for projects that bring none: weak, so that a project's own wins.
//
// Powers are rounded to whole ones, of 0 to kRange: an input that lies further below the greatest
// one counts as nothing. With e = round(input - greatest) + kRange, output = 2^e / sum of all 2^e,
// in Q15, rounded down, 1 being 32767. This is what the vendor's function computes, bit by bit.

#include <stdint.h>

#include "mxc.h"

extern "C" {

void softmax_q17p14_q15(const q31_t *input, uint16_t count, q15_t *output);
void softmax_shift_q17p14_q15(q31_t *input, uint16_t count, uint8_t shift, q15_t *output);
}

namespace {

template <class Input>
struct Scale {
    int fraction_bits;
    int range;

    // Of an input to the output; -1 where it counts as nothing.
    constexpr int power(Input input, Input greatest) const {
        const int64_t above = int64_t{input} - greatest + (int64_t{range} << fraction_bits);
        if (above <= 0) return -1;
        const int64_t half = fraction_bits > 0 ? int64_t{1} << (fraction_bits - 1) : 0;
        return static_cast<int>((above + half) >> fraction_bits);
    }
};

constexpr Scale<q31_t> kQ17p14{.fraction_bits = 14, .range = 16};
constexpr Scale<q7_t> kQ7{.fraction_bits = 0, .range = 8};
static_assert(kQ17p14.power(100, 100) == 16);
static_assert(kQ17p14.power(8191 - (16 << 14), 0) == 0);
static_assert(kQ17p14.power(8192 - (16 << 14), 0) == 1);
static_assert(kQ17p14.power(-(16 << 14), 0) == -1);
static_assert(kQ7.power(-127, -128 + 4) == 5);

// 2^power of sum as Q15. A sum is never smaller than the greatest power that is in it.
constexpr q15_t share(int power, uint64_t sum, int range) {
    const int one = 2 * range;  // Keeps the digits of 1 / sum that can matter.
    const uint64_t inverse = (uint64_t{1} << one) / sum;
    const int shift = one - 15 - power;
    const uint64_t value = shift >= 0 ? inverse >> shift : inverse << -shift;
    return static_cast<q15_t>(value > 32767 ? 32767 : value);
}
static_assert(share(16, 1 << 16, 16) == 32767);
static_assert(share(16, 2 << 16, 16) == 16384);
static_assert(share(0, 1 << 16, 16) == 0);

template <class Input>
void softmax(const Input *input, uint16_t count, q15_t *output, Scale<Input> scale) {
    if (count == 0) return;
    Input greatest = input[0];
    for (uint32_t i = 1; i < count; ++i) {
        if (input[i] > greatest) greatest = input[i];
    }
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; ++i) {
        const int power = scale.power(input[i], greatest);
        if (power >= 0) sum += uint64_t{1} << power;
    }
    for (uint32_t i = 0; i < count; ++i) {
        const int power = scale.power(input[i], greatest);
        output[i] = power < 0 ? q15_t{0} : share(power, sum, scale.range);
    }
}

}  // namespace

[[gnu::weak]] void softmax_q17p14_q15(const q31_t *input, uint16_t count, q15_t *output) {
    softmax(input, count, output, kQ17p14);
}

// Outputs of narrow weights are shifted right; this undoes it, in place.
[[gnu::weak]] void softmax_shift_q17p14_q15(q31_t *input, uint16_t count, uint8_t shift,
                                            q15_t *output) {
    for (uint32_t i = 0; i < count; ++i) {
        input[i] = static_cast<q31_t>(static_cast<uint32_t>(input[i]) << shift);
    }
    softmax(input, count, output, kQ17p14);
}

[[gnu::weak]] void arm_softmax_q7_q15(const q7_t *input, uint16_t count, q15_t *output) {
    softmax(input, count, output, kQ7);
}
