// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Hard swish in 16-bit fixed point.

#include "codegen/ops/hard_swish.h"

#include <algorithm>
#include <limits>

#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

constexpr int32_t kLow = std::numeric_limits<int16_t>::min();
constexpr int32_t kHigh = std::numeric_limits<int16_t>::max();

// The high half of 2 x a x b. Multipliers are positive, so that nothing overflows.
int16_t multiply_rounding(int16_t a, int16_t b) {
    return static_cast<int16_t>((a * b + (1 << 14)) >> 15);  // Ties upward
}

int16_t multiply_truncating(int16_t a, int16_t b) {
    return static_cast<int16_t>(a * b / (1 << 15));  // Towards zero
}

int16_t shift_left_saturating(int16_t value, int32_t shift) {
    const int64_t shifted = int64_t{value} * (int64_t{1} << shift);
    return static_cast<int16_t>(std::clamp<int64_t>(shifted, kLow, kHigh));
}

// To nearest. Beyond 15 bits the reference's 16-bit mask makes it the sign, with that of 0
// positive.
int16_t shift_right_rounding(int16_t value, int32_t shift) {
    if (shift > 15) return value < 0 ? -1 : 1;
    return static_cast<int16_t>(ingot_shift_right_rounding(value, shift));
}

}  // namespace

HardSwish::Factor HardSwish::narrow_factor(float real) {
    const ingot_factor wide = factor_of(static_cast<double>(real));
    const int64_t rounded = (int64_t{wide.multiplier} + (1 << 15)) >> 16;
    return {.multiplier = static_cast<int16_t>(std::min<int64_t>(rounded, kHigh)),
            .shift = wide.shift};
}

std::optional<HardSwish> HardSwish::of(float input_scale, float output_scale) {
    const float wide_scale = (1.0f / 128.0f) * input_scale;
    HardSwish swish;
    swish.output_ = narrow_factor(wide_scale / output_scale);
    swish.gate_ = narrow_factor(wide_scale / (3.0f / 32768.0f));
    if (swish.output_.shift > 0) return std::nullopt;
    return swish;
}

// min(max(x + 3, 0), 6) / 6 as Q0.15. All but one bit of a left shift comes before the product, so
// that saturation acts on the last bit alone.
int16_t HardSwish::gate(int16_t wide) const {
    const int32_t left = std::max(gate_.shift, 0);
    const int32_t right = std::max(-gate_.shift, 0);
    int16_t value = left > 0 ? shift_left_saturating(wide, left - 1) : wide;
    value = multiply_rounding(value, gate_.multiplier);
    if (left > 0) value = shift_left_saturating(value, 1);
    value = shift_right_rounding(value, right);
    return static_cast<int16_t>((value + (1 << 15)) >> 1);
}

int32_t HardSwish::operator()(int16_t steps) const {
    const auto wide = static_cast<int16_t>(steps * 128);
    const int16_t unshifted = multiply_rounding(wide, output_.multiplier);
    return shift_right_rounding(multiply_truncating(gate(wide), unshifted), -output_.shift);
}

}  // namespace ingot::codegen
