// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What layers of a CNN accelerator's program left in data memory, taken right after each.

#ifndef INGOT_SIM_CNN_ARRAY_LAYER_OUTPUT_H
#define INGOT_SIM_CNN_ARRAY_LAYER_OUTPUT_H

#include <cstdint>
#include <string>
#include <vector>

#include "sim/machines/cnn_array/device.h"
#include "sim/report/accelerator.h"

namespace ingot::sim {

struct LayerOutput {
    int32_t index = 0;  // Of the layer's registers.
    std::string op = {};
    FrameShape shape = {};
    bool is_wide = false;              // Values are of 32 bits, else of 8.
    std::vector<int32_t> values = {};  // [channels][rows][columns]
};

LayerOutput layer_output(const Layer &layer, const DataMemory &data);

// Keeps the outputs of a device's last run.
class LayerRecorder {
public:
    // Listens to the device from now on; outlives its runs.
    explicit LayerRecorder(CnnArrayDevice &device);
    LayerRecorder(const LayerRecorder &) = delete;
    LayerRecorder &operator=(const LayerRecorder &) = delete;

    const std::vector<LayerOutput> &outputs() const { return outputs_; }

private:
    size_t run_ = 0;  // Which of the device's.
    std::vector<LayerOutput> outputs_;
};

}  // namespace ingot::sim

#endif
