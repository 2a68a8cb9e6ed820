// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Where a layer's input, kernels, biases and output lie: one set of formulas for checking them,
// computing with them and watching them.
// Sources: facts about programs of ai8x-synthesis, izer/backend/max7800x.py and izer/kbias.py;
// tests/sim/machines/cnn_array replays such programs.

#ifndef INGOT_SIM_CNN_ARRAY_PLACES_H
#define INGOT_SIM_CNN_ARRAY_PLACES_H

#include <bit>
#include <cstdint>
#include <vector>

#include "boards/machines/cnn_array.h"
#include "sim/machines/cnn_array/layer.h"

namespace ingot::sim {

// A byte of data memory; of a 32-bit output, its word.
struct DataPlace {
    int64_t instance = 0;
    int64_t word = 0;
    int32_t lane = 0;
};

// Of one output channel at the first pixel.
struct OutputChannel {
    DataPlace place;
    int32_t processor = 0;  // Depthwise, passed through: where it comes from,
    int32_t pass = 0;       // and when.
};

// Convolutions: by output number. Others: pass after pass, processor after processor.
std::vector<OutputChannel> output_channels(const Layer &layer);

// Words from an output pixel to the next.
inline int64_t output_step(const Layer &layer) {
    const int64_t passes = layer.convolves() ? 1 : layer.passes;
    return passes * (1 + layer.write_gap) * (layer.is_wide ? 4 : 1);
}

// Words of each instance from one input pixel (four pixels, if planar) to the next.
inline int64_t input_step(const Layer &layer) {
    return int64_t{layer.passes} * layer.operands * (layer.read_gap + 1);
}

inline int64_t input_word(const Layer &layer, int64_t pixel) {
    return layer.read_pointer + (layer.is_planar ? pixel / 4 : pixel) * input_step(layer);
}

// The last pixel that pooling reads, counted row by row.
inline int64_t last_input_pixel(const Layer &layer) {
    const Pooling &pooling = layer.pooling;
    const int64_t row =
        int64_t{layer.pooled_rows - 1} * pooling.stride + (pooling.rows - 1) * pooling.row_dilation;
    const int64_t column = int64_t{layer.pooled_columns - 1} * pooling.stride +
                           (pooling.columns - 1) * pooling.column_dilation;
    return row * layer.columns + column;
}

// Instances of data memory that a layer reads.
inline std::vector<int32_t> input_instances(const Layer &layer) {
    std::vector<int32_t> instances;
    for (int32_t i = 0; i < 16; ++i) {
        if (layer.processors >> (4 * i) & 0xf) instances.push_back(i);
    }
    return instances;
}

// Byte of bias memory of its quadrant. Convolutions: `output` counts outputs; depthwise: see below.
int64_t bias_byte(const Layer &layer, int32_t quadrant, int32_t output);
int64_t depthwise_bias_byte(const Layer &layer, int32_t processor, int32_t pass);

// Kernel number `sequence` of a processor: the byte of its first stored tap, in the order in which
// kernels are stored, and the weight's first bit in each of its bytes.
struct KernelPlace {
    int64_t byte = 0;
    int32_t bit = 0;
};
inline KernelPlace kernel_place(const Layer &layer, int64_t sequence) {
    const int64_t position = layer.kernel_start + sequence * layer.weight_bits;
    return {(position >> 3) * layer.taps() + layer.kernel_shift,
            static_cast<int32_t>(position & 7)};
}

// Kernels of one processor that a layer reads; in x4 mode, of each part of its memory.
inline int64_t kernels_each(const Layer &layer) {
    const int32_t outputs = layer.is_x4 ? (layer.outputs + 3) / 4 : layer.outputs;
    return int64_t{outputs} * layer.passes;
}

// 72-bit words that a processor has.
inline int64_t kernel_words(const CnnArray &array, int32_t processor) {
    return processor % array.processors == 0 ? array.first_kernel_words : array.kernel_words;
}

// In x4 mode kernel memory is four parts side by side, and so is what the first processor of a
// quadrant has beyond the others'. The word of one part at which `word` lies in all of memory; -1:
// the parts end before.
int64_t x4_word(const CnnArray &array, int32_t processor, int32_t part, int64_t word);

}  // namespace ingot::sim

#endif
