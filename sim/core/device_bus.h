// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The devices of a board: which of them answers an address, and how often each was asked.

#ifndef INGOT_SIM_DEVICE_BUS_H
#define INGOT_SIM_DEVICE_BUS_H

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "boards/board.h"
#include "sim/core/device.h"
#include "sim/core/system.h"

namespace ingot::sim {

// The clock of the core, for the device that chooses it.
class CoreClockControl {
public:
    virtual ~CoreClockControl() = default;
    virtual void set_core_hertz(int64_t hertz) = 0;
};

// The caches of the board, for the devices that switch them. Switching one empties it.
class CacheControl {
public:
    virtual ~CacheControl() = default;
    virtual void switch_cache(const std::string &name, bool is_on) = 0;
};

// What devices act upon; it outlives them.
struct DeviceParts {
    InterruptLines &lines;
    Console &console;
    CoreClockControl &clock;
    CacheControl &caches;
};

using Devices = std::vector<std::unique_ptr<Device>>;
using DeviceMaker = std::function<Result<Devices>(const Board &, const DeviceParts &)>;

struct DeviceAccess {
    uint32_t address = 0;
    uint32_t bytes = 0;
    bool is_write = false;
    uint32_t value = 0;
};

// What the core did with a device.
struct DeviceCounts {
    int64_t reads = 0;
    int64_t writes = 0;
    int64_t bytes_read = 0;
    int64_t bytes_written = 0;
    int64_t wait_cycles = 0;  // Beyond the cycle of each access that the core's table includes.
};

class DeviceBus {
public:
    DeviceBus() = default;

    // Errors: BoardInvalid when two devices answer one address.
    static Result<DeviceBus> make(const std::string &board, Devices devices);

    bool is_empty() const { return devices_.empty(); }
    std::vector<std::string> names() const;

    // Pages that hold devices, in order, neighbours as one.
    std::vector<System::Range> pages() const;

    // Who answers an access; null: nobody.
    struct Place {
        DeviceRange range;
        size_t device = 0;
    };
    const Place *find(const DeviceAccess &access) const;

    // Times do not go back. Errors: those of the devices.
    Result<uint32_t> read(const Place &place, const DeviceAccess &access, Time now);
    Result<void> write(const Place &place, const DeviceAccess &access, Time now);
    Time next_event() const;
    Result<void> advance(Time now);

    void count(const Place &place, const DeviceAccess &access, int64_t wait_cycles);
    const DeviceCounts &counts(size_t device) const { return counts_[device]; }
    Device &device(size_t device) const { return *devices_[device]; }
    size_t size() const { return devices_.size(); }
    void restart();

private:
    Devices devices_;
    std::vector<DeviceCounts> counts_;
    std::vector<Place> places_;  // By address.
};

}  // namespace ingot::sim

#endif
