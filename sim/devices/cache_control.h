// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The switch of an instruction cache (the vendor's ICC). Off at reset; switching it empties it.

#ifndef INGOT_SIM_CACHE_CONTROL_H
#define INGOT_SIM_CACHE_CONTROL_H

#include "sim/core/device_bus.h"
#include "sim/devices/storage.h"

namespace ingot::sim {

class CacheSwitch : public Storage {
public:
    // `caches` is kept by the caller.
    CacheSwitch(const BoardDevice &device, CacheControl &caches);

protected:
    Result<uint32_t> load(uint32_t offset, Time now) override;
    Result<void> store(const RegisterWrite &write, Time now) override;

private:
    CacheControl &caches_;
};

}  // namespace ingot::sim

#endif
