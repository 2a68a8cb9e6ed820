// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A generated model, and the few calls that run it.
//
// A model is constant data: a table of steps, each a kernel, its params and the places of its
// tensors. The arena belongs to the caller; nothing else is written, so two arenas run one model at
// the same time.

#ifndef INGOT_MODEL_H
#define INGOT_MODEL_H

#include <stdint.h>

#include "ingot/kernels.h"

#ifdef __cplusplus
extern "C" {
#endif

#define INGOT_ARENA_ALIGNMENT 16  // Bytes; of the arena and of every tensor in it.

#define INGOT_ARENA_ALIGN __attribute__((aligned(INGOT_ARENA_ALIGNMENT)))

// A place is an offset into the arena, or INGOT_CONSTANT + an offset into the model's constants.
#define INGOT_CONSTANT UINT32_C(0x80000000)
#define INGOT_NONE UINT32_C(0xffffffff)  // No place: a step without scratch.

// One kernel call. Places beyond those the operator uses are 0 and never touched.
typedef struct ingot_step {
    ingot_kernel kernel;
    const void *params;
    uint32_t input[INGOT_INPUTS_MAX];
    uint32_t output[INGOT_OUTPUTS_MAX];
    uint32_t scratch;
} ingot_step;

typedef enum ingot_type {
    INGOT_INT8 = 0,
    INGOT_UINT8 = 1,
    INGOT_INT16 = 2,
    INGOT_INT32 = 3,
    INGOT_INT64 = 4,
    INGOT_FLOAT32 = 5,
    INGOT_BOOL = 6,
} ingot_type;

// An input or output of a model. A quantised value q stands for scale x (q - zero_point); scale is
// 0 where values are not quantised.
typedef struct ingot_tensor {
    const char *name;
    ingot_type type;
    int32_t rank;
    int32_t extent[INGOT_RANK_MAX];
    float scale;
    int32_t zero_point;
    uint32_t place;
    uint32_t bytes;
} ingot_tensor;

typedef struct ingot_model {
    const char *name;
    const char *made_by;      // Tool and version.
    const char *source_hash;  // SHA-256 of the model file, hexadecimal.
    const ingot_step *steps;
    const ingot_tensor *inputs;
    const ingot_tensor *outputs;
    const void *constants;  // What INGOT_CONSTANT places refer to; null when there are none.
    uint32_t step_count;
    uint32_t input_count;
    uint32_t output_count;
    uint32_t arena_bytes;
} ingot_model;

// Checks the arena. Returns INGOT_ERROR_ARENA if it is null or not aligned.
ingot_status ingot_init(const ingot_model *model, void *arena);

// Runs one step, 0 <= step < step_count.
ingot_status ingot_run_step(const ingot_model *model, void *arena, uint32_t step);

// Runs every step in order; stops at the first that does not answer INGOT_OK. Inputs may be
// overwritten while it runs: fill them again before the next call.
ingot_status ingot_run(const ingot_model *model, void *arena);

// Address of a place.
void *ingot_at(const ingot_model *model, void *arena, uint32_t place);

#ifdef __cplusplus
}
#endif

#endif
