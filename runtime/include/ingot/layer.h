// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The layers table: what each step is and what it costs in principle. Tools read it; firmware need
// not link it.

#ifndef INGOT_LAYER_H
#define INGOT_LAYER_H

#include <stdint.h>

#include "ingot/kernels.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ingot_layer {
    const char *op;      // Row of ops.def.
    const char *name;    // In the source model.
    const char *engine;  // Machine the layer was placed on, "core" for a kernel call.
    int32_t input_rank;
    int32_t input_extent[INGOT_RANK_MAX];
    int32_t output_rank;
    int32_t output_extent[INGOT_RANK_MAX];
    uint32_t input_count, output_count;  // Places the step uses.
    uint64_t macs;
    uint32_t input_bytes[INGOT_INPUTS_MAX];    // Of each tensor read through a place.
    uint32_t output_bytes[INGOT_OUTPUTS_MAX];  // Of each tensor written.
    uint32_t weight_bytes;  // Constants reached through params: weights, biases, factors, tables.
} ingot_layer;

#ifdef __cplusplus
}
#endif

#endif
