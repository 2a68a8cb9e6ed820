// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The devices that a board's description names.

#ifndef INGOT_SIM_BOARD_DEVICES_H
#define INGOT_SIM_BOARD_DEVICES_H

#include "sim/core/device_bus.h"
#include "sim/machines/cnn_array/device.h"

namespace ingot::sim {

// Kept by the caller: `board`, and what `parts` refer to.
Result<Devices> make_devices(const Board &board, const DeviceParts &parts);

// The board's CNN accelerator; null: it has none.
CnnArrayDevice *find_cnn_array(const DeviceBus &bus);

}  // namespace ingot::sim

#endif
