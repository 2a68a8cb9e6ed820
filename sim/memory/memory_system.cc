// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The core's accesses come one after the other. Between them, background loads act at their own
// moments and keep banks busy.

#include "sim/memory/memory_system.h"

#include <fmt/format.h>

#include <algorithm>

namespace ingot::sim {
namespace {

// The first two in the order of Lane.
enum Master : size_t { kFetch, kData, kBackground, kMasters };
constexpr const char *kMasterNames[kMasters] = {"core.fetch", "core.data", "background"};

constexpr int64_t kUnknownClockHertz = 1'000'000'000;  // One cycle is then called a nanosecond.
constexpr int64_t kBurstMax = 1 << 16;
constexpr int64_t kCoreAccessBytes = 4;  // What the cycle tables move in one access.

}  // namespace

MemorySystem::MemorySystem(const Board &board, std::vector<Background> background)
    : board_(board),
      clock_(board.clock_hz > 0 ? board.clock_hz : kUnknownClockHertz),
      core_(board.memories.size()),
      traffic_(kMasters * board.memories.size()),
      windows_(kMasters * board.memories.size()) {
    caches_.reserve(board.caches.size());  // Ports point into it.
    for (const Memory &memory : board.memories) {
        ports_.push_back({.timing = MemoryTiming(memory, clock_)});
    }
    for (const Cache &cache : board.caches) {
        caches_.emplace_back(cache);
        for (size_t m = 0; m < ports_.size(); ++m) {
            if (board.memories[m].name != cache.memory) continue;
            if (cache.serves != "data") ports_[m].instructions = &caches_.back();
            if (cache.serves != "instructions") ports_[m].data = &caches_.back();
        }
    }
    for (size_t m = 0; m < ports_.size(); ++m) {
        const Memory &memory = board.memories[m];
        ports_[m].is_plain = memory.read_wait_cycles == 0 && memory.write_wait_cycles == 0;
        ports_[m].is_narrow = memory.width_bytes < kCoreAccessBytes;
    }
    for (Background &load : background) {
        const auto m = static_cast<size_t>(
            std::ranges::find(board.memories, load.memory, &Memory::name) - board.memories.begin());
        ports_[m].is_plain = false;
        loads_.push_back({.background = std::move(load), .memory = m});
    }
    if (!loads_.empty()) engine_.wake_at(0, *this);
}

Result<std::unique_ptr<MemorySystem>> MemorySystem::make(
    const Board &board, const std::vector<Background> &background) {
    for (const Background &load : background) {
        if (std::ranges::find(board.memories, load.memory, &Memory::name) == board.memories.end()) {
            return fail(Code::kSimulationOption, load.memory,
                        fmt::format("board {} has no such memory", board.name));
        }
        if (load.bytes_per_second <= 0 || load.burst_bytes <= 0 || load.burst_bytes > kBurstMax) {
            return fail(Code::kSimulationOption, load.memory,
                        fmt::format("a background load moves at least a byte per second, in bursts "
                                    "of 1 to {} B",
                                    kBurstMax));
        }
    }
    return std::unique_ptr<MemorySystem>(new MemorySystem(board, background));
}

int MemorySystem::find(uint32_t address, uint64_t bytes) const {
    for (size_t m = 0; m < board_.memories.size(); ++m) {
        const Memory &memory = board_.memories[m];
        const uint64_t offset = uint64_t{address} - memory.address;  // Huge when it lies before.
        const auto size = static_cast<uint64_t>(memory.bytes);
        if (offset <= size && bytes <= size - offset) return static_cast<int>(m);
    }
    return -1;
}

void MemorySystem::record(size_t master, size_t memory, const Request &request) {
    const auto add = [&](Traffic &traffic) {
        (request.is_write ? traffic.bytes_written : traffic.bytes_read) += request.bytes;
    };
    add(traffic_[master * ports_.size() + memory]);
    add(core_[memory]);
    ports_[memory].bytes[master] += request.bytes;
}

void MemorySystem::watch_access(const Request &request) {
    for (Watch &range : watches_) {
        if (request.address - range.address >= range.bytes) continue;
        (request.is_write ? range.traffic.bytes_written : range.traffic.bytes_read) +=
            request.bytes;
    }
}

// Lets the request in and answers what it took beyond one cycle.
Stall MemorySystem::serve(int64_t cycle, size_t memory, Lane lane, const Request &request) {
    Port &port = ports_[memory];
    int64_t &busy = port.busy[static_cast<size_t>(lane)];
    if (port.is_plain) {
        const int64_t beats = port.timing.beats(request);
        busy += beats;
        return {.memory = port.is_narrow ? beats - 1 : 0};
    }
    const Time now = clock_.edge(cycle);
    engine_.run_until(now);
    const Service service = port.timing.serve(now, lane, request);
    const int64_t ready = clock_.cycle_from(service.ready);
    const int64_t begin = clock_.cycle_from(service.begin);
    const int64_t end = clock_.cycle_from(service.end);
    busy += end - begin;
    return {.memory = ready - cycle + end - begin - 1, .arbitration = begin - ready};
}

// What a cache holds does not reach the memory; what it lacks, it reads by lines. Writes go
// through.
Stall MemorySystem::data(int64_t cycle, const Request &request) {
    const auto memory = static_cast<size_t>(find(request.address));
    watch_access(request);
    CacheModel *cache = ports_[memory].cache(Lane::kData);
    if (!cache || request.is_write) {
        record(kData, memory, request);
        return serve(cycle, memory, Lane::kData, request);
    }
    Stall sum;
    const uint32_t last = cache->line_of(request.address + request.bytes - 1);
    for (uint32_t line = cache->line_of(request.address);; line += cache->line_bytes()) {
        if (!cache->read(line)) {
            const Request fill{.address = line, .bytes = cache->line_bytes()};
            record(kData, memory, fill);
            sum = sum + serve(cycle + sum.cycles(), memory, Lane::kData, fill);
        }
        if (line == last) return sum;
    }
}

// A line that comes from a memory takes one cycle at least, in which the core executes what it had.
Stall MemorySystem::fetch(int64_t cycle, const Request &request) {
    const auto memory = static_cast<size_t>(find(request.address));
    Port &port = ports_[memory];
    const CacheModel *cache = port.cache(Lane::kFetch);
    if (port.is_plain && !cache) {
        record(kFetch, memory, request);
        port.busy[kFetch] += port.timing.beats(request);
        return {};
    }
    const auto line_bytes =
        cache ? cache->line_bytes() : static_cast<uint32_t>(port.timing.description().width_bytes);
    Stall sum;
    int64_t lines = 0;
    const uint32_t last = (request.address + request.bytes - 1) / line_bytes;
    for (uint32_t line = request.address / line_bytes; line <= last; ++line) {
        if (line == port.fetched_line) continue;
        port.fetched_line = line;
        sum = sum + fetch_line(cycle + lines++ + sum.cycles(), memory,
                               {.address = line * line_bytes, .bytes = line_bytes});
    }
    return sum;
}

Stall MemorySystem::fetch_line(int64_t cycle, size_t memory, const Request &line) {
    if (CacheModel *cache = ports_[memory].cache(Lane::kFetch)) {
        if (cache->read(line.address)) return {};
    }
    record(kFetch, memory, line);
    return serve(cycle, memory, Lane::kFetch, line);
}

// Cycles that all ports together need for the stretch in progress. No more bytes move in a cycle
// than all of them are wide; fetches and data that share a port come one after the other. A memory
// that answers at once takes an access that is not aligned in one go: what more it costs, the cycle
// tables do not know either.
int64_t MemorySystem::Port::needed_cycles() const {
    const Memory &memory = timing.description();
    const int64_t per_cycle = memory.width_bytes * memory.ports;
    const int64_t to_move = (bytes[kFetch] + bytes[kData] + per_cycle - 1) / per_cycle;
    const bool is_simple = is_plain && !is_narrow;
    const bool is_shared = !is_simple || memory.ports < 2;
    const bool meets = is_shared && busy[kFetch] > 0 && busy[kData] > 0;
    const int64_t to_meet =
        meets ? (busy[kFetch] + busy[kData] + memory.ports - 1) / memory.ports : 0;
    return std::max(to_move, to_meet);
}

// What the ports cannot take in the stretch is a wait for one another.
Excess MemorySystem::excess(int64_t cycles) const {
    Excess most;
    for (const Port &port : ports_) {
        const int64_t fetch = port.busy[kFetch], data = port.busy[kData];
        const bool counts = port.is_narrow || !port.is_plain;
        Excess own;
        if (counts) own.fetch = std::max<int64_t>(0, fetch - cycles);
        if (counts) own.data = std::max<int64_t>(0, data - cycles - own.fetch);
        own.arbitration = std::max<int64_t>(0, port.needed_cycles() - cycles - own.cycles());
        if (own.cycles() > most.cycles()) most = own;
    }
    return most;
}

Excess MemorySystem::finish(int64_t cycle, int64_t cycles) {
    const Excess excess = this->excess(cycles);
    for (size_t m = 0; m < ports_.size(); ++m) {
        for (const size_t master : {kFetch, kData}) {
            ports_[m].busy[master] = 0;
            int64_t &bytes = ports_[m].bytes[master];
            if (bytes == 0) continue;
            windows_.add(master * ports_.size() + m, cycle - origin_, cycles + excess.cycles(),
                         bytes);
            bytes = 0;
        }
    }
    if (has_device_bytes_) finish_devices(cycle, cycles + excess.cycles());
    return excess;
}

// -- Devices -------------------------------------------------------------------------------------

void MemorySystem::add_devices(const std::vector<std::string> &names) {
    for (const std::string &name : names) devices_.push_back({.name = name, .traffic = {}});
    windows_.add_series(names.size());
}

void MemorySystem::record_device(size_t device, const Request &request) {
    DeviceTraffic &row = devices_[device];
    (request.is_write ? row.traffic.bytes_written : row.traffic.bytes_read) += request.bytes;
    row.bytes += request.bytes;
    has_device_bytes_ = true;
}

void MemorySystem::finish_devices(int64_t cycle, int64_t cycles) {
    for (size_t d = 0; d < devices_.size(); ++d) {
        int64_t &bytes = devices_[d].bytes;
        if (bytes == 0) continue;
        windows_.add(traffic_.size() + d, cycle - origin_, cycles, bytes);
        bytes = 0;
    }
    has_device_bytes_ = false;
}

// -- The run -------------------------------------------------------------------------------------

void MemorySystem::restart(int64_t cycle) {
    origin_ = cycle;
    windows_.clear();
    std::ranges::fill(traffic_, Traffic{});
    std::ranges::fill(core_, Traffic{});
    for (Watch &range : watches_) range.traffic = {};
    for (DeviceTraffic &device : devices_) device.traffic = {};
}

void MemorySystem::switch_cache(const std::string &name, bool is_on) {
    const auto at = std::ranges::find(board_.caches, name, &Cache::name);
    INGOT_CHECK(at != board_.caches.end());
    caches_[static_cast<size_t>(at - board_.caches.begin())].switch_to(is_on);
    for (Port &port : ports_) port.fetched_line = ~0u;
}

// Whether needed_cycles() can be more than the cycle table's.
bool MemorySystem::Port::may_collide(const Demand &demand, bool has_code) const {
    const Memory &memory = timing.description();
    const int64_t data = memory.is_writable ? demand.moved : demand.loaded;
    const int64_t bytes = data + (has_code ? demand.fetched : 0);
    return bytes > memory.width_bytes * memory.ports || (has_code && memory.ports < 2);
}

bool MemorySystem::needs_addresses(const Demand &demand, const std::vector<int> &code) const {
    if (!caches_.empty() || !loads_.empty()) return true;
    for (size_t m = 0; m < ports_.size(); ++m) {
        const Port &port = ports_[m];
        const bool is_named = std::ranges::find(code, static_cast<int>(m)) != code.end();
        const bool has_code = is_named || !port.timing.description().is_writable;
        if (!port.is_plain || port.is_narrow || port.may_collide(demand, has_code)) return true;
    }
    return false;
}

void MemorySystem::record_background(size_t memory, const Service &service, int64_t bytes) {
    const size_t stream = kBackground * ports_.size() + memory;
    const int64_t begin = clock_.cycle_from(service.begin);
    if (begin < origin_) return;
    traffic_[stream].bytes_read += bytes;
    windows_.add(stream, begin - origin_, clock_.cycle_from(service.end) - begin, bytes);
}

void MemorySystem::wake(Time now) {
    Time next = kNever;
    for (Load &load : loads_) {
        const Background &background = load.background;
        if (load.next <= now) {
            const Memory &memory = board_.memories[load.memory];
            const Request burst{.address = static_cast<uint32_t>(memory.address),
                                .bytes = static_cast<uint32_t>(background.burst_bytes)};
            const Service service = ports_[load.memory].timing.serve(now, Lane::kBackground, burst);
            record_background(load.memory, service, burst.bytes);
            // One that wants more than the memory has sends burst after burst.
            const Time period = ClockDomain(background.bytes_per_second).edge(burst.bytes);
            load.next = std::max(now + period, service.end);
        }
        next = std::min(next, load.next);
    }
    engine_.wake_at(next, *this);
}

std::vector<Stream> MemorySystem::streams(int64_t cycles) const {
    std::vector<Stream> streams;
    for (size_t master = 0; master < kMasters; ++master) {
        for (size_t m = 0; m < ports_.size(); ++m) {
            const size_t stream = master * ports_.size() + m;
            if (traffic_[stream].bytes() == 0) continue;
            streams.push_back({.master = kMasterNames[master],
                               .memory = board_.memories[m].name,
                               .traffic = traffic_[stream],
                               .window_bytes = windows_.windows(stream, cycles)});
        }
    }
    for (const Port &port : ports_) smooth(streams, port.timing);
    for (size_t d = 0; d < devices_.size(); ++d) {
        if (devices_[d].traffic.bytes() == 0) continue;
        streams.push_back({.master = kMasterNames[kData],
                           .memory = devices_[d].name,
                           .traffic = devices_[d].traffic,
                           .window_bytes = windows_.windows(traffic_.size() + d, cycles)});
    }
    return streams;
}

// The core's bytes are spread evenly over each stretch, which can put some of them a little early:
// what a port cannot have moved in one window moved in the next, and no later than that.
void MemorySystem::smooth(std::vector<Stream> &streams, const MemoryTiming &memory) const {
    const int64_t capacity = memory.description().peak_bytes(windows_.length());
    std::vector<std::vector<int64_t> *> all;
    for (Stream &stream : streams) {
        if (stream.memory == memory.description().name) all.push_back(&stream.window_bytes);
    }
    std::vector<int64_t> arrived(all.size());  // From the window before.
    for (size_t i = 0; !all.empty() && i + 1 < all[0]->size(); ++i) {
        int64_t surplus = -capacity;
        for (const auto *windows : all) surplus += (*windows)[i];
        for (size_t k = 0; k < all.size(); ++k) {
            int64_t &here = (*all[k])[i];
            const int64_t moved = std::clamp<int64_t>(surplus, 0, here - arrived[k]);
            here -= moved;
            (*all[k])[i + 1] += moved;
            arrived[k] = moved;
            surplus -= moved;
        }
    }
}

}  // namespace ingot::sim
