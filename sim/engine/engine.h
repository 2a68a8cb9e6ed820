// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Discrete events over clock domains. Time is an integer number of picoseconds, so that nothing
// drifts and the same run gives the same bytes on every machine.

#ifndef INGOT_SIM_ENGINE_H
#define INGOT_SIM_ENGINE_H

#include <cstdint>
#include <limits>
#include <vector>

namespace ingot::sim {

using Time = int64_t;  // Picoseconds since reset.
constexpr Time kNever = std::numeric_limits<Time>::max();

// value x by / over, rounded down, without overflow in between; at most what an int64_t holds,
// which as a time is kNever.
inline int64_t scaled(int64_t value, int64_t by, int64_t over) {
    __extension__ using Wide = __int128;
    constexpr Wide kMost = std::numeric_limits<int64_t>::max();
    const Wide result = static_cast<Wide>(value) * by / over;
    return static_cast<int64_t>(result < kMost ? result : kMost);
}

// A clock whose edges are cycle / hertz seconds after reset, each rounded down by itself: edge n of
// a clock that has no whole period is never off by more than a picosecond.
class ClockDomain {
public:
    explicit ClockDomain(int64_t hertz) : hertz_(hertz) {}

    Time edge(int64_t cycle) const { return scaled(cycle, kPicoseconds, hertz_); }

    // The first cycle whose edge is at or after `time`.
    int64_t cycle_from(Time time) const {
        const int64_t cycle = scaled(time, hertz_, kPicoseconds);
        return edge(cycle) < time ? cycle + 1 : cycle;
    }

    int64_t hertz() const { return hertz_; }

private:
    static constexpr int64_t kPicoseconds = 1'000'000'000'000;
    int64_t hertz_;
};

// Something that acts at moments of its own.
class Component {
public:
    virtual ~Component() = default;
    virtual void wake(Time now) = 0;
};

// The moments at which components want to be woken, in order; at one moment, in the order asked.
class Engine {
public:
    void wake_at(Time time, Component &component);

    // The next moment anything happens; kNever when nothing will.
    Time next() const { return queue_.empty() ? kNever : queue_.front().time; }

    // Wakes all that asked for moments up to and including `time`.
    void run_until(Time time);

private:
    struct Event {
        Time time;
        int64_t order;
        Component *component;
    };
    static bool is_later(const Event &a, const Event &b);

    std::vector<Event> queue_;  // A heap, the earliest in front.
    int64_t asked_ = 0;
};

}  // namespace ingot::sim

#endif
