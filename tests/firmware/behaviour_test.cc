// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What firmware notices and tells: wrong answers, overrun arenas, deep stacks, faults. Each test
// puts a kernel into the image that misbehaves.

#include <fmt/format.h>

#include <algorithm>

#include "ingot/mailbox.h"
#include "ingot/status.h"
#include "tests/firmware/emulator.h"

namespace ingot::test {
namespace {

// The third step of the tiny network calls it.
constexpr const char *kOp = "max_pool";
constexpr uint32_t kStep = 2;

// QEMU has no Cortex-M0+, but a Cortex-M0 of the same memory map with less RAM: a micro:bit.
// 16 MHz: QEMU hw/arm/nrf51_soc.c, HCLK_FRQ.
void stand_in(Board &board) {
    board.clock_hz = 16'000'000;
    board.firmware.emulator = board_named("cortex_m4").firmware.emulator;
    *std::ranges::find(board.firmware.emulator, "mps2-an386") = "microbit";
}

class firmware : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        board_ = board_named(GetParam());
        if (GetParam() == "cortex_m0plus") stand_in(board_);
        if (const auto missing = missing_emulator(board_); !missing.empty()) {
            GTEST_SKIP() << missing;
        }
    }

    bool is_arm() const { return board_.firmware.start == "cortex_m"; }
    bool is_armv6m() const { return board_.core.isa == "armv6m"; }

    // A kernel's body that takes two instructions per round.
    std::string count_down(uint32_t rounds) const {
        const char *loop = is_arm() ? R"(".syntax unified\n1: subs %0, #1\n bne 1b")"
                                    : R"("1: addi %0, %0, -1\n bnez %0, 1b")";
        return fmt::format(
            "(void)io; uint32_t n = {}; asm volatile({} : \"+{}\"(n) : : {});"
            "return INGOT_OK;",
            rounds, loop, is_arm() ? "l" : "r", is_arm() ? "\"cc\"" : "\"memory\"");
    }

    // Runs the tiny network with a kernel in place of max_pool. `before` stands before it.
    Told told_with(const std::string &body, const std::string &before = "") const {
        const std::string source = fmt::format(
            R"(#include "ingot/kernels.h"
{}
ingot_status ingot_max_pool(const void *, const ingot_io *io) {{
    {}
}}
)",
            before, body);
        const codegen::Program program = tiny_program();
        return emulate(program, board_, host_answer(program), doctored(board_, kOp, source));
    }

    Board board_;
};

TEST_P(firmware, passes_its_known_answer_test) {
    const codegen::Program program = tiny_program();
    const Told told = emulate(program, board_, host_answer(program));
    EXPECT_EQ(told.exit, 0) << told.raw;
    EXPECT_EQ(told.words.at("state"), INGOT_MAILBOX_IDLE);
    EXPECT_EQ(told.words.at("wrong_step"), program.steps.size());
    EXPECT_EQ(told.words.at("arena_intact"), 1u);
    EXPECT_EQ(told.words.at("fault_cause"), 0u);
}

TEST_P(firmware, names_the_step_that_computes_something_else) {
    const Told told = told_with("static_cast<int8_t *>(io->output[0])[5] ^= 1; return INGOT_OK;");
    EXPECT_EQ(told.exit, INGOT_ERROR_ANSWER) << told.raw;
    EXPECT_EQ(told.words.at("wrong_step"), kStep);
    EXPECT_EQ(told.words.at("arena_intact"), 1u);
}

TEST_P(firmware, passes_on_what_a_kernel_answers) {
    const Told told = told_with("(void)io; return INGOT_ERROR_SHAPE;");
    EXPECT_EQ(told.exit, INGOT_ERROR_SHAPE) << told.raw;
    EXPECT_EQ(told.words.at("wrong_step"), kStep);
}

// One byte, on either side. The joint's guard is 16 bytes, and the tiny arena 256.
TEST_P(firmware, notices_a_kernel_that_overruns_the_arena) {
    for (const char *index : {"15", "16 + 256"}) {
        const Told told =
            told_with(fmt::format("(void)io; firmware_memory[{}] = 0; return INGOT_OK;", index),
                      "extern \"C\" uint8_t firmware_memory[];");
        EXPECT_EQ(told.exit, kBroken) << told.raw;
        EXPECT_EQ(told.words.at("arena_intact"), 0u);
    }
}

