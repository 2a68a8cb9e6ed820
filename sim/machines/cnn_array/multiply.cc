// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Written for the compiler to make vectors of; compiled once for each of the host's instruction
// sets that is worth it, and chosen when the program starts.

#include "sim/machines/cnn_array/multiply.h"

namespace ingot::sim {

// The choice is made before the address sanitizer is ready for it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__)
#define INGOT_CLONES __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define INGOT_CLONES
#endif

INGOT_CLONES
void multiply(const int16_t *pixels, const int16_t *weights, int32_t row, int32_t sums[2][4]) {
    const int16_t *a = pixels;
    const int16_t *b = pixels + row;
    const int16_t *w0 = weights;
    const int16_t *w1 = w0 + row;
    const int16_t *w2 = w1 + row;
    const int16_t *w3 = w2 + row;
    int32_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
    int32_t b0 = 0, b1 = 0, b2 = 0, b3 = 0;
    const int32_t end = row / 32 * 32;
    for (int32_t i = 0; i < end; ++i) {
        a0 += a[i] * w0[i];
        a1 += a[i] * w1[i];
        a2 += a[i] * w2[i];
        a3 += a[i] * w3[i];
        b0 += b[i] * w0[i];
        b1 += b[i] * w1[i];
        b2 += b[i] * w2[i];
        b3 += b[i] * w3[i];
    }
    sums[0][0] = a0;
    sums[0][1] = a1;
    sums[0][2] = a2;
    sums[0][3] = a3;
    sums[1][0] = b0;
    sums[1][1] = b1;
    sums[1][2] = b2;
    sums[1][3] = b3;
}

}  // namespace ingot::sim
