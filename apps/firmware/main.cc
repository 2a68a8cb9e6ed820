// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Firmware that runs one model on command. It has no console: commands and results go through the
// mailbox.

#include "firmware.h"
#include "ingot/clock.h"
#include "start.h"

[[gnu::section(".noinit"), gnu::used]] volatile ingot_mailbox firmware_mailbox;

namespace {

volatile ingot_mailbox &mailbox = firmware_mailbox;

uint32_t address_of(const void *object) {
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(object));
}

uint8_t *arena() { return firmware_memory + FIRMWARE_GUARD_BYTES; }

uint8_t *guard_after() { return arena() + firmware_model->arena_bytes; }

void set_guards() {
    for (uint32_t i = 0; i < FIRMWARE_GUARD_BYTES; ++i) {
        firmware_memory[i] = FIRMWARE_GUARD;
        guard_after()[i] = FIRMWARE_GUARD;
    }
}

uint32_t guards_stand() {
    for (uint32_t i = 0; i < FIRMWARE_GUARD_BYTES; ++i) {
        if (firmware_memory[i] != FIRMWARE_GUARD || guard_after()[i] != FIRMWARE_GUARD) return 0;
    }
    return 1;
}

uint32_t stack_high_water_bytes() {
    const uint32_t *word = ingot_stack_bottom;
    while (word < ingot_stack_top && *word == INGOT_STACK_PAINT) ++word;
    return address_of(ingot_stack_top) - address_of(word);
}

// Every word but the magic is set before it: whoever sees the magic may read the rest.
void open_mailbox() {
    auto *words = reinterpret_cast<volatile uint32_t *>(&mailbox);
    for (uint32_t i = 0; i < sizeof(ingot_mailbox) / 4; ++i) words[i] = 0;
    mailbox.wrong_step = firmware_model->step_count;
    mailbox.arena = address_of(arena());
    mailbox.arena_bytes = firmware_model->arena_bytes;
    mailbox.model = address_of(firmware_model);
    mailbox.arena_intact = 1;
    mailbox.stack_bytes = address_of(ingot_stack_top) - address_of(ingot_stack_bottom);
    mailbox.command = firmware_first_command;
    mailbox.state = INGOT_MAILBOX_BUSY;
    mailbox.magic = INGOT_MAILBOX_MAGIC;
}

uint32_t obey(uint32_t command) {
    if (command == INGOT_MAILBOX_RUN) return firmware_run(arena());
    if (command == INGOT_MAILBOX_CHECK) return firmware_check(arena());
    return INGOT_MAILBOX_UNKNOWN;
}

// Out of line, as is what else main calls only now and then: the stack of main lies below every
// run's.
[[gnu::noinline]] void serve(uint32_t command) {
    mailbox.state = INGOT_MAILBOX_BUSY;
    mailbox.status = obey(command);
    mailbox.arena_intact = guards_stand();
    mailbox.stack_high_water_bytes = stack_high_water_bytes();
    mailbox.runs = mailbox.runs + 1;
    mailbox.command = 0;
}

}  // namespace

ingot_status firmware_run(void *arena) {
    const uint32_t before = ingot_clock_ticks();
    const ingot_status status = ingot_run(firmware_model, arena);
    mailbox.ticks = ingot_clock_ticks() - before;
    return status;
}

void ingot_fault(uint32_t cause, uint32_t address, uint32_t pc, uint32_t lr) {
    mailbox.fault_cause = cause;
    mailbox.fault_address = address;
    mailbox.fault_pc = pc;
    mailbox.fault_lr = lr;
    mailbox.stack_high_water_bytes = stack_high_water_bytes();
    mailbox.state = INGOT_MAILBOX_FAULT;
    firmware_stop();
}

int main() {
    open_mailbox();
    set_guards();
    ingot_clock_start();
    for (;;) {
        const uint32_t command = mailbox.command;
        if (command != 0) {
            serve(command);
            continue;
        }
        mailbox.state = INGOT_MAILBOX_IDLE;
        firmware_idle();
    }
}
