// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Idle as tests are: the mailbox is written as one line, and the emulator ends with the status.

#include "firmware.h"
#include "semihosting.h"

namespace {

constexpr uint32_t kFaulted = 100;  // What the emulator exits with after a fault...
constexpr uint32_t kBroken = 101;   // ...and after a command that left the arena's guards broken.

struct Line {
    char text[384];  // More than every name and number below takes.
    uint32_t length = 0;

    void add(const char *word) {
        while (*word) text[length++] = *word++;
    }

    void add(const char *name, uint32_t value) {
        constexpr char kDigits[] = "0123456789abcdef";
        add(length == 0 ? "" : " ");
        add(name);
        add("=0x");
        for (int shift = 28; shift >= 0; shift -= 4) text[length++] = kDigits[value >> shift & 15];
    }
};

uint32_t exit_status(const volatile ingot_mailbox &mailbox) {
    if (mailbox.state == INGOT_MAILBOX_FAULT) return kFaulted;
    return mailbox.arena_intact ? mailbox.status : kBroken;
}

[[noreturn]] void tell_and_exit() {
    const volatile ingot_mailbox &mailbox = firmware_mailbox;
    Line line;
    line.add("state", mailbox.state);
    line.add("status", mailbox.status);
    line.add("wrong_step", mailbox.wrong_step);
    line.add("ticks", mailbox.ticks);
    line.add("arena_intact", mailbox.arena_intact);
    line.add("stack_high_water_bytes", mailbox.stack_high_water_bytes);
    line.add("fault_cause", mailbox.fault_cause);
    line.add("fault_address", mailbox.fault_address);
    line.add("fault_pc", mailbox.fault_pc);
    line.add("fault_lr", mailbox.fault_lr);
    line.add("\n");
    line.text[line.length] = 0;
    semihosting_call(SEMIHOSTING_WRITE_TEXT, line.text);
    const uint32_t block[] = {SEMIHOSTING_REASON_EXIT, exit_status(mailbox)};
    for (;;) semihosting_call(SEMIHOSTING_EXIT_EXTENDED, block);
}

}  // namespace

void firmware_idle(void) { tell_and_exit(); }

void firmware_stop(void) { tell_and_exit(); }
