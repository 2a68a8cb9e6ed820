// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Counts of words as the vendor's generator has them; nothing documents why they are what they are.
// Source: ai8x-synthesis, izer/backend/max7800x.py, where STREAM1, STREAM2 and FMAX are written.

#include "tests/support/cnn_program/streaming.h"

#include <algorithm>

#include "tests/support/cnn_program/kernels.h"

namespace ingot::test {
namespace {

constexpr int32_t kPixelsPerWord = 4;  // Of a planar layer.

int32_t divided_up(int32_t value, int32_t by) { return (value + by - 1) / by; }

// What both parts need to know of a layer.
struct Sizes {
    explicit Sizes(const CnnProgramSpec &program, size_t index)
        : layer(program.layers[index]),
          pool(layer.pooling),
          columns(layer.input.columns),
          operands(layer.operands()),
          passes(input_passes(layer)) {
        for (size_t i = 0; i < index; ++i) volume += input_passes(program.layers[i]);
    }

    const CnnLayerSpec &layer;
    const CnnPooling &pool;
    int32_t columns;
    int32_t operands;
    int32_t passes;
    int32_t volume = 0;  // Passes of the layers before.
};

int32_t whole_passes(int32_t words, const Sizes &sizes) {
    return divided_up(words, sizes.passes) * sizes.passes;
}

CnnStreaming whole_frame(const CnnLayerSpec &layer) {
    return {.start = divided_up(layer.input.pixels(), layer.is_planar ? kPixelsPerWord : 1)};
}

// ---- MAX78000 ------------------------------------------------------------------------------

int32_t ring_max78000(const Sizes &sizes, int32_t start) {
    constexpr int32_t kPlanarWords = 12;
    if (sizes.layer.is_planar) return kPlanarWords;
    const int32_t words = start + (sizes.pool.rows - 1) * sizes.columns +
                          std::max(sizes.pool.stride, sizes.pool.columns);
    return whole_passes(words, sizes);
}

CnnStreaming first_max78000(const Sizes &sizes) {
    const CnnPooling &pool = sizes.pool;
    const int32_t start = ((pool.rows - 1) * sizes.columns + pool.columns) * pool.rows;
    return {.start = start,
            .delta1 = (pool.stride - 1) * sizes.operands,
            .delta2 = (pool.rows - 1) * sizes.columns * sizes.operands,
            .ring = ring_max78000(sizes, start)};
}

CnnStreaming later_max78000(const Sizes &sizes, const CnnLayerSpec &before) {
    constexpr int32_t kMargin = 2;  // The generator's default.
    const CnnPooling &pool = sizes.pool;
    const int32_t width = pooled_shape(before).columns + 2 * before.column_pad;
    const int32_t start = width * (kernel_rows(before) - 1 + pool.rows - 1) +
                          kernel_columns(before) - 1 + pool.columns + kMargin;
    return {.start = start,
            .delta1 = pool.stride * sizes.operands,
            .delta2 = (pool.stride - 1) * width + pool.columns * sizes.operands,
            .volume = sizes.volume,
            .ring = ring_max78000(sizes, start)};
}

// ---- MAX78002 ------------------------------------------------------------------------------

class Max78002 {
public:
    Max78002(const Sizes &sizes, bool is_first, bool is_last)
        : sizes_(sizes),
          is_first_(is_first),
          is_last_(is_last),
          stride_(sizes.pool.stride),
          pad_(sizes.layer.column_pad),
          width_(sizes.columns + 2 * pad_),
          row_step_(std::max(sizes.pool.rows * sizes.pool.row_dilation, stride_)),
          column_step_(std::max(sizes.pool.columns * sizes.pool.column_dilation, stride_)) {}

    CnnStreaming all() const {
        const int32_t per_word = sizes_.layer.is_planar ? kPixelsPerWord : 1;
        const int32_t own_delta1 = divided_up(delta1(), per_word);
        const int32_t own_delta2 = divided_up(delta2(own_delta1), per_word);
        const bool is_pipelined = is_first_ && own_delta2 > 0;
        return {.start = divided_up(start(), per_word),
                .delta1 = own_delta1,
                .delta2 = own_delta2 + (is_pipelined ? 1 : 0),
                .volume = is_first_ ? 0 : sizes_.volume,
                .ring = ring()};
    }

private:
    // Nothing has to be kept for windows further down.
    bool is_simple() const { return is_first_ && stride_ == 1 && sizes_.pool.rows == 1; }

    int32_t start() const {
        if (is_simple()) return column_step_;
        const int32_t words = (row_step_ * width_ + pad_ + 2 * column_step_) * sizes_.operands;
        if (is_first_) return words;
        const int32_t rows = pad_ > 0 ? pad_ : stride_;
        return words + rows * width_ + (is_last_ ? skipped() * stride_ : 0);
    }

    int32_t delta1() const { return stride_ * sizes_.operands - (is_simple() ? 1 : 0); }

    int32_t delta2(int32_t delta1) const {
        if (stride_ == 1) return delta1 + skipped();
        const int32_t rest = is_first_ ? sizes_.pool.columns - 1 : 0;
        return (stride_ - 1) * sizes_.columns + skipped() + rest;
    }

    // Columns behind the last window, which the first layer counts in another way.
    int32_t skipped() const {
        const int32_t step = is_first_ ? stride_ : column_step_;
        const int32_t end = sizes_.pool.columns - (is_first_ ? 1 : 0);
        int32_t windows = sizes_.columns / step;
        if (windows * stride_ + end > sizes_.columns) --windows;
        if (!is_first_ && step == 1) return 0;
        return std::max(0, sizes_.columns - windows * step);
    }

    int32_t ring() const {
        const bool is_planar = sizes_.layer.is_planar;
        if (is_first_) {
            const int32_t words = start() + column_step_ + (stride_ - 1) * width_;
            return is_planar ? words * stride_ * kPixelsPerWord : words;
        }
        const int32_t words =
            start() + column_step_ +
            (sizes_.passes - 1) * (row_step_ * sizes_.columns + pad_ + column_step_);
        return divided_up(whole_passes(words, sizes_), is_planar ? kPixelsPerWord : 1);
    }

    const Sizes &sizes_;
    bool is_first_;
    bool is_last_;  // Of those that stream.
    int32_t stride_;
    int32_t pad_;
    int32_t width_;        // Of a row with its pads.
    int32_t row_step_;     // Rows that a window takes,
    int32_t column_step_;  // and columns; the stride, if that is more.
};

}  // namespace

CnnStreaming streaming_of(const CnnProgramSpec &program, size_t index) {
    const CnnLayerSpec &layer = program.layers[index];
    const bool is_first = index == 0 && program.reads_fifo;
    if (!layer.is_streaming) return is_first ? whole_frame(layer) : CnnStreaming{};
    const Sizes sizes(program, index);
    const bool is_last =
        index + 1 == program.layers.size() || !program.layers[index + 1].is_streaming;
    if (!program.is_small()) return Max78002(sizes, is_first, is_last).all();
    return is_first ? first_max78000(sizes) : later_max78000(sizes, program.layers[index - 1]);
}

}  // namespace ingot::test
