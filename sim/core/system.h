// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The part of a core that is not instructions: interrupts, exceptions, timers and counters. Each
// architecture has one; the emulator knows nothing of them.

#ifndef INGOT_SIM_SYSTEM_H
#define INGOT_SIM_SYSTEM_H

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/core/emulator.h"
#include "sim/core/image.h"
#include "sim/engine/engine.h"

namespace ingot::sim {

constexpr int64_t kNoCycle = INT64_MAX;

// Where the core stands in simulated time. Cycles go on evenly when the clock changes; what lies
// between two of them is another time from then on.
struct CoreClock {
    int64_t cycle = 0;
    int64_t instructions = 0;
    int64_t hertz = 0;       // 0: unknown.
    int64_t base_cycle = 0;  // Since when it has run at that rate...
    Time base_time = 0;      // ...and when that was.

    // Of the cycle; of none that came before the clock last changed.
    Time time() const {
        const Time span = domain().edge(std::max(cycle, base_cycle) - base_cycle);
        return span < kNever - base_time ? base_time + span : kNever;
    }

    // The first cycle at or after that time.
    int64_t cycle_at(Time when) const {
        if (when == kNever) return kNoCycle;
        return base_cycle + domain().cycle_from(std::max<Time>(0, when - base_time));
    }

    // Cycles that it takes for so much time to pass.
    int64_t cycles_of(Time span) const { return domain().cycle_from(span); }

    void change(int64_t to_hertz) {
        base_time = time();
        base_cycle = std::max(cycle, base_cycle);
        hertz = to_hertz;
    }

private:
    static constexpr int64_t kUnknownHertz = 1'000'000'000;  // One cycle is called a nanosecond.
    ClockDomain domain() const { return ClockDomain(hertz > 0 ? hertz : kUnknownHertz); }
};

// What a trap came to.
struct TrapResult {
    enum class Kind { kResume, kExit, kFault };
    Kind kind = Kind::kResume;
    int64_t cycles = 0;  // Spent entering or leaving an exception.
    bool is_followed_by_sleep = false;
    int32_t exit_code = 0;
    Code code = Code::kProgramFault;  // Of a fault...
    std::string fault = {};           // ...and what the program did wrong.
};

// Access to the simulated memory from outside the program.
class HostAccess {
public:
    virtual ~HostAccess() = default;
    virtual bool read(uint32_t address, std::span<uint8_t> target) const = 0;
    virtual bool write(uint32_t address, std::span<const uint8_t> source) = 0;

    uint32_t read_word(uint32_t address) const;  // 0 where there is no memory.
    void write_word(uint32_t address, uint32_t value);
};

// What the program writes to its console: semihosting or a serial port. Keeps the first of it.
struct Console {
    static constexpr size_t kTextMax = 1 << 20;

    void append(char character) {
        if (text.size() < kTextMax) text.push_back(character);
    }
    std::string text;
};

struct SystemParts {
    Emulator &emulator;
    HostAccess &memory;
    const CoreClock &clock;
    Console &console;
};

class System {
public:
    virtual ~System() = default;

    // Sets registers as they are after reset. Answers where execution begins.
    virtual uint32_t reset(const Image &image, uint32_t vectors) = 0;

    // Ranges of addresses that belong to devices.
    struct Range {
        uint32_t address, bytes;
    };
    virtual std::vector<Range> ranges() const = 0;

    // The word of device registers that contains the address, and a write of some of its bytes;
    // clock.cycle is the cycle of the access.
    virtual uint32_t read(uint32_t address) = 0;
    virtual void write(uint32_t address, uint32_t bytes, uint32_t value) = 0;

    // The next cycle at which a timer raises an interrupt, whether that may be taken or not;
    // kNoCycle: none will.
    virtual int64_t next_event() const = 0;

    // Lets timers catch up with clock.cycle.
    virtual void advance() = 0;

    // Whether an interrupt is pending and enabled that wakes a sleeping core.
    virtual bool is_awaited() const = 0;

    // The line of a device to the interrupt controller, by the controller's number. Answers false
    // when there is no such line.
    virtual bool set_line(int number, bool is_high) = 0;

    // What an instruction that waits for an event asks: whether there was one since it last asked,
    // or there is one now.
    virtual bool take_event() = 0;

    // Takes the most urgent interrupt that may be taken now, if any. Answers whether one was.
    virtual bool take_interrupt(TrapResult &result) = 0;

    virtual TrapResult trap(uint32_t number) = 0;

    // Executes an instruction, or what the emulator leaves out of it: one that reads or writes a
    // counter, or signals an event. Such instructions are found by is_own().
    virtual bool is_own(std::span<const uint8_t> instruction) const = 0;
    virtual void execute(uint32_t address) = 0;

    // How deep in exception handlers the core is; 0: in the program itself.
    virtual int depth() const = 0;
};

std::unique_ptr<System> make_arm_system(const SystemParts &parts, const std::string &core);
std::unique_ptr<System> make_riscv_system(const SystemParts &parts);

// A semihosting call: operation and argument as in Arm's "Semihosting for AArch32 and AArch64".
// Answers the result for the first register, or ends the program.
struct SemihostingResult {
    bool is_exit = false;
    int32_t exit_code = 0;
    uint32_t value = 0;
};
SemihostingResult semihosting(uint32_t operation, uint32_t argument, const SystemParts &parts);

}  // namespace ingot::sim

#endif
