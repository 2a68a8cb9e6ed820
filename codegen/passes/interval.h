// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Ranges of integers, and what the kernels' fixed-point arithmetic makes of them.

#ifndef INGOT_CODEGEN_INTERVAL_H
#define INGOT_CODEGEN_INTERVAL_H

#include <cstdint>
#include <limits>

#include "ingot/params.h"

namespace ingot::codegen {

struct Interval {
    int64_t low = -128;  // By default: any int8.
    int64_t high = 127;  // low or more

    bool is_constant() const { return low == high; }
    bool operator==(const Interval &) const = default;
};

constexpr Interval just(int64_t value) { return {value, value}; }
constexpr Interval kAnyInt32 = {std::numeric_limits<int32_t>::min(),
                                std::numeric_limits<int32_t>::max()};

// The least interval that holds both.
Interval hull(Interval a, Interval b);

// Sums, differences and products of any member of one with any member of the other.
Interval operator+(Interval a, Interval b);
Interval operator-(Interval a, Interval b);
Interval operator*(Interval a, Interval b);

Interval clamp(Interval a, Interval bounds);

// Where ingot_scale takes the members of `a`, whichever way the generated model rounds: an exact
// hull, since ingot_scale never decreases as long as nothing wraps. Where something could, the
// answer is every int32.
Interval scale(Interval a, ingot_factor factor);

}  // namespace ingot::codegen

#endif
