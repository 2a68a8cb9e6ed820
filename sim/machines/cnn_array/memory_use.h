// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Which words of data and kernel memory layers take, word for word.

#ifndef INGOT_SIM_CNN_ARRAY_MEMORY_USE_H
#define INGOT_SIM_CNN_ARRAY_MEMORY_USE_H

#include <span>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/layer.h"
#include "sim/report/accelerator.h"

namespace ingot::sim {

// For each instance, or for each processor: which of its words.
using WordSets = std::vector<std::vector<bool>>;

// Nothing where a layer reads or writes a ring.
WordSets words_read(const Layer &layer, const CnnArray &array);
WordSets words_written(const Layer &layer, const CnnArray &array);

// Those of outputs that only fill gaps included.
WordSets kernel_words_used(const Layer &layer, const CnnArray &array);

// For reports.
LayerPlaces places_of(const Layer &layer, const CnnArray &array);
AcceleratorMemory memory_of(std::span<const Layer> layers, const CnnArray &array);

}  // namespace ingot::sim

#endif
