// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What there is to tell of a network for a CNN accelerator: its layers, and what of the accelerator
// they take.

#ifndef INGOT_APPS_CNN_FACTS_H
#define INGOT_APPS_CNN_FACTS_H

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "boards/machines/cnn_array_cost.h"
#include "boards/machines/cnn_array_placement.h"
#include "boards/machines/cnn_layer.h"

namespace ingot {

std::string extent_text(const CnnExtent &extent);
std::string channels_text(int64_t channels, const CnnExtent &extent);  // "3x32x32"
std::string cycles_text(const CnnCycles &cycles);                      // "1 234", or "1 234..1 728"
std::string time_text(const CnnCycles &cycles, int64_t clock_hz);

// Kernel and bias memory that a network takes.
struct CnnMemoryUse {
    std::array<int64_t, kCnnProcessors> kernel_words = {};  // Of each processor, all layers.
    int64_t kernel_bytes = 0;                               // Of all processors.
    int64_t weight_bytes = 0;                               // Without gaps and rounding.
    CnnBiasUse bias_bytes = {};      // Of layers that have a bias for certain...
    CnnBiasUse bias_bytes_max = {};  // ...and of those that may have one.
};

CnnMemoryUse memory_use(const CnnArray &array, const CnnNetwork &network);

// All instances of data memory, and the words of one; see memory_picture().
std::string instances_picture(const CnnRegion &read, const CnnRegion &written);
std::string words_picture(const CnnArray &array, const CnnRegion &read, const CnnRegion &written);

// Where a layer reads, and where it writes; nothing where it streams, in a ring that it shares.
struct CnnTraffic {
    std::optional<CnnRegion> read;
    std::optional<CnnRegion> written;
};

CnnTraffic traffic(const CnnNetwork &network, int64_t index);

}  // namespace ingot

#endif
