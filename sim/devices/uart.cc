// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Offsets and bits: MAX78000_SDK, CMSIS device header uart_regs.h. Baud rate: MAX78000 User Guide,
// chapter UART: the clock over CLKDIV. Depth of the FIFO: the same.

#include "sim/devices/uart.h"

#include <algorithm>

namespace ingot::sim {
namespace {

enum Register : uint32_t {
    kControl = 0x00,
    kStatus = 0x04,
    kInterrupts = 0x08,
    kFlags = 0x0c,
    kDivider = 0x10,
    kFifo = 0x20,
};

// CTRL.
constexpr uint32_t kParity = 1u << 4, kFlushes = 3u << 8, kSizePosition = 10;
constexpr uint32_t kTwoStopBits = 1u << 12, kBaudClock = 1u << 15, kInputPosition = 16;
constexpr uint32_t kBaudClockReady = 1u << 19, kTwoBits = 3, kExternal = 1;

// STATUS.
constexpr uint32_t kSending = 1, kReceivedNothing = 1u << 4, kSentAll = 1u << 6, kFull = 1u << 7;
constexpr uint32_t kLevelPosition = 12;

constexpr uint32_t kHalfEmpty = 1u << 6;  // INT_EN, INT_FL
constexpr uint32_t kDividerBits = 0xfffff;
constexpr int64_t kPicoseconds = 1'000'000'000'000;

}  // namespace

Uart::Uart(const BoardDevice &device, const ClockTree &clocks, const DeviceParts &parts)
    : Storage(device), clocks_(clocks), parts_(parts) {}

// A start bit, 5 to 8 bits, perhaps a parity bit, and one or two stop bits.
Result<Time> Uart::character_time() const {
    const uint32_t control = word(kControl), input = control >> kInputPosition & kTwoBits;
    const int64_t hertz = clocks_.hertz(static_cast<ClockInput>(input));
    if ((control & kBaudClock) == 0 || input == kExternal || hertz == 0) {
        return fail(Code::kDeviceMisused, name(), "was given a character without a baud clock",
                    "enable it in CTRL, from the peripheral clock or the baud rate oscillator");
    }
    const int64_t bits = 1 + 5 + (control >> kSizePosition & kTwoBits) +
                         ((control & kParity) != 0 ? 1 : 0) +
                         ((control & kTwoStopBits) != 0 ? 2 : 1);
    const int64_t divider = std::max(word(kDivider) & kDividerBits, 1u);
    return scaled(bits * divider, kPicoseconds, hertz);
}

Result<void> Uart::send(uint8_t character, Time now) {
    TRY(const Time time, character_time());
    if (begins_.size() == kFifoCharacters) {
        return fail(Code::kDeviceMisused, name(),
                    "was given a character while its FIFO is full, which is lost",
                    "wait until STATUS says that there is room");
    }
    const Time begin = std::max(free_at_, now);
    if (begin > now) begins_.push_back(begin);
    free_at_ = begin + time;
    parts_.console.append(static_cast<char>(character));
    return {};
}

void Uart::catch_up(Time now) {
    while (!begins_.empty() && begins_.front() <= now) {
        begins_.pop_front();
        if (begins_.size() == kHalf) flags_ |= kHalfEmpty;
    }
}

Time Uart::next_event() const {
    const bool is_awaited = (word(kInterrupts) & kHalfEmpty) != 0 && (flags_ & kHalfEmpty) == 0;
    return is_awaited && begins_.size() > kHalf ? begins_[begins_.size() - kHalf - 1] : kNever;
}

Result<void> Uart::advance(Time now) {
    catch_up(now);
    drive_line();
    return {};
}

void Uart::drive_line() {
    const bool is_high = (flags_ & word(kInterrupts)) != 0;
    if (is_high == is_line_high_ || description().interrupt < 0) return;
    is_line_high_ = is_high;
    parts_.lines.set(static_cast<int>(description().interrupt), is_high);
}

uint32_t Uart::status(Time now) const {
    const auto level = static_cast<uint32_t>(begins_.size());
    return (free_at_ > now ? kSending : 0) | kReceivedNothing | (level == 0 ? kSentAll : 0) |
           (level == kFifoCharacters ? kFull : 0) | level << kLevelPosition;
}

Result<uint32_t> Uart::load(uint32_t offset, Time now) {
    catch_up(now);
    drive_line();
    switch (offset) {
        case kControl: {
            const uint32_t control = word(kControl) & ~(kFlushes | kBaudClockReady);
            return control | ((control & kBaudClock) != 0 ? kBaudClockReady : 0);
        }
        case kStatus:
            return status(now);
        case kFlags:
            return flags_;
        case kFifo:
            return 0;
        default:
            return Storage::load(offset, now);
    }
}

Result<void> Uart::store(const RegisterWrite &write, Time now) {
    catch_up(now);
    switch (write.offset) {
        case kStatus:
            return {};
        case kFifo:
            TRY_DO(send(static_cast<uint8_t>(write.value), now));
            break;
        case kFlags:
            flags_ &= ~write.value;
            break;
        default:
            TRY_DO(Storage::store(write, now));
    }
    drive_line();
    return {};
}

}  // namespace ingot::sim
