// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What firmware and the outside (a debugger, a simulator, a test) tell each other. There is one,
// at the symbol `ingot_mailbox`, in memory that start-up code does not clear.

#ifndef INGOT_MAILBOX_H
#define INGOT_MAILBOX_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define INGOT_MAILBOX_MAGIC UINT32_C(0x746f676e)  // "ngot", read as bytes.

// Of ingot_mailbox.state.
#define INGOT_MAILBOX_IDLE 1u   // Waits for a command, asleep.
#define INGOT_MAILBOX_BUSY 2u   // A command runs.
#define INGOT_MAILBOX_FAULT 3u  // A fault was taken, and its fields say which; for good.

// Of ingot_mailbox.command.
#define INGOT_MAILBOX_RUN 1u    // Runs the model on what the outside has written to its inputs.
#define INGOT_MAILBOX_CHECK 2u  // Runs the known-answer test.

// Of ingot_mailbox.status: a command that this image does not know. The shipped one has no CHECK.
#define INGOT_MAILBOX_UNKNOWN UINT32_C(0xffffffff)

// Of ingot_mailbox.fault_cause on Arm, where the fault status register says nothing: this bit and
// the number of the exception.
#define INGOT_MAILBOX_EXCEPTION UINT32_C(0x80000000)

// Only `command` is written from outside, while the state is idle.
typedef struct ingot_mailbox {
    uint32_t magic;         // INGOT_MAILBOX_MAGIC once the firmware has started.
    uint32_t state;         // INGOT_MAILBOX_IDLE, BUSY or FAULT.
    uint32_t command;       // INGOT_MAILBOX_RUN or CHECK; the firmware clears it.
    uint32_t status;        // ingot_status of the last command.
    uint32_t runs;          // Commands done.
    uint32_t ticks;         // Of the last ingot_run, by the clock port.
    uint32_t wrong_step;    // Of the last CHECK; the model's step_count when none is wrong.
    uint32_t arena;         // Address.
    uint32_t arena_bytes;   // Size.
    uint32_t model;         // Address of the ingot_model.
    uint32_t arena_intact;  // 1 while the guard bytes right before and after the arena stand.
    uint32_t stack_bytes;   // Reserved.
    uint32_t stack_high_water_bytes;  // The most that was ever used; measured after each command.
    uint32_t fault_cause;             // Arm: CFSR, see INGOT_MAILBOX_EXCEPTION. RISC-V: mcause.
    uint32_t fault_address;           // Arm: BFAR or MMFAR, 0 when not valid. RISC-V: mtval.
    uint32_t fault_pc;  // 0, as is fault_lr, when the stack was lost and with it these.
    uint32_t fault_lr;
} ingot_mailbox;

#ifdef __cplusplus
}
#endif

#endif
