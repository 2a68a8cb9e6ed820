// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Offsets and bits: MAX78000_SDK, CMSIS device header gcr_regs.h; msdk, gcr_regs.h of the MAX78002
// for IPLL_CTRL and the accelerator's third clock. Values at reset: QEMU hw/misc/max78000_gcr.c.

#include "sim/devices/clock_control.h"

#include <fmt/format.h>

#include <array>

namespace ingot::sim {
namespace {

enum Register : uint32_t {
    kSystemControl = 0x00,
    kReset0 = 0x04,
    kClockControl = 0x08,
    kPower = 0x0c,
    kPll = 0x10,
    kDividers = 0x18,
    kGates0 = 0x24,
    kMemoryControl = 0x28,
    kZeroise = 0x2c,
    kReset1 = 0x44,
    kGates1 = 0x48,
};

struct ResetValue {
    uint32_t offset, value;
};
constexpr ResetValue kResetValues[] = {
    {kSystemControl, 0x21002}, {kClockControl, 0x3e140008}, {kPower, 0x3f000},
    {kGates0, 0xffffffff},     {kMemoryControl, 0x5},       {kGates1, 0xffffffff},
};

// CLKCTRL. Each oscillator has the bit that says it is ready 8 above the one that enables it; that
// of the nano-ring oscillator is always set.
constexpr uint32_t kDividerPosition = 6, kSelectPosition = 9, kThreeBits = 7;
constexpr uint32_t kSystemReady = 1u << 13, kNanoRingReady = 1u << 29;
constexpr uint32_t kEnables = 0xfu << 17, kReadyAbove = 8, kReadyBits = 0x1fu << 25;

constexpr uint32_t kPllEnable = 1, kPllReady = 2;

// PCLKDIV.
constexpr uint32_t kArrayDividerPosition = 14, kArraySelectPosition = 17, kTwoBits = 3;
constexpr std::array<int64_t, 8> kArrayDividers = {2, 4, 8, 16, 1, 1, 1, 1};

// By SYSCLK_SEL; null: reserved, from outside, or of a rate that is not documented.
struct Source {
    int64_t Oscillators::*hertz;
    uint32_t enable;  // 0: always on.
};
constexpr std::array<Source, 8> kSources = {{
    {&Oscillators::secondary_hz, 1u << 18},
    {nullptr, 0},
    {nullptr, 0},
    {&Oscillators::nano_ring_hz, 0},
    {&Oscillators::primary_hz, 1u << 19},
    {&Oscillators::baud_rate_hz, 0},
    {&Oscillators::real_time_hz, 1u << 17},
    {nullptr, 0},
}};

}  // namespace

ClockControl::ClockControl(const BoardDevice &device, const Oscillators &oscillators,
                           CoreClockControl &core)
    : Storage(device), clocks_(oscillators, core) {
    for (const ResetValue &row : kResetValues) set_word(row.offset, row.value);
    select_array_clock();
}

Result<uint32_t> ClockControl::load(uint32_t offset, Time) {
    const uint32_t value = word(offset);
    switch (offset) {
        case kClockControl: {
            const uint32_t ready = (value & kEnables) << kReadyAbove;
            return (value & ~kReadyBits) | ready | kNanoRingReady | kSystemReady;
        }
        case kPll:
            return (value & kPllEnable) != 0 ? value | kPllReady : value & ~kPllReady;
        case kReset0:
        case kReset1:
        case kZeroise:
            return 0;
        default:
            return value;
    }
}

Result<void> ClockControl::store(const RegisterWrite &write, Time now) {
    TRY_DO(Storage::store(write, now));
    switch (write.offset) {
        case kClockControl:
            return select_core_clock(now);
        case kPll:
        case kDividers:
            select_array_clock();
            return {};
        case kGates0:
            clocks_.set_gates(0, word(kGates0));
            return {};
        case kGates1:
            clocks_.set_gates(32, word(kGates1));
            return {};
        default:
            return {};
    }
}

Result<void> ClockControl::select_core_clock(Time now) {
    const uint32_t control = word(kClockControl);
    const Source &source = kSources[control >> kSelectPosition & kThreeBits];
    const int64_t hertz = source.hertz ? clocks_.oscillators().*source.hertz : 0;
    if (hertz == 0) {
        return fail(Code::kDeviceMisused, name(),
                    fmt::format("selects clock {} for the core, which the board does not have",
                                control >> kSelectPosition & kThreeBits));
    }
    if (source.enable != 0 && (control & source.enable) == 0) {
        return fail(Code::kDeviceMisused, name(),
                    "runs the core by an oscillator that is not enabled",
                    "enable it and wait until it is ready, then select it");
    }
    clocks_.set_core_hz(hertz >> (control >> kDividerPosition & kThreeBits), now);
    select_array_clock();
    return {};
}

// 0 where the clock that is selected does not run.
void ClockControl::select_array_clock() {
    const uint32_t dividers = word(kDividers);
    const bool is_pll_on = (word(kPll) & kPllEnable) != 0;
    const uint32_t select = dividers >> kArraySelectPosition & kTwoBits;
    const int64_t hertz = select == 0   ? clocks_.hertz(ClockInput::kPeripheral)
                          : select == 1 ? clocks_.oscillators().secondary_hz
                          : is_pll_on   ? clocks_.oscillators().pll_hz
                                        : 0;
    clocks_.set_array_hz(hertz / kArrayDividers[dividers >> kArrayDividerPosition & kThreeBits]);
}

}  // namespace ingot::sim
