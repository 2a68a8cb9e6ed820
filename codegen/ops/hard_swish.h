// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// x times the part of 1 that x + 3 is of 6, in the 16-bit fixed point of the reference kernels.

#ifndef INGOT_CODEGEN_HARD_SWISH_H
#define INGOT_CODEGEN_HARD_SWISH_H

#include <cstdint>
#include <optional>

namespace ingot::codegen {

class HardSwish {
public:
    // Nothing when the output's scale is below 1/128 of the input's.
    static std::optional<HardSwish> of(float input_scale, float output_scale);

    // From input steps above its zero point to output steps above its own.
    int32_t operator()(int16_t steps) const;

private:
    // multiplier x 2^(shift - 15)
    struct Factor {
        int16_t multiplier;
        int32_t shift;
    };
    static Factor narrow_factor(float real);
    int16_t gate(int16_t wide) const;

    Factor output_;  // From 1/128 of an input step to an output step.
    Factor gate_;    // The same to 3 / 2^15.
};

}  // namespace ingot::codegen

#endif
