// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One memory as its masters see it: how long an access takes, and who waits for whom.

#ifndef INGOT_SIM_MEMORY_H
#define INGOT_SIM_MEMORY_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "boards/board.h"
#include "sim/engine/engine.h"

namespace ingot::sim {

// One request. It may span several beats of the memory's width.
struct Request {
    uint32_t address = 0;
    uint32_t bytes = 0;
    bool is_write = false;
};

// Who asks, by which part of the memory's ports its requests go through.
//   1 port   all three share it, but the core's fetches and data are not told apart here: how often
//            they meet is for the bus to estimate, as only it knows how long the core computed
//   2 ports  fetches have one; data and the background share the other
//   3 ports  nobody shares
enum class Lane : uint8_t { kFetch, kData, kBackground };
constexpr size_t kLanes = 3;

// When a request could have been let in but for other lanes, was let in, and had its last beat
// done.
struct Service {
    Time ready = 0;
    Time begin = 0;
    Time end = 0;
};

class MemoryTiming {
public:
    // `clock`: of the memory, whose description is kept by the caller.
    MemoryTiming(const Memory &memory, const ClockDomain &clock);

    // Takes the request at `now` or as soon as the banks it needs are free. Requests of one lane
    // come in order; those of several are served in the order of the calls.
    Service serve(Time now, Lane lane, const Request &request);

    // Beats that a request takes, at least 1.
    int64_t beats(const Request &request) const;

    const Memory &description() const { return memory_; }

private:
    bool waits_for(Lane lane, Lane other) const;
    Time free_at(Lane lane, size_t bank) const;

    const Memory &memory_;
    ClockDomain clock_;
    std::array<std::vector<Time>, kLanes> free_at_;  // Per bank.
};

}  // namespace ingot::sim

#endif
