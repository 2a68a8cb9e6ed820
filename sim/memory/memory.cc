// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Beats are served one after the other; consecutive words lie in different banks.

#include "sim/memory/memory.h"

#include <algorithm>

namespace ingot::sim {

MemoryTiming::MemoryTiming(const Memory &memory, const ClockDomain &clock)
    : memory_(memory), clock_(clock) {
    for (std::vector<Time> &banks : free_at_) banks.resize(static_cast<size_t>(memory.banks));
}

int64_t MemoryTiming::beats(const Request &request) const {
    const int64_t first = request.address / memory_.width_bytes;
    const int64_t last = (int64_t{request.address} + request.bytes - 1) / memory_.width_bytes;
    return last - first + 1;
}

bool MemoryTiming::waits_for(Lane lane, Lane other) const {
    if (lane == other) return true;
    const bool is_background = lane == Lane::kBackground || other == Lane::kBackground;
    const bool is_fetch = lane == Lane::kFetch || other == Lane::kFetch;
    return is_background && memory_.ports < (is_fetch ? 2 : 3);
}

Time MemoryTiming::free_at(Lane lane, size_t bank) const {
    Time free = 0;
    for (size_t other = 0; other < kLanes; ++other) {
        if (waits_for(lane, static_cast<Lane>(other))) free = std::max(free, free_at_[other][bank]);
    }
    return free;
}

Service MemoryTiming::serve(Time now, Lane lane, const Request &request) {
    const int64_t wait = request.is_write ? memory_.write_wait_cycles : memory_.read_wait_cycles;
    const int64_t first = request.address / memory_.width_bytes;
    std::vector<Time> &own = free_at_[static_cast<size_t>(lane)];
    Service service{.ready = now, .begin = kNever, .end = now};
    for (int64_t beat = 0; beat < beats(request); ++beat) {
        const auto bank = static_cast<size_t>((first + beat) % memory_.banks);
        if (beat == 0) service.ready = std::max(now, own[bank]);
        const int64_t cycle = clock_.cycle_from(std::max(service.end, free_at(lane, bank)));
        service.begin = std::min(service.begin, clock_.edge(cycle));
        service.end = clock_.edge(cycle + 1 + wait);
        own[bank] = service.end;
    }
    return service;
}

}  // namespace ingot::sim
