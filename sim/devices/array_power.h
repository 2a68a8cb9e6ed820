// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Power of the CNN accelerator (the vendor's GCFR), a bit of each register for each quadrant: its
// supply, that of its memories, its isolation from the rest of the part, and its reset.

#ifndef INGOT_SIM_ARRAY_POWER_H
#define INGOT_SIM_ARRAY_POWER_H

#include "sim/devices/storage.h"

namespace ingot::sim {

class ArrayPower : public Storage {
public:
    explicit ArrayPower(const BoardDevice &device) : Storage(device) {}

    // Quadrants that have power and are not held in reset.
    uint32_t quadrants() const;
};

}  // namespace ingot::sim

#endif