TEST_P(firmware, measures_a_deep_stack) {
    const codegen::Program program = tiny_program();
    const Told shallow = emulate(program, board_, host_answer(program));
    const Told deep = told_with(
        "volatile uint8_t room[1000]; for (auto &byte : room) byte = 1;"
        "static_cast<int8_t *>(io->output[0])[0] = static_cast<int8_t>(room[999]);"
        "return INGOT_OK;");
    const auto used = [](const Told &told) { return told.words.at("stack_high_water_bytes"); };
    EXPECT_LT(used(shallow), 1000u);
    EXPECT_GE(used(deep), 1000u);
    EXPECT_LE(used(deep), deep.words.at("call_graph_bytes"));
    EXPECT_LE(used(shallow), shallow.words.at("call_graph_bytes"));
    EXPECT_GE(deep.words.at("call_graph_bytes"), 1000u);
}

class float_firmware : public firmware {};

TEST_P(float_firmware, switches_the_fpu_and_helium_on) {
    const bool has_helium = board_.core.isa == "armv8m_mve";
    const Told told = told_with(
        fmt::format("(void)io; asm volatile(\"{}\" : : : \"s0\"); return INGOT_ERROR_ARENA;",
                    has_helium ? "vmov.i32 q0, #1" : "vmov.f32 s0, #1.0"));
    EXPECT_EQ(told.exit, INGOT_ERROR_ARENA) << told.raw;
}

// The stack lies at the low end of RAM. One that overflows is at least seen to be used up.
constexpr const char *kOverflow =
    "volatile uint8_t room[4000]; for (auto &byte : room) byte = 1;"
    "static_cast<int8_t *>(io->output[0])[0] = static_cast<int8_t>(room[3999]);"
    "return INGOT_OK;";

class lenient_firmware : public firmware {};

TEST_P(lenient_firmware, shows_that_its_stack_overflowed) {
    EXPECT_EQ(told_with(kOverflow).words.at("stack_high_water_bytes"), 2048u);
}

// Where nothing lies below the stack and the machine minds, it is a fault.
class strict_firmware : public firmware {};

TEST_P(strict_firmware, faults_when_its_stack_overflows) {
    const Told told = told_with(kOverflow);
    EXPECT_EQ(told.exit, kFaulted) << told.raw;
    EXPECT_EQ(told.words.at("state"), INGOT_MAILBOX_FAULT);
    EXPECT_NE(told.words.at("fault_cause"), 0u);
    const uint32_t address = told.words.at("fault_address");
    EXPECT_LT(address, board_.memories[1].address);
    if (is_armv6m()) return;  // Does not say where.
    EXPECT_GT(address, board_.memories[1].address - 4000);
}

TEST_P(strict_firmware, records_the_address_of_a_wrong_access) {
    // Of no memory on any of the boards.
    const Told told = told_with(
        "(void)io; *reinterpret_cast<volatile uint32_t *>(0x0f000000) = 1; return INGOT_OK;");
    EXPECT_EQ(told.exit, kFaulted) << told.raw;
    EXPECT_EQ(told.words.at("fault_address"), is_armv6m() ? 0 : 0x0f000000u) << told.raw;
}

TEST_P(firmware, records_the_cause_and_place_of_a_fault) {
    const Told told = told_with(fmt::format("(void)io; asm volatile(\"{}\"); return INGOT_OK;",
                                            is_arm() ? "udf #0" : "unimp"));
    EXPECT_EQ(told.exit, kFaulted) << told.raw;
    EXPECT_EQ(told.words.at("state"), INGOT_MAILBOX_FAULT);
    constexpr uint32_t kIllegalInstruction = 2;           // mcause
    constexpr uint32_t kUndefinedInstruction = 1u << 16;  // CFSR.UNDEFINSTR
    constexpr uint32_t kHardFault = INGOT_MAILBOX_EXCEPTION | 3;
    EXPECT_EQ(told.words.at("fault_cause"), !is_arm()     ? kIllegalInstruction
                                            : is_armv6m() ? kHardFault
                                                          : kUndefinedInstruction);
    const Memory &program = board_.memories[0];
    EXPECT_GT(told.words.at("fault_pc"), program.address);
    EXPECT_LT(told.words.at("fault_pc"), program.address + 65536);
    EXPECT_GT(told.words.at("fault_lr"), program.address);
}

