// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One run of a CNN accelerator's program, for reports.

#ifndef INGOT_SIM_CNN_ARRAY_RUN_H
#define INGOT_SIM_CNN_ARRAY_RUN_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/engine/engine.h"
#include "sim/machines/cnn_array/layer.h"
#include "sim/machines/cnn_array/memories.h"
#include "sim/machines/cnn_array/schedule.h"

namespace ingot::sim {

struct LayerRun {
    Layer layer;
    ScheduledLayer time;
    int64_t macs = 0;           // Pads and gaps included.
    int64_t bytes_read = 0;     // Of data memory; a word for each of a pooling window's pixels.
    int64_t bytes_written = 0;  // Of data memory.
    int64_t kernel_bytes = 0;   // That the layer's kernels occupy.
};

LayerRun describe(const Layer &layer, const ScheduledLayer &time);

struct CnnRun {
    Time start = 0;
    Time input = kNever;  // When the last word of a frame came from the FIFOs; start without.
    Time end = kNever;    // When the interrupt rose.
    int64_t clock_hz = 0;
    Schedule schedule;
    std::vector<LayerRun> layers;
};

// Sentences, each once; the first few hundred of them.
class Remarks {
public:
    void add(std::string sentence);
    void add(const std::vector<std::string> &sentences);
    const std::vector<std::string> &all() const { return sentences_; }

private:
    static constexpr size_t kMost = 256;
    std::vector<std::string> sentences_;
};

// Called after each layer with the memory that now holds its output.
using LayerListener = std::function<void(const Layer &, const DataMemory &)>;

}  // namespace ingot::sim

#endif
