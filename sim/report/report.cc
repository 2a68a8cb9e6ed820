// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What follows from a record.

#include "sim/report/report.h"

#include <algorithm>

namespace ingot::sim {
namespace {

Traffic operator-(const Traffic &a, const Traffic &b) {
    return {a.bytes_read - b.bytes_read, a.bytes_written - b.bytes_written};
}

// The largest of the first so many parts.
const CyclePart &largest_of(const Cycles &cycles, size_t parts) {
    return *std::max_element(
        kCycleParts.begin(), kCycleParts.begin() + parts,
        [&](const CyclePart &a, const CyclePart &b) { return cycles.*a.count < cycles.*b.count; });
}

// What a layer takes is no longer outside.
void take(LayerReport &outside, const LayerReport &layer) {
    for (const CyclePart &part : kCycleParts) {
        outside.cycles.*part.count -= layer.cycles.*part.count;
    }
    outside.instructions -= layer.instructions;
    outside.macs -= layer.macs;
    const size_t memories = std::min(outside.traffic.size(), layer.traffic.size());
    for (size_t i = 0; i < memories; ++i) {
        outside.traffic[i] = outside.traffic[i] - layer.traffic[i];
    }
    if (outside.energy_j && layer.energy_j) *outside.energy_j -= *layer.energy_j;
}

}  // namespace

const CyclePart &largest_part(const Cycles &cycles) {
    return largest_of(cycles, kCycleParts.size());
}

int64_t LayerReport::bytes() const {
    int64_t sum = 0;
    for (const Traffic &memory : traffic) sum += memory.bytes();
    return sum;
}

std::string LayerReport::bound() const {
    constexpr size_t kAwake = kCycleParts.size() - 1;  // Sleep is the last part, and binds nothing.
    return std::string(largest_of(cycles, kAwake).name);
}

double Report::seconds() const { return seconds(cycles.total()); }

double Report::seconds(int64_t cycles) const {
    const double hertz = mean_hz();
    return hertz > 0 ? static_cast<double>(cycles) / hertz : 0;
}

double Report::mean_hz() const {
    if (!knows_clock() || cycles.total() == 0 || !changed_seconds) {
        return static_cast<double>(board.clock_hz);
    }
    return static_cast<double>(cycles.total()) / *changed_seconds;
}

LayerReport Report::outside() const {
    LayerReport outside{.name = "outside",
                        .op = {},
                        .engine = "core",
                        .cycles = cycles,
                        .instructions = instructions,
                        .macs = macs,
                        .traffic = {},
                        .energy_j = energy_j};
    for (const MemoryReport &memory : memories) outside.traffic.push_back(memory.traffic);
    for (const LayerReport &layer : layers) take(outside, layer);
    return outside;
}

int64_t Report::number_count() const {
    return static_cast<int64_t>(board.provenance.size() + timing.size());
}

int64_t Report::assumed_count() const {
    return std::ranges::count(board.provenance, true, &Provenance::is_assumed) +
           std::ranges::count(timing, true, &Provenance::is_assumed);
}

int64_t Report::fitted_count() const {
    return std::ranges::count(board.provenance, true, &Provenance::is_fitted) +
           std::ranges::count(timing, true, &Provenance::is_fitted);
}

}  // namespace ingot::sim
