// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The closed-form latency of layers on a CNN accelerator of the MAX7800x class.
//
// Source: ai8x-synthesis, izer/latency.py, written anew. With start_cycles added, it gives the
// published times of five non-streaming networks on a MAX78000; docs/CNN_ARRAY.md says how closely.

#ifndef INGOT_BOARDS_MACHINES_CNN_ARRAY_COST_H
#define INGOT_BOARDS_MACHINES_CNN_ARRAY_COST_H

#include <cstdint>
#include <string>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "boards/machines/cnn_array_placement.h"
#include "boards/machines/cnn_layer.h"

namespace ingot {

// All that a layer's latency depends on, as the hardware runs the layer.
struct CnnWork {
    bool convolves = true;
    CnnExtent kernel = {};
    CnnExtent pad = {0, 0};
    CnnExtent pool = {};
    CnnExtent pooled = {};  // Transposed convolutions: with their zeros.
    CnnExtent output = {};  // Flattening layers: of their input.
    int64_t passes = 1;
    int64_t operands = 1;
    bool pools_first = true;
    int64_t kernels = 0;     // Of each pass and processor.
    int64_t time_slots = 1;  // Of pass-through layers: words that a quadrant writes for each pass.
    bool counts_flattened = false;  // By more than the four bits of a layer that does not flatten.
    int64_t lead_in = 0;            // Word of kernel memory, where that delays the layer; else 0.
    bool streams = false;
};

// Cycles of a layer as if it did not stream.
int64_t cycles(const CnnWork &work);

// With the vendor's factor for streaming layers, one and a half: an estimate, and a high one.
int64_t vendor_cycles(const CnnWork &work);

CnnWork work_of(const CnnArray &array, const CnnNetwork &network, int64_t index,
                const CnnKernelPlace &kernels);

// Cycles of a layer or network: between them the truth should lie.
struct CnnCycles {
    int64_t low = 0;
    int64_t high = 0;
    std::string reason = {};  // Why the two differ; empty: they do not.
};

struct CnnCost {
    std::vector<CnnCycles> layers = {};  // In the order of the description; of one run each.
    CnnCycles total = {};                // With the start of the accelerator, and its end.
    int64_t vendor_cycles = 0;  // What the vendor's tool prints: without these, but for one.
};

CnnCost cost(const CnnArray &array, const CnnNetwork &network);

}  // namespace ingot

#endif
