// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a program for a CNN accelerator of the MAX7800x class computes, and where its tensors lie.
//
// The writer (program.h) turns it into accesses of the bus, the reference (reference.h) into
// numbers; neither knows of the other, nor of the simulator.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_SPEC_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_SPEC_H

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ingot::test {

struct CnnShape {
    int32_t channels = 0;
    int32_t rows = 0;
    int32_t columns = 0;  // 1 where convolutions are 1D.

    int32_t pixels() const { return rows * columns; }
    bool operator==(const CnnShape &) const = default;
};

// Values [channels][rows][columns].
struct CnnTensor {
    CnnShape shape;
    std::vector<int32_t> values;

    explicit CnnTensor(const CnnShape &s)
        : shape(s), values(static_cast<size_t>(s.channels) * static_cast<size_t>(s.pixels())) {}

    int32_t &at(int32_t channel, int32_t pixel) { return values[index(channel, pixel)]; }
    int32_t at(int32_t channel, int32_t pixel) const { return values[index(channel, pixel)]; }

private:
    size_t index(int32_t channel, int32_t pixel) const {
        return static_cast<size_t>(channel) * static_cast<size_t>(shape.pixels()) +
               static_cast<size_t>(pixel);
    }
};

// Where a tensor lies: channel number c in lane and instance of the processor of that number,
// counting those of the mask and beginning anew, a pass further, when they are used up.
struct CnnPlace {
    uint64_t processors = 0;
    int32_t word = 0;  // Of every instance; where the first operand begins.
    int32_t gap = 0;   // Words left out after each.

    int32_t count() const { return std::popcount(processors); }
    int32_t passes(int32_t channels) const { return (channels + count() - 1) / count(); }
};

enum class CnnElementFunction { kSubtract, kAdd, kOr, kXor };
enum class CnnActivation { kNone, kRelu, kAbsolute };

struct CnnPooling {
    enum class Kind { kOff, kMaximum, kAverage };
    Kind kind = Kind::kOff;
    int32_t rows = 1;  // 1 when off.
    int32_t columns = 1;
    int32_t stride = 1;  // Also when off: leaves out pixels.
    int32_t row_dilation = 1;
    int32_t column_dilation = 1;

    int32_t row_extent() const { return (rows - 1) * row_dilation + 1; }
    int32_t column_extent() const { return (columns - 1) * column_dilation + 1; }
};

enum class CnnKernel {
    kNone,     // Passes its input through.
    k1x1,      //
    k3x3,      //
    k1d,       // taps x 1
    kFlatten,  // All pixels: a fully connected layer.
};

// pooling and element-wise function (in either order) -> zeros between pixels if transposed, pads
// -> convolution -> bias, shift, clamp, activation
struct CnnLayerSpec {
    // One tensor for each operand, all of `input`'s shape: what layer n wrote, or, as ~n, input n.
    std::vector<int32_t> sources;
    CnnShape input;
    CnnPlace read;
    bool is_planar = false;  // Four pixels of a channel in a word, instead of four channels.

    CnnElementFunction function = CnnElementFunction::kAdd;
    bool pools_first = true;
    CnnPooling pooling;

    CnnKernel kernel = CnnKernel::kNone;
    int32_t taps = 1;  // Of a 1D kernel, 1..9.
    int32_t row_pad = 0;
    int32_t column_pad = 0;
    bool is_transposed = false;  // 3x3 with stride 2; pads apply to what is spread out.
    bool is_depthwise = false;
    bool is_bypassed = false;  // All weights are 1, and take no memory.
    int32_t outputs = 0;
    int32_t weight_bits = 8;      // 1, 2, 4 or 8
    std::vector<int8_t> weights;  // [outputs][input channels][taps]; depthwise [outputs][taps].
    int32_t kernel_word = 0;      // Where kernels begin in every processor; a multiple of 4.
    std::vector<int8_t> bias;     // [outputs], or none.
    int32_t bias_quadrant = 0;
    int32_t bias_start = 0;
    int32_t shift = 0;  // -15..15
    CnnActivation activation = CnnActivation::kNone;
    bool is_wide = false;  // Sums of 32 bits; no shift, clamp or activation.

    CnnPlace write;
    int32_t slot = 0;  // Of its registers.
    bool is_streaming = false;

    int32_t operands() const { return static_cast<int32_t>(sources.size()); }
    bool convolves() const { return kernel != CnnKernel::kNone; }
};

struct CnnProgramSpec {
    enum class Part { kMax78000, kMax78002 };
    Part part = Part::kMax78000;
    bool rounds_average = false;  // To nearest, half away from zero, instead of towards zero.
    bool is_binary = false;       // Weights of one bit are -1 and +1; else 0 and -1.
    bool loads_packed = true;     // Kernels 9 bytes each, instead of 4 words.
    bool reads_fifo = false;      // Input 0 comes from FIFOs.
    bool clears = false;          // Writes registers that are zero, too.
    std::vector<CnnTensor> inputs;
    std::vector<CnnLayerSpec> layers;  // In the order of execution.

    bool is_small() const { return part == Part::kMax78000; }
};

// Shapes on the way through a layer.
CnnShape pooled_shape(const CnnLayerSpec &layer);
CnnShape spread_shape(const CnnLayerSpec &layer);  // With zeros of a transposed one, without pads.
CnnShape output_shape(const CnnLayerSpec &layer);
int32_t kernel_rows(const CnnLayerSpec &layer);  // Of a flattened one: 1.
int32_t kernel_columns(const CnnLayerSpec &layer);
int32_t weights_per_kernel(const CnnLayerSpec &layer);  // Of a flattened one: all pixels.

// All of it, in a few lines for people.
std::string describe(const CnnProgramSpec &program);

}  // namespace ingot::test

#endif
