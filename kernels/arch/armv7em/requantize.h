// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// From sums to int8: in seven instructions where the pack function has proved that no sum can leave
// the range in which they are exact, else as the portable kernels do.

#ifndef INGOT_ARMV7EM_REQUANTIZE_H
#define INGOT_ARMV7EM_REQUANTIZE_H

#include "armv7em/dsp.h"
#include "packed.h"

namespace ingot::armv7em {

// Double rounding; the clamp to the activation's range is left to `clamp`. `doubled` is twice an
// accumulator below 2^30: then rounding the high half of a product is one instruction, and ties go
// away from zero when negatives are one less. The sums of `high` stay below 2^30 + 2^23.
[[gnu::always_inline]] inline int8_t requantize(int32_t doubled, int32_t multiplier,
                                                int32_t shift) {
    int32_t high = smmulr(doubled, multiplier);
    high += high >> 31;
    high += shift >> 8;
    return static_cast<int8_t>(ssat8(asr(high, shift)));
}

[[gnu::noinline]] inline void clamp_bytes(const ingot_output_stage &stage, int8_t *bytes,
                                          int32_t count) {
    for (int8_t *end = bytes + count; bytes != end; ++bytes) {
        *bytes =
            static_cast<int8_t>(ingot_clamp(*bytes, stage.activation_min, stage.activation_max));
    }
}

// Brings bytes that `requantize` made to the activation's range.
[[gnu::always_inline]] inline void clamp(const ingot_output_stage &stage, int8_t *bytes,
                                         int32_t count) {
    if (stage.activation_min == -128 && stage.activation_max == 127) return;
    clamp_bytes(stage, bytes, count);
}

// As the portable kernels do. Out of line, and so in an image but once: it is long, and rare.
[[gnu::noinline, gnu::cold]] inline int8_t finish_exactly(int32_t accumulator, int32_t multiplier,
                                                          int32_t shift,
                                                          const ingot_output_stage &stage) {
    return finish(accumulator, {multiplier, shift}, stage);
}

}  // namespace ingot::armv7em

#endif
