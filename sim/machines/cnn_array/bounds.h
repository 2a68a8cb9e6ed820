// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Whether every place that layers touch is there, so that computing need not ask.

#ifndef INGOT_SIM_CNN_ARRAY_BOUNDS_H
#define INGOT_SIM_CNN_ARRAY_BOUNDS_H

#include <vector>

#include "base/result.h"
#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/layer.h"

namespace ingot::sim {

// Words of an instance that could hold all that goes through a ring, at the most.
inline constexpr int64_t kRingMax = int64_t{1} << 22;

// Words of an instance as far as a layer reads them, beginning with word 0.
int64_t input_words(const Layer &layer);

// ...and as far as it writes them.
int64_t output_words(const Layer &layer);

// Words of an instance that could hold all of what lies in a ring between two layers.
int64_t ring_words(const Layer &before, const Layer &after);

// Refuses programs of `work_max` multiplications or more, too.
Result<void> check_bounds(const std::vector<Layer> &layers, const CnnArray &array,
                          int64_t work_max);

// Multiplications of weights and inputs, those with padding and with gaps included.
int64_t multiplications(const Layer &layer);

}  // namespace ingot::sim

#endif