TEST_P(firmware, starts_with_variables_filled_and_cleared) {
    const Told told = told_with(
        "(void)io; return filled[0] == 7 && filled[2] == 9 && cleared[0] == 0 && cleared[99] == 0"
        "                     ? INGOT_OK : INGOT_ERROR_ARENA;",
        "static volatile int16_t filled[3] = {7, 8, 9}; static volatile int32_t cleared[100];");
    // The kernel computes nothing, so the answer is wrong, but it found what it looked for.
    EXPECT_EQ(told.exit, INGOT_ERROR_ANSWER) << told.raw;
}

// So that ticks can be told as instructions: one is a nanosecond, and a tick of SysTick that many
// as the clock has; on RISC-V mcycle counts them one by one.
TEST_P(firmware, has_a_clock_that_follows_instructions) {
    const Told once = told_with(count_down(1'000'000)), twice = told_with(count_down(2'000'000));
    const double per_tick = board_.clock_hz == 0 ? 1 : 1e9 / static_cast<double>(board_.clock_hz);
    const uint32_t difference = twice.words.at("ticks") - once.words.at("ticks");
    EXPECT_NEAR(difference * per_tick, 2e6, 2 * per_tick) << once.raw << twice.raw;
}

// SysTick has 24 bits: what is longer takes its interrupt. Takes seconds, so one board stands for
// all.
class patient_firmware : public firmware {};

TEST_P(patient_firmware, has_a_clock_of_32_bits) {
    const Told told = told_with(count_down(400'000'000));
    const double per_tick = 1e9 / static_cast<double>(board_.clock_hz);
    EXPECT_GT(told.words.at("ticks"), 1u << 24);
    EXPECT_NEAR(told.words.at("ticks") * per_tick, 8e8, 1e5) << told.raw;
}

// QEMU's MPS2 machines take an access to nowhere for one to a device that they lack; on the RISC-V
// board, what lies below the stack is DRAM too, the end of the program's.
INSTANTIATE_TEST_SUITE_P(cortex_m0plus, firmware, testing::Values("cortex_m0plus"));
INSTANTIATE_TEST_SUITE_P(cortex_m0plus, strict_firmware, testing::Values("cortex_m0plus"));
INSTANTIATE_TEST_SUITE_P(cortex_m4, firmware, testing::Values("cortex_m4"));
INSTANTIATE_TEST_SUITE_P(cortex_m4, float_firmware, testing::Values("cortex_m4"));
INSTANTIATE_TEST_SUITE_P(cortex_m4, lenient_firmware, testing::Values("cortex_m4"));
INSTANTIATE_TEST_SUITE_P(cortex_m4, patient_firmware, testing::Values("cortex_m4"));
INSTANTIATE_TEST_SUITE_P(cortex_m7, firmware, testing::Values("cortex_m7"));
INSTANTIATE_TEST_SUITE_P(cortex_m7, float_firmware, testing::Values("cortex_m7"));
INSTANTIATE_TEST_SUITE_P(cortex_m7, lenient_firmware, testing::Values("cortex_m7"));
INSTANTIATE_TEST_SUITE_P(cortex_m33, firmware, testing::Values("cortex_m33"));
INSTANTIATE_TEST_SUITE_P(cortex_m33, float_firmware, testing::Values("cortex_m33"));
INSTANTIATE_TEST_SUITE_P(cortex_m33, strict_firmware, testing::Values("cortex_m33"));
INSTANTIATE_TEST_SUITE_P(cortex_m55, firmware, testing::Values("cortex_m55"));
INSTANTIATE_TEST_SUITE_P(cortex_m55, float_firmware, testing::Values("cortex_m55"));
INSTANTIATE_TEST_SUITE_P(cortex_m55, strict_firmware, testing::Values("cortex_m55"));
INSTANTIATE_TEST_SUITE_P(rv32, firmware, testing::Values("rv32"));
INSTANTIATE_TEST_SUITE_P(rv32, lenient_firmware, testing::Values("rv32"));

}  // namespace
}  // namespace ingot::test
