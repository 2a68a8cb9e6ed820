// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of kinds, and the order in which devices are made.

#include "sim/devices/board_devices.h"

#include <algorithm>

#include "sim/devices/array_power.h"
#include "sim/devices/cache_control.h"
#include "sim/devices/clock_control.h"
#include "sim/devices/gated_device.h"
#include "sim/devices/gpio.h"
#include "sim/devices/low_power_clocks.h"
#include "sim/devices/timer.h"
#include "sim/devices/uart.h"

namespace ingot::sim {
namespace {

// What a device is made of. Devices that need clocks are on no board without them, which its
// description is checked for.
struct Workshop {
    const Board &board;
    const DeviceParts &parts;
    ClockTree *clocks = nullptr;
};

using Made = std::unique_ptr<Device>;

Made make_array_power(const BoardDevice &device, Workshop &) {
    return std::make_unique<ArrayPower>(device);
}

Made make_cache_control(const BoardDevice &device, Workshop &workshop) {
    return std::make_unique<CacheSwitch>(device, workshop.parts.caches);
}

Made make_clock_control(const BoardDevice &device, Workshop &workshop) {
    auto control =
        std::make_unique<ClockControl>(device, *workshop.board.oscillators, workshop.parts.clock);
    workshop.clocks = &control->clocks();
    return control;
}

Made make_gpio(const BoardDevice &device, Workshop &) { return std::make_unique<Gpio>(device); }

Made make_low_power_clocks(const BoardDevice &device, Workshop &workshop) {
    return std::make_unique<LowPowerClocks>(device, *workshop.clocks);
}

Made make_storage(const BoardDevice &device, Workshop &) {
    return std::make_unique<Storage>(device);
}

Made make_timer(const BoardDevice &device, Workshop &workshop) {
    auto timer = std::make_unique<Timer>(device, *workshop.clocks, workshop.parts.lines);
    workshop.clocks->add(*timer);
    return timer;
}

Made make_uart(const BoardDevice &device, Workshop &workshop) {
    return std::make_unique<Uart>(device, *workshop.clocks, workshop.parts);
}

// The accelerator, at a clock of the tree.
class ClockedArray : public CnnArrayDevice, public ClockedDevice {
public:
    using CnnArrayDevice::CnnArrayDevice;
    void set_clock_hz(int64_t hertz) override { CnnArrayDevice::set_clock_hz(hertz); }
};

// Source: CMSIS device headers gcr_regs.h of both parts: PCLKDIS0_CNN.
constexpr int64_t kArrayGate = 25;

// What the core takes is simulated, so that it is not counted once more. Without clocks the
// accelerator runs at the one that its description names.
Made make_array(CnnArray array, Workshop &workshop) {
    CnnArrayTiming &timing = array.timing;
    timing.start_cycles = std::max<int64_t>(0, timing.start_cycles - timing.core_cycles);
    auto device = std::make_unique<ClockedArray>(array, workshop.parts.lines);
    if (!workshop.clocks) return device;
    workshop.clocks->add_array(*device);
    return std::make_unique<GatedDevice>(std::move(device), *workshop.clocks, kArrayGate);
}

struct Kind {
    std::string_view name;
    Made (*make)(const BoardDevice &, Workshop &);
};
constexpr Kind kKinds[] = {
#define INGOT_DEVICE_KIND(kind) {#kind, &make_##kind},
#include "boards/device_kinds.def"
};

Made make_device(const BoardDevice &device, Workshop &workshop) {
    const Kind *kind = std::ranges::find(kKinds, device.kind, &Kind::name);
    INGOT_CHECK(kind != std::end(kKinds));
    Made made = kind->make(device, workshop);
    if (device.gate < 0) return made;
    return std::make_unique<GatedDevice>(std::move(made), *workshop.clocks, device.gate);
}

}  // namespace

// The clocks first: the others count by them.
Result<Devices> make_devices(const Board &board, const DeviceParts &parts) {
    Workshop workshop{.board = board, .parts = parts};
    std::vector<const BoardDevice *> rows;
    for (const BoardDevice &device : board.devices) rows.push_back(&device);
    std::stable_partition(rows.begin(), rows.end(), [](const BoardDevice *device) {
        return device->kind == "clock_control";
    });
    Devices devices;
    for (const BoardDevice *device : rows) devices.push_back(make_device(*device, workshop));
    if (board.cnn_array) devices.push_back(make_array(*board.cnn_array, workshop));
    return devices;
}

CnnArrayDevice *find_cnn_array(const DeviceBus &bus) {
    for (size_t d = 0; d < bus.size(); ++d) {
        Device *device = &bus.device(d);
        if (auto *gated = dynamic_cast<GatedDevice *>(device)) device = &gated->inside();
        if (auto *array = dynamic_cast<CnnArrayDevice *>(device)) return array;
    }
    return nullptr;
}

}  // namespace ingot::sim
