// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Walks a model's steps.

#include "ingot/model.h"

#include <stddef.h>

ingot_status ingot_init(const ingot_model *, void *arena) {
    const bool aligned = reinterpret_cast<uintptr_t>(arena) % INGOT_ARENA_ALIGNMENT == 0;
    return arena != nullptr && aligned ? INGOT_OK : INGOT_ERROR_ARENA;
}

// The caller asks for a const model but writes only into the arena: a constant is an input, and
// kernels take inputs as pointers to const.
void *ingot_at(const ingot_model *model, void *arena, uint32_t place) {
    if (place < INGOT_CONSTANT) return static_cast<uint8_t *>(arena) + place;
    const auto *constants = static_cast<const uint8_t *>(model->constants);
    return const_cast<uint8_t *>(constants + (place - INGOT_CONSTANT));
}

ingot_status ingot_run_step(const ingot_model *model, void *arena, uint32_t step) {
    const ingot_step &s = model->steps[step];
    ingot_io io;
    for (size_t i = 0; i < INGOT_INPUTS_MAX; ++i) io.input[i] = ingot_at(model, arena, s.input[i]);
    for (size_t i = 0; i < INGOT_OUTPUTS_MAX; ++i) {
        io.output[i] = ingot_at(model, arena, s.output[i]);
    }
    io.scratch = s.scratch == INGOT_NONE ? nullptr : ingot_at(model, arena, s.scratch);
    return s.kernel(s.params, &io);
}

ingot_status ingot_run(const ingot_model *model, void *arena) {
    for (uint32_t step = 0; step < model->step_count; ++step) {
        const ingot_status status = ingot_run_step(model, arena, step);
        if (status != INGOT_OK) return status;
    }
    return INGOT_OK;
}
