// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Copies bytes without the C library.

#ifndef INGOT_COPY_H
#define INGOT_COPY_H

#include <stdint.h>

namespace ingot {

// Returns the end of the target. Source and target must not overlap.
inline uint8_t *copy(const uint8_t *source, uint8_t *target, int32_t bytes) {
    for (int32_t i = 0; i < bytes; ++i) target[i] = source[i];
    return target + bytes;
}

}  // namespace ingot

#endif
