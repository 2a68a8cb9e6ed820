// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The system part of an RV32 core in machine mode: traps, the core-local interruptor with its
// timer, the counters, and the device that ends a run on QEMU's virt machine.
// Sources: The RISC-V Instruction Set Manual, volume II, chapter 3; RISC-V ACLINT specification,
// version 1.0; QEMU hw/riscv/virt.c (addresses) and hw/misc/sifive_test.c.

#include <unicorn/unicorn.h>

#include <array>

#include "sim/core/system.h"
#include "sim/engine/engine.h"

namespace ingot::sim {
namespace {

constexpr uint32_t kClint = 0x02000000, kClintBytes = 0x10000;
constexpr uint32_t kSoftware = kClint, kCompare = kClint + 0x4000, kTimer = kClint + 0xbff8;
constexpr uint32_t kTest = 0x00100000, kTestBytes = 0x1000;
constexpr uint32_t kTestPass = 0x5555, kTestFail = 0x3333;
constexpr uint32_t kSerial = 0x10000000, kSerialBytes = 0x1000;  // A 16550 that is always ready.
constexpr uint32_t kSerialStatus = kSerial + 5, kSerialReady = 0x60;
constexpr int64_t kTimerHertz = 10'000'000;  // QEMU include/hw/intc/riscv_aclint.h.

constexpr uint32_t kInterruptsOn = 1u << 3, kInterruptsWereOn = 1u << 7, kFromMachine = 3u << 11;
constexpr uint32_t kSoftwarePending = 1u << 3, kTimerPending = 1u << 7;
constexpr uint32_t kInterrupt = 1u << 31;

// Assumed: entering or leaving a trap empties a pipeline of five stages, and no more.
constexpr int64_t kTrapCycles = 4;

class RiscvSystem : public System {
public:
    explicit RiscvSystem(const SystemParts &parts) : emulator_(parts.emulator), parts_(parts) {}

    uint32_t reset(const Image &image, uint32_t) override { return image.entry; }

    std::vector<Range> ranges() const override {
        return {{kClint, kClintBytes}, {kTest, kTestBytes}, {kSerial, kSerialBytes}};
    }

    uint32_t read(uint32_t address) override {
        switch (address & ~3u) {
            case kSoftware:
                return software_;
            case kCompare:
                return static_cast<uint32_t>(compare_);
            case kCompare + 4:
                return static_cast<uint32_t>(compare_ >> 32);
            case kTimer:
                return static_cast<uint32_t>(ticks());
            case kSerialStatus & ~3u:
                return kSerialReady << 8 * (kSerialStatus & 3);
            case kTimer + 4:
                return static_cast<uint32_t>(ticks() >> 32);
            default:
                return 0;
        }
    }

    void write(uint32_t address, uint32_t, uint32_t value) override {
        const uint64_t low = compare_ & 0xffffffff, high = compare_ >> 32 << 32;
        switch (address) {
            case kSoftware:
                software_ = value & 1;
                return;
            case kCompare:
                compare_ = high | value;
                return;
            case kCompare + 4:
                compare_ = uint64_t{value} << 32 | low;
                return;
            case kTest:
                end(value);
                return;
            case kSerial:
                parts_.console.append(static_cast<char>(value));
                return;
            default:
                return;
        }
    }

    int64_t next_event() const override {
        if (is_ended_) return parts_.clock.cycle;
        if (compare_ == UINT64_MAX || (pending() & kTimerPending) != 0) return kNoCycle;
        if (compare_ > static_cast<uint64_t>(INT64_MAX) / 1'000'000) return kNoCycle;
        const int64_t cycle = scaled(static_cast<int64_t>(compare_), hertz(), kTimerHertz);
        return ticks_at(cycle) < compare_ ? cycle + 1 : cycle;
    }

    void advance() override {}

    bool is_awaited() const override {
        return (pending() & emulator_.special(UC_RISCV_REG_MIE)) != 0;
    }

    bool take_interrupt(TrapResult &result) override {
        if (is_ended_) {
            result = {.kind = TrapResult::Kind::kExit, .exit_code = exit_code_};
            return true;
        }
        const uint32_t wanted = pending() & emulator_.special(UC_RISCV_REG_MIE);
        if (wanted == 0 || (emulator_.special(UC_RISCV_REG_MSTATUS) & kInterruptsOn) == 0) {
            return false;
        }
        // Software interrupts come before those of the timer.
        const uint32_t cause = wanted & kSoftwarePending ? 3 : 7;
        result = enter(kInterrupt | cause, emulator_.program_counter());
        return true;
    }

    TrapResult trap(uint32_t number) override {
        const uint32_t after = emulator_.program_counter();
        if (number == kRiscvCallFromUser || number == kRiscvCallFromMachine) {
            return enter(kRiscvCallFromMachine, after - 4);
        }
        if (number == kRiscvBreakpoint) return breakpoint(after);
        if (number == kRiscvIllegal) {
            emulator_.set_program_counter(after - 4);
            return {.kind = TrapResult::Kind::kFault,
                    .fault = "ran into an instruction that the core does not have"};
        }
        return {.kind = TrapResult::Kind::kFault,
                .fault = "raised exception " + std::to_string(number) + " of its core"};
    }

