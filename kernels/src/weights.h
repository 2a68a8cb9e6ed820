// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What layers with weights share: the inner product, and the end of an output channel.

#ifndef INGOT_WEIGHTS_H
#define INGOT_WEIGHTS_H

#include "stage.h"

namespace ingot {

template <class Params>
constexpr bool has_valid_weights(const Params &p) {
    return p.weights && p.factors.multiplier && p.factors.shift &&
           (p.factors.stride == 0 || p.factors.stride == 1) && is_int8(p.input_zero_point) &&
           is_valid(p.stage);
}

// Sum of weights[i] x (input[i] - zero_point). Wraps when it leaves 32 bits, which takes more than
// 2^16 weights in one output.
inline int32_t dot(const int8_t *input, const int8_t *weights, int32_t count, int32_t zero_point) {
    uint32_t sum = 0;
    for (int32_t i = 0; i < count; ++i) {
        // 16 bits hold the difference, and let compilers multiply in pairs.
        const auto value = static_cast<int16_t>(input[i] - zero_point);
        sum += static_cast<uint32_t>(weights[i] * value);
    }
    return static_cast<int32_t>(sum);
}

// The end of output channel c: bias, scale, zero point, clamp.
template <class Params>
int8_t finish_channel(const Params &p, int32_t c, int32_t sum) {
    const int32_t i = c * p.factors.stride;
    const ingot_factor factor = {p.factors.multiplier[i], p.factors.shift[i]};
    return finish(p.bias ? add_wrapping(sum, p.bias[c]) : sum, factor, p.stage);
}

}  // namespace ingot

#endif
