// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The bus of a board: which memory an address belongs to, what its masters' accesses cost there,
// and how many bytes each master moved when.

#ifndef INGOT_SIM_MEMORY_SYSTEM_H
#define INGOT_SIM_MEMORY_SYSTEM_H

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "boards/board.h"
#include "sim/engine/engine.h"
#include "sim/memory/cache.h"
#include "sim/memory/memory.h"
#include "sim/memory/window_series.h"
#include "sim/report/report.h"

namespace ingot::sim {

// A second master that reads one memory at a steady rate, as a camera or a display would.
struct Background {
    std::string memory;
    int64_t bytes_per_second = 0;
    int64_t burst_bytes = 32;
};

// Bytes of an address range that are counted by themselves.
struct Watch {
    uint32_t address = 0;
    uint32_t bytes = 0;
    Traffic traffic = {};
};

// Cycles that an access cost beyond what the core's cycle table includes: one for each access.
struct Stall {
    int64_t memory = 0;
    int64_t arbitration = 0;

    int64_t cycles() const { return memory + arbitration; }
    friend Stall operator+(const Stall &a, const Stall &b) {
        return {.memory = a.memory + b.memory, .arbitration = a.arbitration + b.arbitration};
    }
};

// Cycles by which a stretch was too short for its beats: for those of one kind by itself, and for
// both together.
struct Excess {
    int64_t fetch = 0;
    int64_t data = 0;
    int64_t arbitration = 0;

    int64_t cycles() const { return fetch + data + arbitration; }
};

// The most bytes that a core asks for in one cycle of its cycle table.
struct Demand {
    int64_t fetched = 4;
    int64_t loaded = 4;
    int64_t moved = 4;  // Loaded and stored.
};

class MemorySystem : public Component {
public:
    // Errors: SimulationOption when a background load names no memory of the board.
    static Result<std::unique_ptr<MemorySystem>> make(const Board &board,
                                                      const std::vector<Background> &background);

    // Index of the memory that holds all of the range; -1: none.
    int find(uint32_t address, uint64_t bytes = 1) const;

    // An access by the core at `cycle`. Requires find(request.address) >= 0.
    Stall data(int64_t cycle, const Request &request);

    // The core reads the instructions of a block.
    Stall fetch(int64_t cycle, const Request &request);

    // Closes a stretch of `cycles` that the core spent from `cycle` on. Answers by how many cycles
    // its accesses to one memory took longer than that.
    Excess finish(int64_t cycle, int64_t cycles);

    // Lets background loads act up to this cycle.
    void advance(int64_t cycle) { engine_.run_until(clock_.edge(cycle)); }

    // Forgets what was recorded; the run begins at this cycle.
    void restart(int64_t cycle);

    // Devices that the core reaches as it does memories: their bytes are recorded beside those of
    // memories, as those of a memory of that name. What they cost is not known here.
    void add_devices(const std::vector<std::string> &names);
    void record_device(size_t device, const Request &request);

    // Whether costs depend on the addresses of accesses. If not, cycles can be counted without
    // recording them, and are the same. `code`: the memories that programs run from, besides those
    // that cannot be written.
    bool needs_addresses(const Demand &demand, const std::vector<int> &code) const;

    // Switches a cache of the board, and empties it. From reset on, all are on.
    void switch_cache(const std::string &name, bool is_on);

    void watch(Watch range) { watches_.push_back(range); }
    const std::vector<Watch> &watches() const { return watches_; }

    // The core's traffic so far, per memory of the board.
    const std::vector<Traffic> &core_traffic() const { return core_; }

    // Everything recorded, for a run that took `cycles`.
    std::vector<Stream> streams(int64_t cycles) const;
    int64_t window_cycles() const { return windows_.length(); }

    void wake(Time now) override;  // The background loads.

private:
    MemorySystem(const Board &board, std::vector<Background> background);
    Stall serve(int64_t cycle, size_t memory, Lane lane, const Request &request);
    Stall fetch_line(int64_t cycle, size_t memory, const Request &line);
    Excess excess(int64_t cycles) const;
    void finish_devices(int64_t cycle, int64_t cycles);
    void record(size_t master, size_t memory, const Request &request);
    void smooth(std::vector<Stream> &streams, const MemoryTiming &memory) const;
    void watch_access(const Request &request);
    void record_background(size_t memory, const Service &service, int64_t bytes);

    struct Port {
        MemoryTiming timing;
        CacheModel *instructions = nullptr;
        CacheModel *data = nullptr;
        uint32_t fetched_line = ~0u;  // What the core's fetch buffer holds.
        bool is_plain = false;        // No wait states, and nobody else asks.
        bool is_narrow = false;       // An access of the cycle tables may take several beats.
        int64_t busy[2] = {};         // Cycles of the stretch in progress, fetches and data...
        int64_t bytes[2] = {};        // ...and bytes.

        CacheModel *cache(Lane lane) const {
            CacheModel *cache = lane == Lane::kFetch ? instructions : data;
            return cache && cache->is_on() ? cache : nullptr;
        }
        int64_t needed_cycles() const;
        bool may_collide(const Demand &demand, bool has_code) const;
    };
    struct Load {
        Background background;
        size_t memory = 0;
        Time next = 0;
    };

    struct DeviceTraffic {
        std::string name;
        Traffic traffic;
        int64_t bytes = 0;  // Of the stretch in progress.
    };

    const Board &board_;
    ClockDomain clock_;
    Engine engine_;
    std::vector<CacheModel> caches_;
    std::vector<Port> ports_;
    std::vector<Load> loads_;
    std::vector<Watch> watches_;
    int64_t origin_ = 0;  // Cycle at which the run began.
    std::vector<Traffic> core_;
    std::vector<Traffic> traffic_;  // Per master and memory.
    std::vector<DeviceTraffic> devices_;
    bool has_device_bytes_ = false;  // In the stretch in progress.
    WindowSeries windows_;           // Per master and memory, then per device.
};

}  // namespace ingot::sim

#endif