    bool set_line(int, bool) override { return false; }
    bool take_event() override { return false; }
    bool is_own(std::span<const uint8_t> instruction) const override;
    void execute(uint32_t address) override;
    int depth() const override {
        return (emulator_.special(UC_RISCV_REG_MSTATUS) & kInterruptsOn) == 0 && has_trapped_;
    }

private:
    int64_t hertz() const { return parts_.clock.hertz > 0 ? parts_.clock.hertz : kTimerHertz; }

    uint64_t ticks_at(int64_t cycle) const {
        return static_cast<uint64_t>(scaled(cycle, kTimerHertz, hertz()));
    }
    uint64_t ticks() const { return ticks_at(parts_.clock.cycle); }

    uint32_t pending() const {
        return (software_ ? kSoftwarePending : 0) | (ticks() >= compare_ ? kTimerPending : 0);
    }

    TrapResult enter(uint32_t cause, uint32_t from) {
        const uint32_t vector = emulator_.special(UC_RISCV_REG_MTVEC);
        if (vector == 0) {
            return {.kind = TrapResult::Kind::kFault,
                    .fault = "trapped with cause " + std::to_string(cause) + " and has no handler"};
        }
        const uint32_t status = emulator_.special(UC_RISCV_REG_MSTATUS);
        const uint32_t were_on = status & kInterruptsOn ? kInterruptsWereOn : 0;
        emulator_.set_special(
            UC_RISCV_REG_MSTATUS,
            (status & ~(kInterruptsOn | kInterruptsWereOn)) | were_on | kFromMachine);
        emulator_.set_special(UC_RISCV_REG_MEPC, from);
        emulator_.set_special(UC_RISCV_REG_MCAUSE, cause);
        const bool is_vectored = (vector & 1) != 0 && (cause & kInterrupt) != 0;
        emulator_.set_program_counter((vector & ~3u) + (is_vectored ? 4 * (cause & 0xff) : 0));
        has_trapped_ = true;
        return {.cycles = kTrapCycles};
    }

    // Semihosting stands between two shifts that do nothing: slli x0, x0, 31; ebreak; srai x0,
    // x0, 7. Source: RISC-V semihosting specification, version 0.4.
    TrapResult breakpoint(uint32_t at) {
        const bool is_semihosting = parts_.memory.read_word(at - 4) == 0x01f01013 &&
                                    parts_.memory.read_word(at + 4) == 0x40705013;
        if (!is_semihosting) {
            return {.kind = TrapResult::Kind::kFault, .fault = "ran into a breakpoint"};
        }
        const SemihostingResult result = semihosting(emulator_.reg(10), emulator_.reg(11), parts_);
        if (result.is_exit) {
            return {.kind = TrapResult::Kind::kExit, .exit_code = result.exit_code};
        }
        emulator_.set_reg(10, result.value);
        emulator_.set_program_counter(at + 4);
        return {};
    }

    void end(uint32_t value) {
        if ((value & 0xffff) != kTestPass && (value & 0xffff) != kTestFail) return;
        is_ended_ = true;
        exit_code_ = (value & 0xffff) == kTestPass ? 0 : static_cast<int32_t>(value >> 16);
        emulator_.stop();
    }

    Emulator &emulator_;
    SystemParts parts_;
    uint32_t software_ = 0;
    uint64_t compare_ = UINT64_MAX;
    bool has_trapped_ = false;
    bool is_ended_ = false;
    int32_t exit_code_ = 0;
};

constexpr uint32_t kSystemOpcode = 0x73;

uint32_t word_of(std::span<const uint8_t> instruction) {
    return static_cast<uint32_t>(instruction[0] | instruction[1] << 8 | instruction[2] << 16) |
           static_cast<uint32_t>(instruction[3]) << 24;
}

// Cycles, instructions and time, with their upper halves, for machine and user mode.
bool RiscvSystem::is_own(std::span<const uint8_t> instruction) const {
    if (instruction.size() < 4) return false;
    const uint32_t word = word_of(instruction);
    if ((word & 0x7f) != kSystemOpcode || (word >> 12 & 7) == 0) return false;
    switch (word >> 20) {
        case 0xb00:
        case 0xb02:
        case 0xb80:
        case 0xb82:
        case 0xc00:
        case 0xc01:
        case 0xc02:
        case 0xc80:
        case 0xc81:
        case 0xc82:
            return true;
        default:
            return false;
    }
}

// Writes to counters are ignored: they run from reset on.
void RiscvSystem::execute(uint32_t address) {
    const uint32_t word = parts_.memory.read_word(address);
    uint64_t value = 0;
    switch (word >> 20 & 0x7f) {
        case 0:
            value = static_cast<uint64_t>(parts_.clock.cycle);
            break;
        case 1:
            value = ticks();
            break;
        default:
            value = static_cast<uint64_t>(parts_.clock.instructions);
            break;
    }
    const bool is_upper = (word >> 20 & 0x80) != 0;
    if (const int target = word >> 7 & 31; target != 0) {
        emulator_.set_reg(target, static_cast<uint32_t>(is_upper ? value >> 32 : value));
    }
    emulator_.set_program_counter(address + 4);
}

}  // namespace

std::unique_ptr<System> make_riscv_system(const SystemParts &parts) {
    return std::make_unique<RiscvSystem>(parts);
}

}  // namespace ingot::sim
