// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The parts of a firmware image. Which of them are linked makes the variant:
//
//             shipped        check       semihosting (test only)
//   check     no_check.cc    check.cc    check.cc
//   idle      idle_wait.cc   idle_wait.cc   idle_semihosting.cc

#ifndef INGOT_APPS_FIRMWARE_H
#define INGOT_APPS_FIRMWARE_H

#include "ingot/known_answer.h"
#include "ingot/mailbox.h"
#include "ingot/model.h"

#ifdef __cplusplus
extern "C" {
#endif

// Bytes before and after the arena that nothing may write.
#define FIRMWARE_GUARD_BYTES 16
#define FIRMWARE_GUARD 0x5a

// Defined beside the generated model, by a joint that the image builder writes.
extern const ingot_model *const firmware_model;
extern const ingot_layer *const firmware_layers;         // Null in a shipped image...
extern const ingot_known_answer *const firmware_answer;  // ...as is this.
extern uint8_t firmware_memory[];                        // Guard, arena, guard.
extern const uint32_t firmware_first_command;            // Done at start; 0: none.

extern volatile ingot_mailbox firmware_mailbox __asm__("ingot_mailbox");

// Runs the model under the clock.
ingot_status firmware_run(void *arena);

// Runs the known-answer test. Answers an ingot_status, or INGOT_MAILBOX_UNKNOWN.
uint32_t firmware_check(void *arena);

// Returns when there may be a command. Never returns from an image that only tests.
void firmware_idle(void);

// After a fault, with the mailbox filled.
#ifdef __cplusplus
[[noreturn]]
#endif
void firmware_stop(void);

#ifdef __cplusplus
}
#endif

#endif
