// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Where the layers of a network keep their kernels, biases and data in a CNN accelerator, and which
// of these collide.

#ifndef INGOT_BOARDS_MACHINES_CNN_ARRAY_PLACEMENT_H
#define INGOT_BOARDS_MACHINES_CNN_ARRAY_PLACEMENT_H

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "boards/machines/cnn_layer.h"

namespace ingot {

// Words of kernel memory, the same in each of a layer's processors.
struct CnnKernelPlace {
    int64_t start = 0;
    int64_t words = 0;            // 0: the layer has no kernels of its own.
    int64_t full_processor = -1;  // The first one whose memory is too small; -1: there is none.
    bool is_split = false;        // Depthwise kernels that no part of the memory could hold.
};

// Kernels go, layer by layer, to the first words from a multiple of 4 on that are free in all of a
// layer's processors; layers that use all processors go first. A layer that states its start keeps
// it. Source: ai8x-synthesis, README, "Layers and Weight Memory", and izer/kernels.py.
std::vector<CnnKernelPlace> place_kernels(const CnnArray &array, const CnnNetwork &network);

// Bytes of bias memory of each quadrant.
using CnnBiasUse = std::array<int64_t, kCnnQuadrants>;

// Of the layers whose biases are present, or also of those that may have some. The largest goes
// first, each to the quadrant that has most left of those that it may use; depthwise layers have
// theirs in the quadrants of their processors. Source: ai8x-synthesis, izer/kbias.py.
CnnBiasUse place_biases(const CnnNetwork &network, bool includes_unknown);

// Words of data memory: `count` times `run` words, `stride` words from one to the next, in each of
// some instances.
struct CnnRegion {
    uint32_t instances = 0;
    int64_t start = 0;
    int64_t count = 0;
    int64_t stride = 1;
    int64_t run = 1;

    int64_t words() const { return count * run; }  // In each instance.
    int64_t end() const { return count == 0 ? start : start + (count - 1) * stride + run; }
    bool holds(int64_t word) const {
        return word >= start && word < end() && (word - start) % stride < run;
    }
};

CnnRegion read_region(const CnnLayer &layer);
CnnRegion written_region(const CnnNetwork &network, int64_t index);

// Whether a word of one is also a word of the other.
bool meet(const CnnRegion &one, const CnnRegion &other);

// A layer reads pixel after pixel, each once; it writes a value as soon as it has read the last
// pixel of its window. Answers a word that the layer writes before it has read it.
std::optional<int64_t> overwritten_input(const CnnNetwork &network, int64_t index);

// A layer that writes over data that a later one was to read.
struct CnnLoss {
    int64_t writer = 0;
    int64_t owner = 0;   // Whose output is lost; kCnnInput: the network's input.
    int64_t reader = 0;  // What was to read it.
};

std::vector<CnnLoss> lost_data(const CnnNetwork &network);

}  // namespace ingot

#endif
