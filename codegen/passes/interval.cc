// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Interval arithmetic.

#include "codegen/passes/interval.h"

#include <algorithm>

#include "ingot/quant.h"

namespace ingot::codegen {
namespace {

Interval scale(Interval a, ingot_factor factor, ingot_rounding rounding) {
    const auto scaled = [&](int64_t value) {
        return ingot_scale(static_cast<int32_t>(value), factor.multiplier, factor.shift, rounding);
    };
    return {scaled(a.low), scaled(a.high)};
}

}  // namespace

Interval hull(Interval a, Interval b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

Interval operator+(Interval a, Interval b) { return {a.low + b.low, a.high + b.high}; }
Interval operator-(Interval a, Interval b) { return {a.low - b.high, a.high - b.low}; }

Interval operator*(Interval a, Interval b) {
    const auto [low, high] =
        std::minmax({a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
    return {low, high};
}

Interval clamp(Interval a, Interval bounds) {
    return {std::clamp(a.low, bounds.low, bounds.high),
            std::clamp(a.high, bounds.low, bounds.high)};
}

Interval scale(Interval a, ingot_factor factor) {
    const int64_t limit = kAnyInt32.high >> std::max(factor.shift, 0);
    if (a.low < -limit || a.high > limit) return kAnyInt32;
    return hull(scale(a, factor, INGOT_ROUNDING_DOUBLE), scale(a, factor, INGOT_ROUNDING_SINGLE));
}

}  // namespace ingot::codegen
