// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a simulated run cost. Every form of the report - text, JSON, CSV, trace - is made from this
// one record; docs/REPORT.md and sim/report/report.schema.json describe the JSON.

#ifndef INGOT_SIM_REPORT_H
#define INGOT_SIM_REPORT_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "boards/board.h"
#include "sim/report/accelerator.h"

namespace ingot::sim {

// Cycles of the core, by what it did with them; their sum is every cycle there was.
struct Cycles {
    int64_t compute = 0;      // Issuing instructions, and waiting for their results.
    int64_t fetch = 0;        // Waiting for instructions from memory.
    int64_t data = 0;         // Waiting for data: wait states and cache misses.
    int64_t arbitration = 0;  // Waiting for another master to leave a memory.
    int64_t sleep = 0;        // Waiting for an interrupt.

    int64_t total() const { return compute + fetch + data + arbitration + sleep; }
};

// The parts of Cycles, in the order of every form of the report.
struct CyclePart {
    std::string_view name;
    int64_t Cycles::*count;
    std::string_view verdict;  // On a run of which this is the largest part.
    std::string_view doing;    // What "91 % of cycles" do.
};
inline constexpr std::array<CyclePart, 5> kCycleParts{{
    {"compute", &Cycles::compute, "compute-bound", "issue instructions"},
    {"fetch", &Cycles::fetch, "fetch-bound", "wait for instructions"},
    {"data", &Cycles::data, "data-bound", "wait for data"},
    {"arbitration", &Cycles::arbitration, "arbitration-bound", "wait for another master"},
    {"sleep", &Cycles::sleep, "asleep", "wait for an interrupt"},
}};

// The first of the largest parts.
const CyclePart &largest_part(const Cycles &cycles);

// Bytes that crossed a memory's port. Whole bus beats are not counted, only bytes asked for.
struct Traffic {
    int64_t bytes_read = 0;
    int64_t bytes_written = 0;

    int64_t bytes() const { return bytes_read + bytes_written; }
};

// One master's traffic with one memory.
struct Stream {
    std::string master = {};  // "core.fetch", "core.data", "background"
    std::string memory = {};  // Or a device.
    Traffic traffic = {};
    std::vector<int64_t> window_bytes = {};  // Per window of the run, reads and writes together.
};

struct MemoryReport {
    std::string name = {};
    Traffic traffic = {};               // Of all masters.
    int64_t size_bytes = 0;             // What the board has.
    int64_t peak_bytes = 0;             // Occupied at the fullest moment; stack by high-water mark.
    int64_t peak_bytes_per_second = 0;  // What the port could move.
    double average_bytes_per_second = 0;  // What it moved.
};

// What the core did with a device. Its bytes are a stream's too, as those of a memory of its name.
struct DeviceReport {
    std::string name = {};
    int64_t reads = 0;
    int64_t writes = 0;
    Traffic traffic = {};
    int64_t wait_cycles = 0;  // Of the run's data cycles.
};

// A layer of the model, in the order of execution.
struct LayerReport {
    int64_t index = 0;
    std::string name = {};    // In the source model.
    std::string op = {};      // Row of ops.def.
    std::string engine = {};  // "core"
    Cycles cycles = {};
    int64_t first_cycle = 0;  // Since the run began.
    int64_t instructions = 0;
    int64_t macs = 0;
    std::vector<Traffic> traffic = {};    // Per memory, in the order of Report::memories.
    std::optional<double> energy_j = {};  // Null: the board has no sourced figures.

    int64_t bytes() const;
    std::string bound() const;  // "compute", "fetch", "data" or "arbitration": the largest.
};

struct FunctionReport {
    std::string name = {};
    uint32_t address = 0;
    int64_t calls = 0;
    int64_t instructions = 0;
    int64_t cycles = 0;
};

struct Report {
    std::string tool = {};   // "Ingot 0.1.0"
    std::string model = {};  // Name; empty for an ELF of unknown origin.
    std::string model_hash = {};
    std::string image = {};               // SHA-256 of the ELF.
    Board board = {};                     // As resolved, with the source of every number.
    std::vector<Provenance> timing = {};  // Every number of the core's cycle table.

    Cycles cycles = {};
    std::optional<double> changed_seconds = {};  // Of a run whose clock was not always the board's.
    int64_t instructions = 0;
    int64_t unknown_instructions = 0;  // Of these: not decoded, and counted as one cycle each.
    int64_t macs = 0;                  // Meaningless where no model is known.
    std::optional<double> energy_j = {};
    std::optional<int64_t> arena_bytes = {};  // Of a program without a model: not known.
    int64_t flash_bytes = 0;
    int64_t ram_bytes = 0;
    std::optional<int64_t> stack_bytes = {};  // High-water mark, as firmware tells it.
    bool is_traffic_recorded = true;

    std::vector<MemoryReport> memories = {};
    std::vector<DeviceReport> devices = {};
    int64_t window_cycles = 0;  // Length of each window of the streams.
    std::vector<Stream> streams = {};
    std::vector<LayerReport> layers = {};              // Empty for other ELFs.
    std::vector<FunctionReport> functions = {};        // By cycles, most first.
    std::vector<AcceleratorReport> accelerators = {};  // Those that were started.

    bool knows_clock() const { return board.clock_hz > 0; }
    bool knows_macs() const { return !layers.empty() || !model.empty(); }
    double seconds() const;

    // 0 where the clock is not known. Where it changed, a part of the run is taken to have had the
    // run's mean clock.
    double seconds(int64_t cycles) const;
    double mean_hz() const;

    // What the totals hold beyond the layers: start-up, the walk from layer to layer, interrupts,
    // and what masters other than the core moved. It has no index and no operator.
    LayerReport outside() const;

    // Numbers of the board and of the cycle table, and those of them that are assumed or fitted.
    int64_t number_count() const;
    int64_t assumed_count() const;
    int64_t fitted_count() const;
};

// What the report says that cannot be true, a sentence each: rows that do not add up to their
// total, a negative number, a window with more bytes than the port could move.
std::vector<std::string> faults(const Report &report);

}  // namespace ingot::sim

#endif
