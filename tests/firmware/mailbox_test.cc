// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The shipped firmware's main program, compiled for this machine: what it answers to commands. The
// test is the outside, and has its turn whenever the firmware is idle.

#include "ingot/mailbox.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>

#include "apps/firmware/firmware.h"
#include "boards/firmware/start.h"

int firmware_main();  // Its main().

namespace {

constexpr uint32_t kArenaBytes = 64;
constexpr uint32_t kStackBytes = 256;

// The model: its one step writes what the test asks for to the arena.
std::function<ingot_status(uint8_t *arena)> step;

ingot_status kernel(const void *, const ingot_io *io) {
    return step(static_cast<uint8_t *>(io->output[0]));
}

const ingot_step kSteps[] = {{kernel, nullptr, {}, {}, 0}};
const ingot_model kModel = {"test",  "", "", kSteps, nullptr,    nullptr,
                            nullptr, 1,  0,  0,      kArenaBytes};

std::deque<std::function<void()>> turns;
uint32_t ticks;

struct TurnsAreOver {};

}  // namespace

// The stack, of which nothing is used.
asm(".data\n"
    ".balign 16\n"
    ".globl ingot_stack_bottom, ingot_stack_top\n"
    "ingot_stack_bottom: .fill 256, 1, 0xa5\n"
    "ingot_stack_top: .long 0\n"
    ".text\n");

extern "C" {
const ingot_model *const firmware_model = &kModel;
const ingot_layer *const firmware_layers = nullptr;
const ingot_known_answer *const firmware_answer = nullptr;
const uint32_t firmware_first_command = 0;
alignas(INGOT_ARENA_ALIGNMENT) uint8_t
    firmware_memory[FIRMWARE_GUARD_BYTES + kArenaBytes + FIRMWARE_GUARD_BYTES];

void ingot_clock_start(void) { ticks = 100; }
uint32_t ingot_clock_ticks(void) { return ticks; }

void firmware_idle(void) {
    if (turns.empty()) throw TurnsAreOver();
    const auto turn = turns.front();
    turns.pop_front();
    turn();
}

void firmware_stop(void) { throw TurnsAreOver(); }
}

namespace ingot::test {
namespace {

volatile ingot_mailbox &box = firmware_mailbox;

uint32_t address_of(const void *object) {
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(object));
}

class mailbox : public testing::Test {
protected:
    void SetUp() override {
        step = [](uint8_t *) { return INGOT_OK; };
        for (size_t i = 0; i < kStackBytes / 4; ++i) ingot_stack_bottom[i] = INGOT_STACK_PAINT;
    }

    // Runs the firmware from reset until these turns are over.
    static void play(std::deque<std::function<void()>> all) {
        turns = std::move(all);
        EXPECT_THROW(firmware_main(), TurnsAreOver);
    }

    static std::function<void()> command(uint32_t number) {
        return [=] {
            EXPECT_EQ(box.state, INGOT_MAILBOX_IDLE);
            box.command = number;
        };
    }
};

TEST_F(mailbox, tells_where_everything_is_once_the_firmware_has_started) {
    auto *words = reinterpret_cast<volatile uint32_t *>(&box);
    for (size_t i = 0; i < sizeof(ingot_mailbox) / 4; ++i) words[i] = 0xdeadbeef;
    play({});
    EXPECT_EQ(box.magic, INGOT_MAILBOX_MAGIC);
    EXPECT_EQ(box.state, INGOT_MAILBOX_IDLE);
    EXPECT_EQ(box.command, 0u);
    EXPECT_EQ(box.runs, 0u);
    EXPECT_EQ(box.arena, address_of(firmware_memory + FIRMWARE_GUARD_BYTES));
    EXPECT_EQ(box.arena_bytes, kArenaBytes);
    EXPECT_EQ(box.model, address_of(&kModel));
    EXPECT_EQ(box.stack_bytes, kStackBytes);
    EXPECT_EQ(box.arena_intact, 1u);
    EXPECT_EQ(box.fault_cause, 0u);
}

TEST_F(mailbox, runs_the_model_on_command_as_often_as_asked) {
    step = [](uint8_t *arena) {
        EXPECT_EQ(box.state, INGOT_MAILBOX_BUSY);
        EXPECT_EQ(arena, firmware_memory + FIRMWARE_GUARD_BYTES);
        ++arena[0];
        ticks += 7;
        return INGOT_OK;
    };
    firmware_memory[FIRMWARE_GUARD_BYTES] = 40;  // The outside fills the arena.
    play({command(INGOT_MAILBOX_RUN), [] {}, command(INGOT_MAILBOX_RUN)});
    EXPECT_EQ(firmware_memory[FIRMWARE_GUARD_BYTES], 42);
    EXPECT_EQ(box.runs, 2u);
    EXPECT_EQ(box.ticks, 7u);
    EXPECT_EQ(box.status, 0u);
    EXPECT_EQ(box.command, 0u);
    EXPECT_EQ(box.state, INGOT_MAILBOX_IDLE);
}

TEST_F(mailbox, passes_on_what_a_kernel_answers) {
    step = [](uint8_t *) { return INGOT_ERROR_SHAPE; };
    play({command(INGOT_MAILBOX_RUN)});
    EXPECT_EQ(box.status, static_cast<uint32_t>(INGOT_ERROR_SHAPE));
}

TEST_F(mailbox, of_a_shipped_image_knows_no_check_and_no_command_but_run) {
    for (const uint32_t number : {INGOT_MAILBOX_CHECK, 77u}) {
        play({command(number)});
        EXPECT_EQ(box.status, INGOT_MAILBOX_UNKNOWN);
        EXPECT_EQ(box.runs, 1u);
        EXPECT_EQ(box.state, INGOT_MAILBOX_IDLE);
    }
}

TEST_F(mailbox, says_when_a_guard_is_broken_on_either_side) {
    for (const uint32_t at : {FIRMWARE_GUARD_BYTES - 1u, FIRMWARE_GUARD_BYTES + kArenaBytes}) {
        step = [at](uint8_t *) {
            firmware_memory[at] = 0;
            return INGOT_OK;
        };
        play({command(INGOT_MAILBOX_RUN)});
        EXPECT_EQ(box.arena_intact, 0u);
    }
}

TEST_F(mailbox, measures_the_stack_by_its_paint_after_each_command) {
    step = [](uint8_t *) {
        ingot_stack_bottom[kStackBytes / 4 - 10] = 1;
        return INGOT_OK;
    };
    play({command(INGOT_MAILBOX_RUN)});
    EXPECT_EQ(box.stack_high_water_bytes, 40u);
}

TEST_F(mailbox, keeps_the_record_of_a_fault) {
    step = [](uint8_t *) -> ingot_status { ingot_fault(1, 2, 3, 4); };
    play({command(INGOT_MAILBOX_RUN)});
    EXPECT_EQ(box.state, INGOT_MAILBOX_FAULT);
    EXPECT_EQ(box.fault_cause, 1u);
    EXPECT_EQ(box.fault_address, 2u);
    EXPECT_EQ(box.fault_pc, 3u);
    EXPECT_EQ(box.fault_lr, 4u);
}

}  // namespace
}  // namespace ingot::test
