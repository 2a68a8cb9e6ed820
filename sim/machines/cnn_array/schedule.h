// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// When the layers of a program begin and end, and how sure that is.

#ifndef INGOT_SIM_CNN_ARRAY_SCHEDULE_H
#define INGOT_SIM_CNN_ARRAY_SCHEDULE_H

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/layer.h"
#include "sim/machines/cnn_array/timing.h"

namespace ingot::sim {

// Cycles of a layer, in the order of execution. Streaming layers run at the same time on silicon;
// here each has its share of it, one behind the other.
struct ScheduledLayer {
    int64_t first_cycle = 0;  // Since the start.
    int64_t cycles = 0;
    LayerCycles states;  // Without what a FIFO adds.
};

struct Schedule {
    std::vector<ScheduledLayer> layers;
    int64_t frame_cycles = 0;  // Of the layers that take words from FIFOs while they run; or 0.
    int64_t cycles = 0;        // From the start to the interrupt.
    int64_t cycles_min = 0;    // Silicon lies between these two...
    int64_t cycles_max = 0;
    std::string basis = {};  // ...for this reason; a sentence or two.

    int64_t state_cycles() const;  // Of all states, and of nothing else.
};

// `fifo_words`: of a frame, over all FIFOs; 0 when no layer reads from one.
Schedule schedule_of(std::span<const Layer> layers, const CnnArray &array, int64_t fifo_words);

}  // namespace ingot::sim

#endif
