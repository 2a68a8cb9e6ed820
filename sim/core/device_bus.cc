// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT

#include "sim/core/device_bus.h"

#include <fmt/format.h>

#include <algorithm>

namespace ingot::sim {
namespace {

constexpr uint64_t kPageBytes = 4096;

uint64_t end_of(const DeviceRange &range) { return uint64_t{range.address} + range.bytes; }

}  // namespace

Result<DeviceBus> DeviceBus::make(const std::string &board, Devices devices) {
    DeviceBus bus;
    bus.devices_ = std::move(devices);
    bus.counts_.resize(bus.devices_.size());
    for (size_t d = 0; d < bus.devices_.size(); ++d) {
        for (const DeviceRange &range : bus.devices_[d]->ranges()) {
            bus.places_.push_back({.range = range, .device = d});
        }
    }
    std::ranges::sort(bus.places_, {}, [](const Place &place) { return place.range.address; });
    for (size_t i = 1; i < bus.places_.size(); ++i) {
        const Place &before = bus.places_[i - 1], &place = bus.places_[i];
        if (end_of(before.range) <= place.range.address) continue;
        return fail(
            Code::kBoardInvalid, board,
            fmt::format("{} and {} both answer {:#010x}", bus.devices_[before.device]->name(),
                        bus.devices_[place.device]->name(), place.range.address));
    }
    return bus;
}

std::vector<std::string> DeviceBus::names() const {
    std::vector<std::string> names;
    for (const auto &device : devices_) names.push_back(device->name());
    return names;
}

std::vector<System::Range> DeviceBus::pages() const {
    std::vector<System::Range> pages;
    for (const Place &place : places_) {
        const uint64_t first = place.range.address / kPageBytes * kPageBytes;
        const uint64_t end = (end_of(place.range) + kPageBytes - 1) / kPageBytes * kPageBytes;
        const bool continues =
            !pages.empty() && first <= uint64_t{pages.back().address} + pages.back().bytes;
        if (!continues) pages.push_back({.address = static_cast<uint32_t>(first), .bytes = 0});
        System::Range &last = pages.back();
        last.bytes = std::max(last.bytes, static_cast<uint32_t>(end - uint64_t{last.address}));
    }
    return pages;
}

const DeviceBus::Place *DeviceBus::find(const DeviceAccess &access) const {
    const auto after = std::ranges::upper_bound(
        places_, access.address, {}, [](const Place &place) { return place.range.address; });
    if (after == places_.begin()) return nullptr;
    const Place &place = *std::prev(after);
    return uint64_t{access.address} + access.bytes <= end_of(place.range) ? &place : nullptr;
}

Result<uint32_t> DeviceBus::read(const Place &place, const DeviceAccess &access, Time now) {
    return devices_[place.device]->read(access.address, access.bytes, now);
}

Result<void> DeviceBus::write(const Place &place, const DeviceAccess &access, Time now) {
    return devices_[place.device]->write(access.address, access.bytes, access.value, now);
}

Time DeviceBus::next_event() const {
    Time next = kNever;
    for (const auto &device : devices_) next = std::min(next, device->next_event());
    return next;
}

Result<void> DeviceBus::advance(Time now) {
    for (const auto &device : devices_) {
        if (device->next_event() <= now) TRY_DO(device->advance(now));
    }
    return {};
}

void DeviceBus::count(const Place &place, const DeviceAccess &access, int64_t wait_cycles) {
    DeviceCounts &counts = counts_[place.device];
    ++(access.is_write ? counts.writes : counts.reads);
    (access.is_write ? counts.bytes_written : counts.bytes_read) += access.bytes;
    counts.wait_cycles += wait_cycles;
}

void DeviceBus::restart() { std::ranges::fill(counts_, DeviceCounts{}); }

}  // namespace ingot::sim
