// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Walks a layer's rows and columns as the state machine does. For each pixel it reads every word of
// the pooling window, in each pass and of each operand, writes the line buffer, and then either
// moves on or sums all outputs. Pads are pixels whose words need not be read.
// Source: the vendor's estimator, ai8x-synthesis izer/latency.py, as rules; the numbers of cycles
// agree with it for every program whose estimate is known (docs/CNN_ARRAY.md), and with boards.

#include "sim/machines/cnn_array/timing.h"

#include <algorithm>

namespace ingot::sim {
namespace {

constexpr int64_t kRead = 1;   // A word of data memory.
constexpr int64_t kWrite = 1;  // A pixel into the line buffers.
constexpr int64_t kStep = 1;   // To the next pixel, if nothing is summed at this one.
constexpr int64_t kSum = 1;    // An output in a pass.

// How often the state machine goes through data memory for a pixel. When it pools and passes
// through, it goes back to the first pass in between.
int64_t passes_of(const Layer &layer) {
    const bool is_doubled = !layer.convolves() && layer.pooling.kind != Pooling::Kind::kOff;
    return is_doubled ? 2 * layer.passes - 1 : layer.passes;
}

// Where operands are combined before they are pooled, kernel memory is read up to the layer's first
// kernel at each position whose sums would need a pad.
int64_t lead_in_of(const Layer &layer) {
    if (layer.pools_first || (layer.passes == 1 && layer.operands == 1)) return 0;
    constexpr int64_t kCountedPerKernel = 8;
    const int64_t rows = layer.spread_rows() + 2 * layer.row_pad - layer.tap_columns + 1;
    const int64_t columns = layer.spread_columns() + 2 * layer.column_pad - layer.tap_rows + 1;
    const int64_t positions = rows * layer.column_pad + columns * layer.row_pad -
                              int64_t{layer.row_pad} * layer.column_pad;
    return layer.kernel_start / kCountedPerKernel * positions;
}

class Walk {
public:
    Walk(const Layer &layer, int64_t passes) : layer_(layer) {
        const int64_t window = int64_t{layer.pooling.rows} * layer.pooling.columns * kRead;
        const int64_t operands = layer.operands;
        if (layer.pools_first) {
            pad_ = passes * operands * (kRead + kWrite);
            pixel_ = passes * operands * (window + kWrite);
        } else {
            repeats_ = passes;
            pad_ = passes * (kRead + kWrite);
            pixel_ = passes * (operands * window + kWrite);
        }
    }

    int64_t pixel() const { return pixel_; }

    // All columns of a row. Sums may only be made once a row has all its neighbours above.
    int64_t row(bool is_pad, bool sums) const {
        const int32_t columns = layer_.spread_columns();
        int64_t cycles = 0;
        for (int32_t c = -layer_.column_pad; c < columns + layer_.column_pad; ++c) {
            const bool is_side = c < 0 || c >= columns;
            const bool has_neighbours = c + layer_.column_pad >= layer_.tap_columns - 1;
            const int64_t read = is_pad || is_side ? pad_ : pixel_;
            const int64_t step = sums && has_neighbours ? 0 : kStep;
            cycles += (is_side ? 1 : repeats_) * (read + step);
        }
        return cycles;
    }

private:
    const Layer &layer_;
    int64_t repeats_ = 1;  // Of each pixel when operands are combined before they are pooled.
    int64_t pad_ = 0;      // Cycles for the words of a pixel of the pad...
    int64_t pixel_ = 0;    // ...and of the frame.
};

// For one row of outputs.
int64_t sums_of(const Layer &layer) {
    const int64_t sums = int64_t{layer.passes} * layer.output_columns * layer.outputs * kSum;
    const bool is_single = layer.passes == 1 && layer.outputs == 1;
    return sums + (is_single ? kSum : 0);
}

LayerCycles convolution(const Layer &layer, const Walk &walk) {
    const int64_t of_row[2][2] = {{walk.row(false, false), walk.row(false, true)},
                                  {walk.row(true, false), walk.row(true, true)}};
    const int32_t rows = layer.spread_rows();
    LayerCycles cycles{.input = lead_in_of(layer)};
    for (int32_t r = -layer.row_pad; r < rows + layer.row_pad; ++r) {
        const bool is_pad = r < 0 || r >= rows;
        const bool sums = r + layer.row_pad >= layer.tap_rows - 1;
        cycles.input += of_row[is_pad][sums];
        if (sums) cycles.output += sums_of(layer);
    }
    if (layer.counts_extended) cycles.input += kStep;
    return cycles;
}

LayerCycles pass_through(const Layer &layer, const Walk &walk, int64_t passes) {
    const int64_t pixels = int64_t{layer.pooled_rows} * layer.pooled_columns;
    return {.input = pixels * walk.pixel(), .output = pixels * passes * layer.time_slots};
}

}  // namespace

LayerCycles cycles_of(const Layer &layer) {
    if (layer.is_idle) return {};
    const int64_t passes = passes_of(layer);
    const Walk walk(layer, passes);
    return layer.convolves() ? convolution(layer, walk) : pass_through(layer, walk, passes);
}

}  // namespace ingot::sim
