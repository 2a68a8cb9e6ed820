// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Semihosting: how a program under test prints and ends. There are no files behind it; a program
// that opens anything but its console is told that it cannot.
// Source: Arm, "Semihosting for AArch32 and AArch64", release 2.0, sections 5 and 7.

#include <algorithm>

#include "sim/core/system.h"

namespace ingot::sim {
namespace {

enum Operation : uint32_t {
    kOpen = 0x01,
    kClose = 0x02,
    kWriteCharacter = 0x03,
    kWriteString = 0x04,
    kWrite = 0x05,
    kRead = 0x06,
    kIsTerminal = 0x09,
    kClock = 0x10,
    kTime = 0x11,
    kErrorNumber = 0x13,
    kHeapInfo = 0x16,
    kExit = 0x18,
    kExitExtended = 0x20,
    kElapsed = 0x30,
    kTickFrequency = 0x31,
};

constexpr uint32_t kApplicationExit = 0x20026;  // Reason of an exit that is not an error.
constexpr uint32_t kRefused = 0xffffffff;
constexpr uint32_t kConsole = 1;
constexpr uint32_t kTextMax = 1 << 16;

void print(uint32_t address, uint32_t bytes, const SystemParts &parts) {
    std::vector<uint8_t> text(std::min(bytes, kTextMax));
    if (!parts.memory.read(address, text)) return;
    for (const uint8_t character : text) parts.console.append(static_cast<char>(character));
}

uint32_t print_string(uint32_t address, const SystemParts &parts) {
    for (uint32_t i = 0; i < kTextMax; ++i) {
        uint8_t byte = 0;
        if (!parts.memory.read(address + i, {&byte, 1}) || byte == 0) break;
        parts.console.append(static_cast<char>(byte));
    }
    return 0;
}

// Opens the console, which is called ":tt".
uint32_t open(uint32_t argument, const SystemParts &parts) {
    uint8_t name[3] = {};
    parts.memory.read(parts.memory.read_word(argument), name);
    return name[0] == ':' && name[1] == 't' && name[2] == 't' ? kConsole : kRefused;
}

uint32_t hundredths(const CoreClock &clock) {
    constexpr Time kHundredth = 10'000'000'000;
    return clock.hertz > 0 ? static_cast<uint32_t>(clock.time() / kHundredth) : kRefused;
}

SemihostingResult leave(uint32_t reason, uint32_t code) {
    const bool is_normal = reason == kApplicationExit;
    return {.is_exit = true, .exit_code = is_normal ? static_cast<int32_t>(code) : 1};
}

}  // namespace

SemihostingResult semihosting(uint32_t operation, uint32_t argument, const SystemParts &parts) {
    const auto word = [&](uint32_t i) { return parts.memory.read_word(argument + 4 * i); };
    switch (operation) {
        case kOpen:
            return {.value = open(argument, parts)};
        case kClose:
            return {.value = 0};
        case kWriteCharacter:
            print(argument, 1, parts);
            return {.value = 0};
        case kWriteString:
            return {.value = print_string(argument, parts)};
        case kWrite:
            print(word(1), word(2), parts);
            return {.value = 0};
        case kRead:
            return {.value = word(2)};  // Nothing was read: the end of the file.
        case kIsTerminal:
            return {.value = 1};
        case kClock:
            return {.value = hundredths(parts.clock)};
        case kTime:
            return {.value = 0};  // Every run is the same run.
        case kErrorNumber:
            return {.value = 0};
        case kHeapInfo:
            for (uint32_t i = 0; i < 4; ++i) parts.memory.write_word(word(0) + 4 * i, 0);
            return {.value = 0};
        case kExit:
            return leave(argument, 0);
        case kExitExtended:
            return leave(word(0), word(1));
        case kElapsed:
            parts.memory.write_word(argument, static_cast<uint32_t>(parts.clock.cycle));
            parts.memory.write_word(argument + 4, static_cast<uint32_t>(parts.clock.cycle >> 32));
            return {.value = 0};
        case kTickFrequency:
            return {.value = static_cast<uint32_t>(parts.clock.hertz)};
        default:
            return {.value = kRefused};
    }
}

uint32_t HostAccess::read_word(uint32_t address) const {
    uint8_t bytes[4] = {};
    if (!read(address, bytes)) return 0;
    return static_cast<uint32_t>(bytes[0] | bytes[1] << 8 | bytes[2] << 16) |
           static_cast<uint32_t>(bytes[3]) << 24;
}

void HostAccess::write_word(uint32_t address, uint32_t value) {
    const uint8_t bytes[4] = {static_cast<uint8_t>(value), static_cast<uint8_t>(value >> 8),
                              static_cast<uint8_t>(value >> 16), static_cast<uint8_t>(value >> 24)};
    write(address, bytes);
}

}  // namespace ingot::sim
