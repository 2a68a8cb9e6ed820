// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A generated model as it lies in a simulated memory: what ingot/model.h describes, read from
// outside.

#ifndef INGOT_SIM_MODEL_IN_MEMORY_H
#define INGOT_SIM_MODEL_IN_MEMORY_H

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "sim/core/profile.h"
#include "sim/core/system.h"

namespace ingot::sim {

// A tensor of the model's inputs or outputs, or of a step's outputs.
struct TensorPlace {
    uint32_t address = 0;
    uint32_t bytes = 0;
};

struct ModelInMemory {
    std::vector<StepPlace> steps = {};
    std::vector<std::vector<uint32_t>> step_outputs = {};  // Addresses; as many as a step may have.
    std::vector<TensorPlace> inputs = {}, outputs = {};
    uint32_t arena = 0, arena_bytes = 0;
};

// `model`: address of the ingot_model; `arena`: of the arena it runs in. Errors: FirmwareFailed
// when what lies there is no model.
Result<ModelInMemory> read_model(const HostAccess &memory, uint32_t model, uint32_t arena);

}  // namespace ingot::sim

#endif
