// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a CNN accelerator of the MAX7800x class is able to do: [cnn_array] of a board.toml.
//
// 64 processors in quadrants of 16, each with its own kernel memory; four neighbours share one
// instance of data memory, 32 bits wide. docs/CNN_ARRAY.md describes it.

#ifndef INGOT_BOARDS_MACHINES_CNN_ARRAY_H
#define INGOT_BOARDS_MACHINES_CNN_ARRAY_H

#include <cstdint>
#include <string>

#include "boards/document.h"

namespace ingot {

// Where the accelerator's parts lie on the bus, in bytes. Those of quadrant q lie q times
// quadrant_stride further.
struct CnnArrayMap {
    uint32_t window_bytes = 0;  // From fifo on, all of it belongs to the accelerator.
    uint32_t fifo = 0;
    uint32_t always_on = 0;
    uint32_t quadrant_stride = 0;
    uint32_t control = 0;
    uint32_t layer_registers = 0;
    uint32_t layer_stride = 0;     // From layer to layer...
    uint32_t register_stride = 0;  // ...and from register to register.
    uint32_t stream_registers = 0;
    uint32_t stream_register_stride = 0;  // Layer after layer, one word each.
    uint32_t input_frame = 0;
    uint32_t mlator = 0;
    uint32_t bias = 0;  // A byte in each word.
    uint32_t line_buffer = 0;
    uint32_t line_buffer_stride = 0;  // From processor to processor.
    uint32_t kernels = 0;
    uint32_t kernel_stride = 0;  // From processor to processor.
    uint32_t data = 0;
    uint32_t data_stride = 0;  // From instance to instance.
};

// What the documentation does not tell of time, and how sure it is.
struct CnnArrayTiming {
    int64_t start_cycles = 0;        // From the start to the interrupt, beyond all layers, by a
                                     // stopwatch of the core...
    int64_t core_cycles = 0;         // ...and those of them that the core's program takes.
    bool is_fitted = false;          // These, and those of the next line, to boards of this part.
    int64_t stream_word_cycles = 0;  // For each word that layers take from a FIFO while they run.
    double stream_factor = 1;        // Of a streaming layer's cycles, at the most.
    double pipeline_factor = 1;      // Of a pipelined layer's cycles, at the most.
    int64_t read_picoseconds = 0;    // Of an access of the core.
    int64_t write_picoseconds = 0;
};

// What a network may ask for, where parts differ; boards/machines/cnn_array_rules.h asks.
struct CnnArrayLimits {
    int64_t channels = 0;         // Of a layer's input, and of its output.
    int64_t rows_columns = 0;     // Of a layer's input and output, in each direction.
    int64_t conv2d_dilation = 1;  // The most, as all that follow.
    int64_t conv1d_dilation = 1;
    int64_t pool_dilation = 1;
    int64_t pool_passes = 1;     // Of pooling without a convolution, to more than one value.
    int64_t write_gap_bits = 0;  // Of the field that holds a layer's step between outputs.
    bool links_layers = false;   // Layers run in another order than their own.
    bool groups = false;         // Depthwise convolutions.
    bool reads_gaps = false;
    bool pads_passes = false;            // One-dimensional convolutions, over several passes.
    bool adds_then_biases = false;       // Element-wise operations with a convolution and a bias.
    bool element_wise_passes = false;    // ...with a convolution or pooling, over several passes.
    bool streams_bias = false;           // Reliably.
    bool streams_unpadded_last = false;  // The last streaming layer may do without padding.
    bool streams_pass_through = false;
    bool resets_average_pool = false;  // By a layer of its own, behind element-wise operations.
    bool binary_weights = false;
    bool bypasses_kernels = false;
    bool x4 = false;
    bool reads_ahead = false;
    bool snoops = false;

    // Depthwise kernels lie in one of the parts that a kernel memory consists of; 0: it has none.
    int64_t kernel_part_words = 0;
};

struct CnnArray {
    // The arrangement of its registers, a column of boards/machines/cnn_array_fields.def.
    enum class Layout { kMax78000, kMax78002 };
    Layout layout = Layout::kMax78000;

    int64_t clock_hz = 0;  // Unless firmware chooses another one.
    int64_t quadrants = 0;
    int64_t processors = 0;  // Of each quadrant.
    int64_t layers = 0;
    int64_t streams = 0;  // Layers that can stream.
    int64_t fifos = 0;
    int64_t fifo_words = 0;          // Of each.
    int64_t data_words = 0;          // Of 32 bits, of each instance.
    int64_t kernel_words = 0;        // Of 72 bits, of each processor...
    int64_t first_kernel_words = 0;  // ...and of the first of each quadrant.
    int64_t bias_bytes = 0;          // Of each quadrant.
    int64_t line_buffer_words = 0;   // Of 16 bits, of each processor.
    int64_t interrupt = 0;           // On the core's interrupt controller.
    CnnArrayMap map;
    CnnArrayTiming timing;
    CnnArrayLimits limits;

    static constexpr int64_t kProcessorsPerInstance = 4;
    int64_t processor_count() const { return quadrants * processors; }
    int64_t instance_count() const { return processor_count() / kProcessorsPerInstance; }
    int64_t data_bytes() const { return instance_count() * data_words * 4; }
    int64_t kernel_bytes() const {
        return 9 * quadrants * ((processors - 1) * kernel_words + first_kernel_words);
    }
};

// What is wrong is filed with the document.
CnnArray read_cnn_array(Section section);

}  // namespace ingot

#endif
