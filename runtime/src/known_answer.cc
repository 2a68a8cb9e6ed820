// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The known-answer test: fill, run, compare.

#include "ingot/known_answer.h"

namespace {

uint32_t crc_of_outputs(const ingot_model *model, const ingot_layer &layer, void *arena,
                        uint32_t step) {
    uint32_t crc = 0;
    for (uint32_t i = 0; i < layer.output_count; ++i) {
        const void *output = ingot_at(model, arena, model->steps[step].output[i]);
        crc = ingot_crc32(crc, output, layer.output_bytes[i]);
    }
    return crc;
}

}  // namespace

void ingot_fill_answer(const ingot_model *model, const ingot_known_answer *answer, void *arena) {
    const auto *source = static_cast<const uint8_t *>(answer->input);
    for (uint32_t i = 0; i < model->input_count; ++i) {
        const ingot_tensor &input = model->inputs[i];
        auto *target = static_cast<uint8_t *>(ingot_at(model, arena, input.place));
        for (uint32_t byte = 0; byte < input.bytes; ++byte) target[byte] = *source++;
    }
}

bool ingot_answer_matches(const ingot_model *model, const ingot_known_answer *answer, void *arena) {
    const auto *expected = static_cast<const uint8_t *>(answer->output);
    for (uint32_t i = 0; i < model->output_count; ++i) {
        const ingot_tensor &output = model->outputs[i];
        const auto *found = static_cast<const uint8_t *>(ingot_at(model, arena, output.place));
        for (uint32_t byte = 0; byte < output.bytes; ++byte) {
            if (found[byte] != *expected++) return false;
        }
    }
    return true;
}

ingot_status ingot_check_answer(const ingot_model *model, const ingot_known_answer *answer,
                                void *arena) {
    if (const ingot_status status = ingot_init(model, arena); status != INGOT_OK) return status;
    ingot_fill_answer(model, answer, arena);
    if (const ingot_status status = ingot_run(model, arena); status != INGOT_OK) return status;
    return ingot_answer_matches(model, answer, arena) ? INGOT_OK : INGOT_ERROR_ANSWER;
}

ingot_status ingot_check_layers(const ingot_model *model, const ingot_layer *layers,
                                const ingot_known_answer *answer, void *arena,
                                uint32_t *wrong_step) {
    *wrong_step = 0;
    if (const ingot_status status = ingot_init(model, arena); status != INGOT_OK) return status;
    ingot_fill_answer(model, answer, arena);
    for (uint32_t step = 0; step < model->step_count; ++step) {
        *wrong_step = step;
        const ingot_status status = ingot_run_step(model, arena, step);
        if (status != INGOT_OK) return status;
        if (crc_of_outputs(model, layers[step], arena, step) != answer->layer_crc[step]) {
            return INGOT_ERROR_ANSWER;
        }
    }
    *wrong_step = model->step_count;
    return INGOT_OK;
}

uint32_t ingot_crc32(uint32_t crc, const void *data, uint32_t bytes) {
    const auto *source = static_cast<const uint8_t *>(data);
    crc = ~crc;
    for (uint32_t i = 0; i < bytes; ++i) {
        crc ^= source[i];
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (UINT32_C(0xedb88320) & (0u - (crc & 1u)));
    }
    return ~crc;
}
