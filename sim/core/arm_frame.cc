// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Source: Armv7-M Architecture Reference Manual (DDI 0403E), sections B1.5.6 (entry), B1.5.7 (stack
// frames), B1.5.8 (return). Floating-point registers are saved at once, not when a handler first
// uses them: a program cannot tell.

#include "sim/core/arm_frame.h"

#include <unicorn/unicorn.h>

#include <array>
#include <cstring>

namespace ingot::sim {
namespace {

constexpr size_t kBasicWords = 8, kFloatWords = 26;
constexpr size_t kStatusWord = 7, kFloatWord = 8, kFloatStatusWord = 24;
constexpr int kFloatRegisters = 16;
constexpr std::array kStacked = {0, 1, 2, 3, 12, 14};  // Registers of words 0 to 5; 6 is the pc.

constexpr uint32_t kProcessStack = 1u << 1;    // CONTROL.SPSEL
constexpr uint32_t kFloatActive = 1u << 2;     // CONTROL.FPCA
constexpr uint32_t kThumb = 1u << 24;          // xPSR.T
constexpr uint32_t kMovedFrame = 1u << 9;      // In the saved xPSR: the stack was moved by 4.
constexpr uint32_t kReturnToThread = 1u << 3;  // Bits of EXC_RETURN.
constexpr uint32_t kReturnToProcess = 1u << 2;
constexpr uint32_t kReturnBasicFrame = 1u << 4;
constexpr uint32_t kReturnFixed = 0xffffffe1;

using Frame = std::array<uint32_t, kFloatWords>;

uint32_t bytes_of(bool has_float) { return 4 * (has_float ? kFloatWords : kBasicWords); }

bool write_frame(const SystemParts &parts, uint32_t address, const Frame &frame, bool has_float) {
    std::array<uint8_t, sizeof(Frame)> bytes;
    std::memcpy(bytes.data(), frame.data(), bytes.size());
    return parts.memory.write(address, std::span(bytes).first(bytes_of(has_float)));
}

bool read_frame(const SystemParts &parts, uint32_t address, Frame &frame, bool has_float) {
    std::array<uint8_t, sizeof(Frame)> bytes{};
    if (!parts.memory.read(address, std::span(bytes).first(bytes_of(has_float)))) return false;
    std::memcpy(frame.data(), bytes.data(), bytes.size());
    return true;
}

void save_registers(const Emulator &emulator, Frame &frame, bool has_float) {
    for (size_t i = 0; i < kStacked.size(); ++i) frame[i] = emulator.reg(kStacked[i]);
    frame[6] = emulator.program_counter() & ~1u;
    frame[kStatusWord] = emulator.special(UC_ARM_REG_XPSR) | kThumb;
    if (!has_float) return;
    for (int i = 0; i < kFloatRegisters; ++i) {
        frame[kFloatWord + static_cast<size_t>(i)] = emulator.special(UC_ARM_REG_S0 + i);
    }
    frame[kFloatStatusWord] = emulator.special(UC_ARM_REG_FPSCR);
}

void restore_registers(Emulator &emulator, const Frame &frame, bool has_float) {
    if (has_float) {
        for (int i = 0; i < kFloatRegisters; ++i) {
            emulator.set_special(UC_ARM_REG_S0 + i, frame[kFloatWord + static_cast<size_t>(i)]);
        }
        emulator.set_special(UC_ARM_REG_FPSCR, frame[kFloatStatusWord]);
    }
    emulator.set_special(UC_ARM_REG_XPSR, frame[kStatusWord] & ~kMovedFrame);
    for (size_t i = 0; i < kStacked.size(); ++i) emulator.set_reg(kStacked[i], frame[i]);
    emulator.set_program_counter(frame[6] & ~1u);
}

void set_control(Emulator &emulator, uint32_t mask, bool is_set) {
    const uint32_t control = emulator.special(UC_ARM_REG_CONTROL);
    emulator.set_special(UC_ARM_REG_CONTROL, is_set ? control | mask : control & ~mask);
}

}  // namespace

bool returns_to_thread(uint32_t exception_return) {
    return (exception_return & kReturnToThread) != 0;
}

std::optional<uint32_t> push_frame(const SystemParts &parts, uint32_t exception, bool was_thread) {
    Emulator &emulator = parts.emulator;
    const uint32_t control = emulator.special(UC_ARM_REG_CONTROL);
    const bool has_float = (control & kFloatActive) != 0;
    const bool was_process = was_thread && (control & kProcessStack) != 0;

    const uint32_t before = emulator.reg(13);
    const uint32_t moved = before & 4;
    const uint32_t address = before - moved - bytes_of(has_float);
    Frame frame{};
    save_registers(emulator, frame, has_float);
    if (moved) frame[kStatusWord] |= kMovedFrame;
    if (!write_frame(parts, address, frame, has_float)) return std::nullopt;

    if (has_float) set_control(emulator, kFloatActive, false);
    emulator.set_reg(13, address);
    emulator.set_special(UC_ARM_REG_IPSR, exception);
    return kReturnFixed | (was_thread ? kReturnToThread : 0) |
           (was_process ? kReturnToProcess : 0) | (has_float ? 0 : kReturnBasicFrame);
}

bool pop_frame(const SystemParts &parts, uint32_t exception_return) {
    Emulator &emulator = parts.emulator;
    const bool has_float = (exception_return & kReturnBasicFrame) == 0;
    // Leaving handler mode brings the stack of the program that was interrupted back, or the one
    // that the handler chooses for it.
    if (returns_to_thread(exception_return)) {
        emulator.set_special(UC_ARM_REG_IPSR, 0);
        set_control(emulator, kProcessStack, (exception_return & kReturnToProcess) != 0);
    }
    const uint32_t address = emulator.reg(13);
    Frame frame{};
    if (!read_frame(parts, address, frame, has_float)) return false;
    restore_registers(emulator, frame, has_float);
    emulator.set_reg(13,
                     address + bytes_of(has_float) + (frame[kStatusWord] & kMovedFrame ? 4 : 0));
    if (has_float) set_control(emulator, kFloatActive, true);
    return true;
}

}  // namespace ingot::sim
