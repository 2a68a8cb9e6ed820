// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A border of one value around a tensor.

#include "copy.h"
#include "ingot/kernels.h"

namespace {

bool is_element(int32_t bytes) { return bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8; }

bool is_valid(const ingot_pad_params &p) {
    if (!is_element(p.element_bytes) || p.rank < 1 || p.rank > INGOT_RANK_MAX) return false;
    for (int32_t d = 0; d < p.rank; ++d) {
        if (p.extent[d] < 1 || p.before[d] < 0 || p.after[d] < 0) return false;
    }
    return true;
}

// Eight bytes of the value's elements, little-endian: as many elements as fit.
struct Pattern {
    uint8_t byte[8];
};

Pattern pattern_of(int32_t value, int32_t element_bytes) {
    Pattern pattern = {};
    for (int32_t i = 0; i < 8; ++i) {
        const int32_t shift = 8 * (i % element_bytes);
        pattern.byte[i] = static_cast<uint8_t>(value >> (shift < 32 ? shift : 31));
    }
    return pattern;
}

// Returns the end of the target. Requires whole elements.
uint8_t *fill(const Pattern &pattern, uint8_t *target, int32_t bytes) {
    for (int32_t i = 0; i < bytes; ++i) target[i] = pattern.byte[i & 7];
    return target + bytes;
}

// Whether the output row at these outer indices holds a row of the input.
bool is_inside(const ingot_pad_params &p, const int32_t index[]) {
    for (int32_t d = 0; d < p.rank - 1; ++d) {
        if (index[d] < p.before[d] || index[d] >= p.before[d] + p.extent[d]) return false;
    }
    return true;
}

// Steps to the next output row like an odometer; false after the last.
bool advance(const ingot_pad_params &p, int32_t index[]) {
    for (int32_t d = p.rank - 2; d >= 0; --d) {
        if (++index[d] < p.before[d] + p.extent[d] + p.after[d]) return true;
        index[d] = 0;
    }
    return false;
}

}  // namespace

//   input   [extent...]
//   output  [before + extent + after...]
//
// Returns INGOT_ERROR_SHAPE if elements are not of 1, 2, 4 or 8 bytes, an extent is below 1 or a
// border below 0.
ingot_status ingot_pad(const void *params, const ingot_io *io) {
    const auto &p = *static_cast<const ingot_pad_params *>(params);
    if (!is_valid(p)) return INGOT_ERROR_SHAPE;

    const Pattern pattern = pattern_of(p.value, p.element_bytes);
    const int32_t run = p.extent[p.rank - 1] * p.element_bytes;
    const int32_t before = p.before[p.rank - 1] * p.element_bytes;
    const int32_t after = p.after[p.rank - 1] * p.element_bytes;
    const auto *source = static_cast<const uint8_t *>(io->input[0]);
    auto *target = static_cast<uint8_t *>(io->output[0]);
    int32_t index[INGOT_RANK_MAX] = {};
    do {
        if (is_inside(p, index)) {
            target = fill(pattern, target, before);
            target = ingot::copy(source, target, run);
            target = fill(pattern, target, after);
            source += run;
        } else {
            target = fill(pattern, target, before + run + after);
        }
    } while (advance(p, index));
    return INGOT_OK;
}
