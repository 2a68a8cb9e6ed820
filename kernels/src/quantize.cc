// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Floats to int8. One of the two kernels that compute in float; it needs no mathematics library.

#include "ingot/kernels.h"
#include "stage.h"

namespace {

// Further out than this every value saturates, whatever the zero point.
constexpr float kFarOut = 512.0f;

// The nearest integer, ties away from zero; within +-kFarOut. Not a number becomes 0.
constexpr int32_t nearest(float value) {
    if (value != value) return 0;
    if (value >= kFarOut) return static_cast<int32_t>(kFarOut);
    if (value <= -kFarOut) return -static_cast<int32_t>(kFarOut);
    const auto whole = static_cast<int32_t>(value);
    const float rest = value - static_cast<float>(whole);  // Exact, unlike value + 0.5.
    return rest >= 0.5f ? whole + 1 : rest <= -0.5f ? whole - 1 : whole;
}

static_assert(nearest(0.49999997f) == 0, "adding a half first would give 1");
static_assert(nearest(2.5f) == 3 && nearest(-2.5f) == -3, "ties go away from zero");
static_assert(nearest(1e30f) == 512 && nearest(-1e30f) == -512);

}  // namespace

// output = clamp(round(input / scale) + zero_point). A division and no reciprocal, as the reference
// kernels round a true quotient. Infinities saturate and not-a-number becomes the zero point.
// Returns INGOT_ERROR_SHAPE unless count >= 1, scale > 0 and zero_point is in -128..127.
ingot_status ingot_quantize(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_quantize_params *>(params);
    if (p.count < 1 || !(p.scale > 0) || !ingot::is_int8(p.zero_point)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const float *>(io->input[0]);
    auto *output = static_cast<int8_t *>(io->output[0]);
    for (int32_t i = 0; i < p.count; ++i) {
        const int32_t value = nearest(input[i] / p.scale) + p.zero_point;
        output[i] = static_cast<int8_t>(ingot_clamp(value, -128, 127));
    }
    return INGOT_OK;
}
