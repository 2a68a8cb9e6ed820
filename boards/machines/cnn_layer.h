// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A network for a CNN accelerator of the MAX7800x class as its description states it: what each
// layer computes, on which processors, from where to where. No registers, no weights.

#ifndef INGOT_BOARDS_MACHINES_CNN_LAYER_H
#define INGOT_BOARDS_MACHINES_CNN_LAYER_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingot {

// Of anything with rows and columns. What has one dimension has it as height, and a width of 1.
struct CnnExtent {
    int64_t height = 1;
    int64_t width = 1;

    int64_t area() const { return height * width; }
    bool operator==(const CnnExtent &) const = default;
};

enum class CnnOperation { kConv2d, kConv1d, kTransposedConv2d, kLinear, kPassThrough };
enum class CnnElementWise { kNone, kAdd, kSub, kOr, kXor };
enum class CnnPool { kNone, kMax, kAverage };
enum class CnnActivation { kNone, kRelu, kAbs };

// Biases come with the weights, so that a description by itself seldom tells.
enum class CnnBias { kUnknown, kAbsent, kPresent };

// How a name of layers ends, in `inputs` and `next`, that is no layer's index.
inline constexpr int64_t kCnnInput = -1;   // The network's input.
inline constexpr int64_t kCnnBuffer = -2;  // The network's data buffer.
inline constexpr int64_t kCnnStop = -3;

inline constexpr int64_t kCnnProcessors = 64;  // A bit of each processor map.
inline constexpr int64_t kCnnProcessorsPerInstance = 4;
inline constexpr int64_t kCnnProcessorsPerQuadrant = 16;
inline constexpr int64_t kCnnQuadrants = 4;

struct CnnLayer {
    std::string name = {};  // May be empty.
    int64_t line = 0;       // Of the description's file; 0: from no file.

    // In the order in which the accelerator does it: pooling and element-wise operation (or the
    // other way round), convolution, bias, shift, activation.
    CnnPool pool_kind = CnnPool::kNone;
    CnnExtent pool = {};
    CnnExtent pool_stride = {};
    CnnExtent pool_dilation = {};
    CnnElementWise element_wise = CnnElementWise::kNone;
    int64_t operands = 1;
    CnnOperation operation = CnnOperation::kConv2d;
    CnnExtent kernel = {3, 3};
    CnnExtent stride = {};
    CnnExtent dilation = {};
    CnnExtent pad = {1, 1};
    CnnExtent output_pad = {0, 0};  // Of transposed convolutions.
    int64_t groups = 1;
    CnnBias bias = CnnBias::kUnknown;
    std::vector<int64_t> bias_quadrants = {};  // Those that may hold it; empty: any.
    int64_t weight_bits = 8;                   // 1, 2, 4 or 8.
    int64_t output_shift = 0;                  // Without what narrow weights add.
    CnnActivation activation = CnnActivation::kNone;
    int64_t output_width = 8;  // Bits: 8 or 32.

    // For a flattening layer, before that. With element-wise operations: of each operand.
    int64_t input_channels = 0;
    CnnExtent input = {};
    int64_t output_channels = 0;

    // Where data lie. Offsets are in bytes, the same in all instances of data memory.
    uint64_t processors = 0;
    uint64_t output_processors = 0;
    int64_t input_offset = 0;
    int64_t output_offset = 0;
    int64_t read_gap = 0;       // Words of others between words that are read...
    int64_t write_gap = 0;      // ...and between words that are written.
    int64_t kernel_start = -1;  // Word of the kernel memories; -1: the first that is free.
    int64_t weights_of = -1;    // A layer whose weights this one uses; -1: its own.
    int64_t buffer_shift = 0;   // Pixels by which the layer moves its input...
    int64_t buffer_insert = 0;  // ...and those that the layer appends to a data buffer.

    std::vector<int64_t> inputs = {};  // Layers, kCnnInput, kCnnBuffer; one or several.
    int64_t next = kCnnStop;           // The layer that runs after this one.

    bool pools_first = true;      // Before the element-wise operation.
    bool flattens = false;        // The input becomes 1x1 with all its values as channels.
    bool binary_weights = false;  // Of one bit that means -1 or +1, not -1 or 0.
    bool is_planar = false;       // CHW input: a word holds four pixels of one channel.
    bool is_output = false;
    bool streams = false;
    bool bypasses_kernel = false;
    bool uses_x4 = false;  // Four output channels at a time.
    bool reads_ahead = false;
};

// Data that stay from inference to inference.
struct CnnDataBuffer {
    std::string name = {};
    uint64_t processors = 0;
    int64_t channels = 0;
    CnnExtent extent = {};
    int64_t offset = 0;
};

struct CnnNetwork {
    std::string name = {};
    std::vector<CnnLayer> layers = {};
    int64_t input_channels = 0;
    CnnExtent input = {};
    std::optional<CnnDataBuffer> buffer = {};
    bool uses_fifo = false;
    bool snoops = false;
};

// -- derived, of any layer ------------------------------------------------------------------------

bool convolves(const CnnLayer &layer);  // Not a pass-through layer.

int64_t processor_count(uint64_t map);
int64_t first_processor(uint64_t map);  // 0 for no processor.
int64_t last_processor(uint64_t map);
uint32_t instances_of(uint64_t map);  // A bit for each data memory instance.
uint32_t quadrants_of(uint64_t map);

// Times that the processors go over the input, each time for up to 64 of its channels; and
// processors that this takes: with several passes, rounded up to a multiple of 4.
int64_t passes(int64_t channels);
int64_t processors_per_pass(int64_t channels);

CnnExtent pooled(const CnnLayer &layer);
CnnExtent output(const CnnLayer &layer);

// Products of data and weights, those with padding included.
int64_t macs(const CnnLayer &layer);

// What the layer's weights are, without any alignment.
int64_t weight_bytes(const CnnLayer &layer);

// The layers in the order in which they run, from the first one; each once, even if the order of
// the description goes in circles.
std::vector<int64_t> execution_order(const CnnNetwork &network);

// "conv2d", "add" (an element-wise layer without a convolution), "add + conv2d".
std::string operation_text(const CnnLayer &layer);

// As in diagnostics: "layer 3 (residual)".
std::string layer_text(const CnnNetwork &network, int64_t index);

// -- as the hardware runs it ----------------------------------------------------------------------

// Convolutions that the hardware lacks are run as others: a 1x1 one in a streaming layer, or behind
// one, as 3x3; a dilated one-dimensional one as a longer one, or as 3x3 over rows of `dilation`
// values. Source: ai8x-synthesis, izer/backend/max7800x.py.
struct CnnShape {
    bool is_one_dimensional = false;
    CnnExtent kernel = {};
    CnnExtent pad = {};
    CnnExtent pooled = {};
    CnnExtent output = {};
    int64_t ignored_words = 0;  // Written before the output's first one, and of no use.
};

CnnShape hardware_shape(const CnnNetwork &network, int64_t index);

// 72-bit words of kernel memory that a layer takes from each of its processors, and kernels in
// them, gaps in front of outputs that do not begin at a data memory instance included.
// Source: ai8x-synthesis, izer/kernels.py.
struct CnnKernels {
    int64_t words = 0;
    int64_t per_pass = 0;  // Kernels, for each processor.
};

CnnKernels kernels_of(const CnnNetwork &network, int64_t index);

}  // namespace ingot

#endif
