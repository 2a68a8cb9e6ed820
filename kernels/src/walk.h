// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads a tensor along a walk and writes what it meets densely: slice, strided_slice, transpose.

#ifndef INGOT_WALK_H
#define INGOT_WALK_H

#include "copy.h"
#include "ingot/kernels.h"

namespace ingot {

inline bool is_valid(const ingot_walk &walk) {
    if (walk.rank < 0 || walk.rank > INGOT_RANK_MAX) return false;
    for (int32_t d = 0; d < walk.rank; ++d) {
        if (walk.extent[d] < 1) return false;
    }
    return true;
}

// The innermost part of a walk: runs of neighbouring elements, evenly spaced.
struct Runs {
    int32_t bytes;  // Of one run
    int32_t count;
    int32_t step_bytes;  // From the start of one run to the start of the next
    int32_t outer;       // Loops of the walk that remain around the runs
};

inline Runs innermost_runs(const ingot_walk &walk, int32_t element_bytes) {
    Runs runs = {.bytes = element_bytes, .count = 1, .step_bytes = 0, .outer = walk.rank};
    if (runs.outer > 0 && walk.stride[runs.outer - 1] == 1) {
        runs.bytes *= walk.extent[--runs.outer];
    }
    if (runs.outer > 0) {
        runs.count = walk.extent[--runs.outer];
        runs.step_bytes = walk.stride[runs.outer] * element_bytes;
    }
    return runs;
}

inline void copy_walk(const ingot_walk &walk, int32_t element_bytes, const uint8_t *source,
                      uint8_t *target) {
    const Runs runs = innermost_runs(walk, element_bytes);
    int32_t index[INGOT_RANK_MAX] = {};
    int32_t at = 0;
    for (int32_t d = 0; d >= 0;) {
        for (int32_t i = 0; i < runs.count; ++i) {
            target = copy(source + at + i * runs.step_bytes, target, runs.bytes);
        }
        // Steps like an odometer: a loop that is through starts again and carries outwards.
        for (d = runs.outer - 1; d >= 0; --d) {
            const int32_t step_bytes = walk.stride[d] * element_bytes;
            at += step_bytes;
            if (++index[d] < walk.extent[d]) break;
            at -= step_bytes * walk.extent[d];
            index[d] = 0;
        }
    }
}

// The whole kernel of every operator that has ingot_slice_params.
inline ingot_status copy_slice(const ingot_slice_params &p, const ingot_io *io) {
    if (p.element_bytes < 1 || p.offset < 0 || !is_valid(p.input)) return INGOT_ERROR_SHAPE;

    const auto *input = static_cast<const uint8_t *>(io->input[0]);
    copy_walk(p.input, p.element_bytes, input + p.offset * p.element_bytes,
              static_cast<uint8_t *>(io->output[0]));
    return INGOT_OK;
}

}  // namespace ingot

#endif
