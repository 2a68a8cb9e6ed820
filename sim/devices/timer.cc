// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Offsets and bits: MAX78000_SDK, CMSIS device header tmr_regs.h; fields of the lower half are
// those of the whole timer. What it does when it comes to the value: MAX78000 User Guide, chapter
// Timers: it interrupts, and goes on from 1 (continuous), stops at 1 (one-shot) or counts on
// (compare). Assumed: the value itself lasts one tick, so that a period from 1 on is as many ticks.

#include "sim/devices/timer.h"

#include <fmt/format.h>

#include <algorithm>

namespace ingot::sim {
namespace {

enum Register : uint32_t {
    kCount = 0x00,
    kCompare = 0x04,
    kFlags = 0x0c,
    kControl = 0x10,
    kConfiguration = 0x18,
    kWakeFlags = 0x1c,
};

enum Mode : uint32_t { kOneShot = 0, kContinuous = 1, kCompareMode = 5 };

// CTRL0, of the lower half and of the upper one.
constexpr uint32_t kModeBits = 0xf, kDividerPosition = 4, kDividerBits = 0xf, kDividerMax = 12;
constexpr uint32_t kReset = 1u << 13, kClock = 1u << 14, kEnable = 1u << 15;
constexpr uint32_t kUpperEnable = 1u << 31;

// CTRL1.
constexpr uint32_t kInputBits = 3, kIsEnabled = 1u << 2, kIsClockReady = 1u << 3;
constexpr uint32_t kInterrupts = 1u << 8, kCascade = 1u << 31;

// INTFL: writes to the counter are done at once.
constexpr uint32_t kMatched = 1, kWritten = 1u << 8 | 1u << 24;

constexpr int64_t kPicoseconds = 1'000'000'000'000;

}  // namespace

Timer::Timer(const BoardDevice &device, const ClockTree &clocks, InterruptLines &lines)
    : Storage(device), clocks_(clocks), lines_(lines) {}

bool Timer::is_running() const {
    constexpr uint32_t kBoth = kClock | kEnable;
    const auto input = static_cast<ClockInput>(word(kConfiguration) & kInputBits);
    return (word(kControl) & kBoth) == kBoth && clocks_.hertz(input) > 0;
}

bool Timer::is_32_bits() const { return (word(kConfiguration) & kCascade) != 0; }

// -- Counting ------------------------------------------------------------------------------------

// Since base_time_.
int64_t Timer::ticks(Time now) const {
    const uint32_t divider =
        std::min(word(kControl) >> kDividerPosition & kDividerBits, kDividerMax);
    const auto input = static_cast<ClockInput>(word(kConfiguration) & kInputBits);
    return scaled(now - base_time_, clocks_.hertz(input), kPicoseconds << divider);
}

// From the base on.
int64_t Timer::ticks_to_match() const {
    const int64_t value = word(kCompare) & (range() - 1);
    const int64_t ahead = value - base_count_ + 1;
    return ahead > 0 ? ahead : ahead + range();
}

uint32_t Timer::count(Time now) const {
    if (!is_running()) return base_count_;
    const int64_t count = base_count_ + ticks(now) - base_ticks_;
    return static_cast<uint32_t>(count & (range() - 1));
}

void Timer::begin_at(Time now, uint32_t count) {
    base_time_ = now;
    base_ticks_ = 0;
    base_count_ = count;
}

void Timer::match() {
    const int64_t passed = ticks_to_match();
    const uint32_t mode = word(kControl) & kModeBits;
    has_matched_ = true;
    base_ticks_ += passed;
    base_count_ =
        mode == kCompareMode ? static_cast<uint32_t>((base_count_ + passed) & (range() - 1)) : 1;
    if (mode == kOneShot) set_word(kControl, word(kControl) & ~kEnable);
}

// After a first match, all others of the time that has passed are alike.
void Timer::catch_up(Time now) {
    if (!is_running()) return;
    const int64_t end = ticks(now);
    if (end - base_ticks_ < ticks_to_match()) return;
    match();
    if (!is_running()) return;
    const int64_t period = ticks_to_match();
    base_ticks_ += (end - base_ticks_) / period * period;
}

void Timer::count_until(Time now) {
    catch_up(now);
    begin_at(now, count(now));
    drive_line();
}

Time Timer::next_event() const {
    const bool is_awaited = (word(kConfiguration) & kInterrupts) != 0 && !has_matched_;
    if (!is_awaited || !is_running()) return kNever;
    const uint32_t divider =
        std::min(word(kControl) >> kDividerPosition & kDividerBits, kDividerMax);
    const auto input = static_cast<ClockInput>(word(kConfiguration) & kInputBits);
    const int64_t tick = base_ticks_ + ticks_to_match();
    const Time span = scaled(tick, kPicoseconds << divider, clocks_.hertz(input));
    if (span >= kNever - base_time_) return kNever;
    return ticks(base_time_ + span) < tick ? base_time_ + span + 1 : base_time_ + span;
}

Result<void> Timer::advance(Time now) {
    catch_up(now);
    drive_line();
    return {};
}

void Timer::drive_line() {
    const bool is_high = has_matched_ && (word(kConfiguration) & kInterrupts) != 0;
    if (is_high == is_line_high_ || description().interrupt < 0) return;
    is_line_high_ = is_high;
    lines_.set(static_cast<int>(description().interrupt), is_high);
}

// -- Registers -----------------------------------------------------------------------------------

Result<uint32_t> Timer::load(uint32_t offset, Time now) {
    catch_up(now);
    drive_line();
    switch (offset) {
        case kCount:
            return count(now);
        case kFlags:
            return (has_matched_ ? kMatched : 0) | kWritten;
        case kControl:
            return word(kControl) & ~kReset;
        case kConfiguration: {
            const uint32_t control = word(kControl);
            return (word(kConfiguration) & ~(kIsEnabled | kIsClockReady)) |
                   ((control & kEnable) != 0 ? kIsEnabled : 0) |
                   ((control & kClock) != 0 ? kIsClockReady : 0);
        }
        case kWakeFlags:
            return 0;
        default:
            return Storage::load(offset, now);
    }
}

Result<void> Timer::store(const RegisterWrite &write, Time now) {
    catch_up(now);
    const uint32_t count_now = count(now);
    if (write.offset == kFlags) {
        if (write.value & kMatched) has_matched_ = false;
    } else {
        TRY_DO(Storage::store(write, now));
        const bool is_reset = write.offset == kControl && (write.value & kReset) != 0;
        begin_at(now, is_reset ? 0 : write.offset == kCount ? word(kCount) : count_now);
    }
    drive_line();
    return check_mode();
}

// What it cannot do is said when it is switched on, not while a program still sets it up.
Result<void> Timer::check_mode() const {
    const uint32_t control = word(kControl), mode = control & kModeBits;
    if ((control & kUpperEnable) != 0 && !is_32_bits()) {
        return fail(Code::kDeviceMisused, name(),
                    "its upper half runs by itself, which is not simulated");
    }
    const bool is_known = mode == kOneShot || mode == kContinuous || mode == kCompareMode;
    if ((control & kEnable) == 0 || is_known) return {};
    return fail(Code::kDeviceMisused, name(),
                fmt::format("runs in mode {}, which is not simulated", mode),
                "0 (one-shot), 1 (continuous) and 5 (compare) are");
}

}  // namespace ingot::sim
