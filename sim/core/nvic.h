// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which exception of a Cortex-M is due: the state of its nested vectored interrupt controller.
// Sources: Armv7-M Architecture Reference Manual (DDI 0403E), sections B1.5.4 (priorities), B3.4
// (registers); Cortex-M4 Devices Generic User Guide (DUI 0553), section 4.2.9 (lines).

#ifndef INGOT_SIM_NVIC_H
#define INGOT_SIM_NVIC_H

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>

namespace ingot::sim {

// Numbers of exceptions.
enum ArmException : uint32_t {
    kSupervisor = 11,
    kPendSv = 14,
    kSysTick = 15,
    kFirstInterrupt = 16,
    kExceptions = 256,  // Also: none.
};

class Nvic {
public:
    static constexpr int kLowest = 256;  // Less urgent than any priority.

    // Enable, pending, active and priority registers: offsets 0x000 to 0x3ff from the first.
    uint32_t read(uint32_t offset) const;
    void write(uint32_t offset, uint32_t bytes, uint32_t value);

    // Priorities of the system's own exceptions, from 4 on.
    uint32_t system_priorities(uint32_t offset) const { return read_priorities(4 + offset); }
    void set_system_priorities(uint32_t offset, uint32_t bytes, uint32_t value) {
        write_priorities(4 + offset, bytes, value);
    }

    // Bits of a priority below this one order exceptions, but do not let one preempt another.
    void set_grouping(uint32_t point) { group_mask_ = 0xff << (point + 1); }

    void set_pending(uint32_t exception, bool is_pending) { pending_.set(exception, is_pending); }
    bool is_pending(uint32_t exception) const { return pending_[exception]; }

    // A line that a device drives: one that is high when the handler returns interrupts again.
    void set_line(uint32_t exception, bool is_high);

    bool is_any_pending() const { return pending_.any(); }

    void begin(uint32_t exception);
    void end(uint32_t exception);
    bool is_active(uint32_t exception) const { return active_[exception]; }
    int depth() const { return static_cast<int>(active_.count()); }

    // The pending and enabled exception that comes first; kExceptions: none.
    uint32_t most_urgent() const;

    // What an exception has to be more urgent than to be taken, but for masks of the core; and what
    // counts of its priority there.
    int running_priority() const;
    int group_priority(uint32_t exception) const { return priority_[exception] & group_mask_; }
    int group_of(uint32_t priority) const { return static_cast<int>(priority) & group_mask_; }

private:
    uint32_t read_priorities(uint32_t first) const;
    void write_priorities(uint32_t first, uint32_t bytes, uint32_t value);

    std::bitset<kExceptions> pending_, enabled_, active_, lines_;
    std::array<uint8_t, kExceptions> priority_{};
    int group_mask_ = 0xfe;
};

}  // namespace ingot::sim

#endif
