// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// An image that can test itself: one run under the clock and, when its outputs are wrong, another
// layer by layer to find out where.

#include "firmware.h"

uint32_t firmware_check(void *arena) {
    ingot_status status = ingot_init(firmware_model, arena);
    if (status != INGOT_OK) return status;
    ingot_fill_answer(firmware_model, firmware_answer, arena);
    status = firmware_run(arena);
    firmware_mailbox.wrong_step = firmware_model->step_count;
    if (status == INGOT_OK && ingot_answer_matches(firmware_model, firmware_answer, arena)) {
        return INGOT_OK;
    }
    uint32_t wrong_step;
    status =
        ingot_check_layers(firmware_model, firmware_layers, firmware_answer, arena, &wrong_step);
    firmware_mailbox.wrong_step = wrong_step;
    return status == INGOT_OK ? INGOT_ERROR_ANSWER : status;
}
