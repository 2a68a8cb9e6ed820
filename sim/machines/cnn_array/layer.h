// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What one layer of a CNN accelerator does: the registers of all quadrants, decoded and checked.
//
//   data memory -> pooling and element-wise function -> zeros (transposed), pads -> sum of taps
//               -> bias, shift, clamp, activation -> data memory
//
// decode() promises that every place a layer names lies inside its memory; computing and timing run
// blind.
//
// A pointer is a place in data memory as registers hold it: the instance above pointer_bits, the
// word in the instance below. Offsets are added to pointers as they are, and carry into the
// instance.

#ifndef INGOT_SIM_CNN_ARRAY_LAYER_H
#define INGOT_SIM_CNN_ARRAY_LAYER_H

#include <array>
#include <bit>
#include <cstdint>

namespace ingot::sim {

enum class ElementFunction : uint8_t { kSubtract, kAdd, kOr, kXor };  // As registers number them.
enum class Activation : uint8_t { kNone, kRelu, kAbsolute };

struct Pooling {
    enum class Kind : uint8_t { kOff, kMaximum, kAverage };
    Kind kind = Kind::kOff;
    bool rounds = false;  // Average: to nearest, half away from zero; else towards zero.
    int32_t rows = 1;     // Of the window, 1..16; 1 when off.
    int32_t columns = 1;
    int32_t stride = 1;  // 1..16, of rows and columns, also when off.
    int32_t row_dilation = 1;
    int32_t column_dilation = 1;
};

// Bias of one quadrant: byte `start` of its memory belongs to output 0.
struct BiasPlace {
    bool is_used = false;
    int32_t start = 0;
};

// Members follow the way of the data, not their sizes: a program has at most 128 layers.
// NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding)
struct Layer {
    enum class Kind : uint8_t {
        kConvolution,
        kDepthwise,    // One output for each processor and pass.
        kPassThrough,  // No kernels: what comes in goes out, pooled or combined.
    };

    int32_t index = 0;  // Of its registers, 0..127.
    Kind kind = Kind::kPassThrough;
    bool is_idle = false;  // Has no rows: a helper that resets averages. Nothing else is valid.

    // Input: for each pixel, pass and operand a word of each instance holds four channels,
    //   read_pointer + ((pixel * passes + pass) * operands + operand) * (read_gap + 1).
    int32_t rows = 0;  // Read, before pooling, 1..2047. With columns at most 81920 pixels.
    int32_t columns = 0;
    bool is_planar = false;    // "CHW": a word holds four pixels of a channel.
    int32_t read_pointer = 0;  // A word, of every instance.
    int32_t read_gap = 0;      // Words left out after each.
    int32_t passes = 1;        // 1..16; 1..256 when flattened.
    int32_t operands = 1;      // 1..16
    ElementFunction function = ElementFunction::kAdd;
    bool combines = false;    // Applies `function`, even to a single operand.
    bool pools_first = true;  // Pools each operand, then combines; else the other way round.
    Pooling pooling = {};
    uint64_t processors = 0;  // Bit p: processor p takes part.
    uint64_t kernels = 0;     // Bit p: ...with its kernel memory.

    // What the convolution sees.
    int32_t pooled_rows = 0;
    int32_t pooled_columns = 0;
    bool is_transposed = false;  // A zero after each pixel and a row of zeros after each row.
    int32_t row_pad = 0;         // 0..3 zeros on each side, 4 on the MAX78002.
    int32_t column_pad = 0;
    bool leaves_out_row_pad = false;  // "Column pad only": undocumented.

    // Convolution.
    int32_t tap_rows = 1;  // 3x3, 1x1, or 1..9 x 1.
    int32_t tap_columns = 1;
    bool is_1d = false;
    bool is_flattened = false;     // The passes are consecutive pixels.
    bool counts_extended = false;  // Flattened, with the counter of more than 16 passes.
    bool is_bypassed = false;      // Output o is the sum of inputs as kernels of 1 would make it.
    bool is_binary = false;        // Weights of one bit are -1 and +1; else 0 and -1.
    bool is_x4 = false;            // Kernels of output o lie in part o % 4 of kernel memory.
    int32_t weight_bits = 8;       // 1, 2, 4 or 8
    int32_t kernel_start = 0;      // Bit of kernel sequence number 0, in bytes of taps x 8.
    int32_t kernel_shift = 0;      // Taps that kernels lie further than kernel_start says, 0..8.

    // Output: number o goes to pass o / outputs_per_pass, position o % outputs_per_pass.
    // Those that only fill gaps count, up to 2048. Depthwise: kernels of a processor and pass, 1;
    // passed through: time slots.
    int32_t outputs = 0;
    int32_t outputs_per_pass = 1;
    int32_t output_rows = 0;
    int32_t output_columns = 0;
    bool is_wide = false;  // 32 bits, each in a word of its own; no shift, clamp, ReLU.
    int32_t shift = 0;     // -15..15: sums are multiplied by 2^shift / 128.
    Activation activation = Activation::kNone;
    std::array<BiasPlace, 4> bias = {};  // By quadrant.
    uint32_t sum_sources = 0;            // Bit q: the master adds what quadrant q has.
    bool skips_bias = false;             // Bias of output 0 is one byte further.

    int32_t pointer_bits = 13;
    std::array<int32_t, 4> write_pointer{};  // By quadrant; convolutions use the master's.
    int32_t master_quadrant = 0;             // Lowest that is enabled: its registers speak for all.
    int32_t first_quadrant = 0;              // Lowest that takes part.
    int32_t write_gap = 0;        // Words left out after each pixel (each pixel and pass when
                                  // passed through).
    int32_t slot_offset = 0;      // To the next four channels: depthwise and passed through.
    int32_t group_offset = 0;     // To the next four channels of a convolution.
    int32_t pass_offset = 0;      // To the next outputs_per_pass.
    bool writes_locally = false;  // Only to its quadrant's instances: undocumented.
    bool is_broadcast = false;    // Depthwise: all instances at once, bias in an order of its own.

    // Order and time.
    int32_t next = 0;        // Layer that follows.
    bool is_last = false;    // ...unless this one stops.
    int32_t time_slots = 1;  // 1..16
    // Runs while its input still comes: from the layer before, or from FIFOs.
    bool is_streaming = false;
    bool streams_on = false;   // The next layer streams.
    bool reads_fifo = false;   // Its input comes from FIFOs.
    bool reads_ring = false;   // Its input is a ring that never holds all of it at one time...
    bool writes_ring = false;  // ...and so is its output.
    bool reads_ahead = false;
    bool shares_time = false;   // "tcalc"
    int32_t stream_start = 0;   // Words before it begins...
    int32_t stream_delta1 = 0;  // ...between pixels...
    int32_t stream_delta2 = 0;  // ...and between rows.
    int32_t ring_words = 0;     // Of its input buffer; 0: not a ring.

    bool convolves() const { return kind != Kind::kPassThrough; }
    int32_t processor_count() const { return std::popcount(processors); }
    int32_t taps() const { return tap_rows * tap_columns; }
    // Rows and columns with the zeros of a transposed convolution, without pads.
    int32_t spread_rows() const { return is_transposed ? 2 * pooled_rows : pooled_rows; }
    int32_t spread_columns() const { return is_transposed ? 2 * pooled_columns : pooled_columns; }
    int64_t output_pixels() const { return int64_t{output_rows} * output_columns; }
};

}  // namespace ingot::sim

#endif
