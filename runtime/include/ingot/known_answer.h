// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Known-answer test: does this build, on this core, compute what the code generator computed?

#ifndef INGOT_KNOWN_ANSWER_H
#define INGOT_KNOWN_ANSWER_H

#include <stdbool.h>

#include "ingot/layer.h"
#include "ingot/model.h"

#ifdef __cplusplus
extern "C" {
#endif

// One case: all inputs one after the other, and all outputs the same way, in the model's order.
// layer_crc has one CRC-32 per step, over its outputs in order as they stand right after it.
typedef struct ingot_known_answer {
    const void *input;
    const void *output;
    const uint32_t *layer_crc;
} ingot_known_answer;

// Copies the case's inputs to their places.
void ingot_fill_answer(const ingot_model *model, const ingot_known_answer *answer, void *arena);

// Do the outputs, as they stand in the arena, equal the case's?
bool ingot_answer_matches(const ingot_model *model, const ingot_known_answer *answer, void *arena);

// Runs the case in `arena`. Returns INGOT_OK or INGOT_ERROR_ANSWER, or a kernel's error.
ingot_status ingot_check_answer(const ingot_model *model, const ingot_known_answer *answer,
                                void *arena);

// The same layer by layer: *wrong_step is the first step whose outputs differ, or the model's
// step_count when none does.
ingot_status ingot_check_layers(const ingot_model *model, const ingot_layer *layers,
                                const ingot_known_answer *answer, void *arena,
                                uint32_t *wrong_step);

// CRC-32 (IEEE 802.3, reflected polynomial 0xedb88320) of `bytes` bytes, continuing from `crc`;
// start with 0.
uint32_t ingot_crc32(uint32_t crc, const void *data, uint32_t bytes);

#ifdef __cplusplus
}
#endif

#endif
