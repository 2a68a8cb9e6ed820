// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The sum of two inputs of unlike scales, where the factors let it be rounded the short way.

#include "../../src/sum.h"
#include "requantize.h"

namespace ingot::armv7em {
namespace {

// The end of a scaling: adds `rounding`, half a step and perhaps a zero point, and shifts.
struct Step {
    int32_t multiplier, rounding, right;

    // Exact for a doubled value below 2^30, ties away from zero; see `requantize`.
    [[gnu::always_inline]] int32_t scale(int32_t doubled) const {
        int32_t high = smmulr(doubled, multiplier);
        high += high >> 31;
        return (high + rounding) >> right;
    }
};

// A sum is below 2^29: with the zero point before a shift so far, it still is below 2^30.
constexpr int32_t kRightMax = 22;

// Returns false if the short way is not exact.
bool make_step(int32_t right, int32_t multiplier, int32_t zero_point, Step &step) {
    if (right < 1 || right > kRightMax) return false;
    step = {multiplier, ingot_shift_left(2 * zero_point + 1, right - 1), right};
    return true;
}

// How an input comes to the common scale of the sum.
struct Term {
    int32_t zero_point;
    int32_t left;  // Of the doubled value.
    Step step;

    [[gnu::always_inline]] int32_t of(int8_t value) const {
        return step.scale(ingot_shift_left(value - zero_point, left));
    }
};

// A factor of one half, which the input of the larger scale always has, is a doubled one and a
// shift by one: that is exact too, because a value that was raised is even.
bool make_term(const ingot_add_params &p, int i, Term &term) {
    const ingot_factor &factor = p.input_factor[i];
    const bool is_half = factor.shift == 0 && factor.multiplier == 1 << 30 && p.left_shift > 0;
    term.zero_point = p.input_zero_point[i];
    term.left = p.left_shift + (is_half ? 2 : 1);
    return make_step(is_half ? 1 : -factor.shift, factor.multiplier, 0, term.step);
}

int32_t count_of(const ingot_broadcast &shape) {
    int32_t count = 1;
    for (int32_t d = 0; d < shape.rank; ++d) count *= shape.extent[d];
    return count;
}

[[gnu::cold, gnu::noinline]] ingot_status add_plain(const ingot_add_params &p, const ingot_io *io) {
    return ingot::sum<1>(p, io);
}

}  // namespace
}  // namespace ingot::armv7em

// Like the portable kernel. An input at the common scale is below 2^28, a sum below 2^29.
ingot_status ingot_add(const void *params, const ingot_io *io) {
    using namespace ingot;
    using namespace ingot::armv7em;
    const auto &p = *static_cast<const ingot_add_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    Term a, b;
    Step output;
    const bool is_fast =
        p.stage.rounding == INGOT_ROUNDING_DOUBLE && make_term(p, 0, a) && make_term(p, 1, b) &&
        make_step(-p.output_factor.shift, p.output_factor.multiplier, p.stage.zero_point, output);
    if (!is_fast) return add_plain(p, io);

    combine(p.shape, io, [=](int8_t first, int8_t second) {
        return static_cast<int8_t>(ssat8(output.scale(2 * (a.of(first) + b.of(second)))));
    });
    clamp(p.stage, static_cast<int8_t *>(io->output[0]), count_of(p.shape));
    return INGOT_OK;
}
