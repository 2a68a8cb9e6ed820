// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// From a layer's description to the fields of its registers.
// Source: ai8x-synthesis, izer/backend/max7800x.py; fields: boards/machines/cnn_array_fields.def.

#include "tests/support/cnn_program/layer_registers.h"

#include <algorithm>

#include "base/result.h"
#include "tests/support/cnn_program/kernels.h"
#include "tests/support/cnn_program/streaming.h"

namespace ingot::test {
namespace {

using Kind = CnnPooling::Kind;

class Fields {
public:
    Fields(const CnnArray &array, const CnnProgramSpec &program, size_t index)
        : layout_(array.layout),
          is_small_(program.is_small()),
          program_(program),
          layer_(program.layers[index]),
          index_(index),
          operands_(layer_.operands()),
          passes_(layer_.read.passes(layer_.input.channels)),
          out_passes_(layer_.write.passes(output_shape(layer_).channels)) {}

    std::array<CnnLayerRegisters, kQuadrants> all() {
        input();
        window();
        element_wise();
        kernels();
        output();
        stream();
        std::array<CnnLayerRegisters, kQuadrants> result;
        for (int32_t q = 0; q < kQuadrants; ++q) {
            CnnLayerRegisters &mine = result[static_cast<size_t>(q)];
            if ((quadrants_used(program_) >> q & 1) == 0) continue;
            mine = registers_;
            quadrant(mine, q);
        }
        return result;
    }

private:
    void set(CnnField field, int64_t value) { set(registers_, field, value); }

    // A value that its field cannot hold is a mistake of the test's.
    void set(CnnLayerRegisters &registers, CnnField field, int64_t value) const {
        const CnnFieldPlace &place = kCnnFields[static_cast<size_t>(field)].place(layout_);
        INGOT_CHECK(value >= 0 && value <= (place.bits > 0 ? place.maximum() : 0));
        registers.set(field, layout_, static_cast<uint32_t>(value));
    }

    bool is_flat() const { return layer_.kernel == CnnKernel::kFlatten; }
    bool broadcasts() const {
        return layer_.is_depthwise && layer_.read.processors == layer_.write.processors;
    }
    int32_t weight_bits() const { return layer_.is_bypassed ? 8 : layer_.weight_bits; }

    // The MAX78000 takes passes of more than two operands as further rows.
    bool passes_are_rows() const {
        return is_small_ && operands_ > 1 && passes_ > 1 &&
               operands_ * passes_ != operands_ + passes_;
    }

    int32_t rows() const {
        if (is_flat()) return 1;
        if (passes_are_rows()) return layer_.input.rows * passes_;
        return layer_.is_transposed ? 2 * layer_.input.rows : layer_.input.rows;
    }
    int32_t columns() const {
        if (is_flat()) return 1;
        return layer_.is_transposed ? 2 * layer_.input.columns : layer_.input.columns;
    }

    void input() {
        if (is_small_) {
            set(CnnField::padded_rows, rows() - 1 + 2 * layer_.row_pad);
            set(CnnField::padded_columns, columns() - 1 + 2 * layer_.column_pad);
            set(CnnField::row_pad, layer_.row_pad);
            set(CnnField::column_pad, layer_.column_pad);
        } else {
            input_by_windows();
        }
        set(CnnField::read_pointer, layer_.read.word);
        set(CnnField::planar, layer_.is_planar);
        const int32_t passes = passes_are_rows() ? 1 : input_passes(layer_);
        set(CnnField::passes, (passes - 1) & 15);
        if (passes > 16) {
            set(CnnField::flattens, 1);
            set(CnnField::more_passes, (passes - 1) >> 4);
        }
    }

    // The MAX78002 is told where windows begin, and how far it is from one to the next.
    void input_by_windows() {
        const CnnPooling &pool = layer_.pooling;
        const auto last = [&](int32_t size, int32_t extent) {
            return (size - extent) / pool.stride * pool.stride;
        };
        const int32_t words = (layer_.read.gap + 1) * operands_ * passes_;
        const int32_t last_column = last(columns(), pool.column_extent());
        const int32_t rest = columns() - last_column;
        set(CnnField::last_row, last(rows(), pool.row_extent()));
        set(CnnField::last_column, last_column);
        set(CnnField::row_step, int64_t{rest + (pool.stride - 1) * columns()} * words);
        set(CnnField::column_rest, rest);
        set(CnnField::window_step, pool.stride * words);
        set(CnnField::row_pad, std::max(layer_.row_pad - 1, 0));
        set(CnnField::row_pad_enable, layer_.row_pad > 0);
        set(CnnField::column_pad, std::max(layer_.column_pad - 1, 0));
        set(CnnField::column_pad_enable, layer_.column_pad > 0);
        set(CnnField::pool_row_dilation, pool.row_dilation - 1);
        set(CnnField::pool_column_dilation, pool.column_dilation - 1);
    }

    void window() {
        const CnnPooling &pool = layer_.pooling;
        set(CnnField::pools, pool.kind != Kind::kOff);
        set(CnnField::pools_maximum, pool.kind != Kind::kAverage);
        set(CnnField::pool_rows, pool.row_extent() - 1);
        set(CnnField::pool_columns, pool.column_extent() - 1);
        set(CnnField::stride, pool.stride - 1);
        set(CnnField::transposed, layer_.is_transposed);
    }

    void element_wise() {
        if (operands_ == 1) return;
        set(CnnField::combines, 1);
        set(CnnField::function, static_cast<int>(layer_.function));
        set(CnnField::operands, operands_ - 1);
        set(CnnField::pools_first, layer_.pooling.kind != Kind::kOff && layer_.pools_first);
        set(CnnField::convolves_result, layer_.convolves());
    }

    void kernels() {
        set(CnnField::time_slots, time_slots() - 1);
        if (!layer_.convolves()) {
            const int32_t last = passes_are_rows() ? 0 : (out_passes_ - 1) * 8;
            set(is_small_ ? CnnField::kernel_last : CnnField::kernel_first, last);
            if (operands_ == 1) set(CnnField::width_1d, 1);
            set(CnnField::outputs, is_small_ ? 0 : time_slots() - 1);
            return;
        }
        const CnnKernelStart start = layer_.is_bypassed ? CnnKernelStart{} : kernel_start(layer_);
        const bool is_1d = layer_.kernel == CnnKernel::k1d;
        const bool is_point = layer_.kernel == CnnKernel::k1x1 || is_flat();
        set(CnnField::kernel_first, start.bit);
        set(CnnField::kernel_shift, start.shift);
        set(CnnField::kernel_last, start.bit + (kernels_of(layer_) - 1) * weight_bits());
        set(CnnField::is_1d, is_1d);
        set(CnnField::width_1d, is_1d ? layer_.taps : is_point ? 1 : 0);
        constexpr int32_t kWidths[] = {0, 1, 2, 0, 3, 0, 0, 0, 0};
        set(CnnField::weight_width, kWidths[weight_bits()]);
        line_buffer();
        if (is_small_) return;
        set(CnnField::kernel_rows, kernel_rows(layer_) - 1);
        set(CnnField::kernel_columns, kernel_columns(layer_) - 1);
        set(CnnField::bypasses, layer_.is_bypassed);
        set(CnnField::outputs,
            (layer_.is_depthwise ? time_slots() * passes_ : kernels_of(layer_)) - 1);
    }

    // Which part of the line buffer the layer has; only an extended count of passes needs it.
    void line_buffer() {
        if (input_passes(layer_) > 16) {
            set(CnnField::line_first, input_passes(layer_) - 1);
            set(CnnField::line_last, 2 * input_passes(layer_) - 1);
            return;
        }
        int32_t first = 0;
        for (size_t i = 0; layer_.is_streaming && i < index_; ++i) {
            const CnnLayerSpec &before = program_.layers[i];
            first += line_words(before) * input_passes(before);
        }
        const bool slides = layer_.kernel == CnnKernel::k3x3;
        if (slides) set(CnnField::line_first, first);
        if (slides) set(CnnField::line_last, first + line_words(layer_) - 1);
    }

    static int32_t line_words(const CnnLayerSpec &layer) {
        if (!layer.convolves()) return 1;
        const int32_t width = spread_shape(layer).columns + 2 * layer.column_pad;
        return std::max(0, width - kernel_columns(layer)) + 1;
    }

    // Clocks in which processors that have outputs of their own write them, at least 1.
    int32_t time_slots() const {
        if (layer_.convolves() && !layer_.is_depthwise) return 1;
        int32_t slots = 1;
        for (int32_t q = 0; q < kQuadrants; ++q) {
            const int32_t count = std::popcount(quadrant_of(layer_.read.processors, q));
            slots = std::max(slots, !layer_.convolves() ? (count + kLanes - 1) / kLanes
                                    : broadcasts()      ? std::min(count, kLanes)
                                                        : count);
        }
        return slots;
    }

    void output() {
        const int32_t step = layer_.write.gap + 1;
        const uint64_t mask = layer_.write.processors;
        set(CnnField::master, 1);
        set(CnnField::writes_globally, 1);
        set(CnnField::wide, layer_.is_wide);
        set(CnnField::relu, layer_.activation == CnnActivation::kRelu);
        set(CnnField::absolute, layer_.activation == CnnActivation::kAbsolute);
        set(CnnField::shift, std::abs(layer_.shift));
        set(CnnField::shifts_right, layer_.shift < 0);
        set(CnnField::write_gap, layer_.convolves() ? out_passes_ * step - 1 : step - 1);
        const int32_t last = last_of(mask) - first_of(mask) / kLanes * kLanes;
        set(CnnField::pass_bits, layer_.convolves() ? last * weight_bits() : 0);
        set(CnnField::pass_offset, out_passes_ > 1 ? (layer_.is_wide ? kLanes : 1) * step : 0);
        set(CnnField::group_offset, layer_.convolves() ? instance_step() : 0);
        set(CnnField::slot_offset, slot_offset());
        set(CnnField::uses_slots, !layer_.convolves() || layer_.is_depthwise);
        set(CnnField::passes_through, !layer_.convolves() && operands_ == 1);
        if (is_small_) return;
        set(CnnField::depthwise, layer_.is_depthwise);
        set(CnnField::broadcasts, broadcasts());
    }

    int32_t instance_step() const { return is_small_ ? 0x2000 : 0x8000; }

    int32_t slot_offset() const {
        if (!layer_.convolves()) {
            const bool is_long = layer_.read.count() > kLanes || (operands_ > 1 && passes_ > 1);
            return is_long ? instance_step() : instance_step() / kLanes;
        }
        if (layer_.is_depthwise) return broadcasts() ? 0 : instance_step();
        return layer_.kernel == CnnKernel::k1x1 || is_flat() ? 1 : 0;
    }

    // What quadrants do not share.
    void quadrant(CnnLayerRegisters &registers, int32_t q) const {
        const uint64_t own = quadrant_of(layer_.read.processors, q);
        const bool has_kernels = layer_.convolves() && !layer_.is_bypassed;
        set(registers, CnnField::processors, static_cast<int64_t>(own));
        set(registers, CnnField::kernels, has_kernels ? static_cast<int64_t>(own) : 0);
        set(registers, CnnField::write_pointer,
            first_instance(q) * instance_step() + layer_.write.word);
        const bool is_shared = layer_.convolves() && !layer_.is_depthwise;
        if (is_shared && q == std::countr_zero(quadrants_used(program_))) {
            set(registers, CnnField::sum_sources, sum_sources(q));
        }
        if (layer_.bias.empty() || (is_shared ? q != layer_.bias_quadrant : own == 0)) return;
        set(registers, CnnField::bias, 1);
        set(registers, CnnField::bias_start,
            broadcasts() ? layer_.bias_start / kLanes : layer_.bias_start);
    }

    int64_t sum_sources(int32_t self) const {
        int64_t sources = 0;
        for (int32_t q = 0; q < kQuadrants; ++q) {
            const bool is_bias = !layer_.bias.empty() && q == layer_.bias_quadrant;
            const bool computes = quadrant_of(layer_.read.processors, q) != 0;
            if (q != self && (computes || is_bias)) sources |= 1 << q;
        }
        return sources;
    }

    // Instance of the quadrant's first output.
    int32_t first_instance(int32_t q) const {
        const uint64_t mask = layer_.write.processors;
        if (!layer_.convolves()) {
            const uint64_t own = quadrant_of(mask, q);
            return own == 0 ? 0 : (q * kProcessors + first_of(own)) / kLanes;
        }
        if (!layer_.is_depthwise || broadcasts()) return first_of(mask) / kLanes;
        const int32_t first = first_of(layer_.read.processors);
        const int32_t behind = q - first / kProcessors;
        if (behind < 0) return 0;
        const int32_t unused = behind == 0 ? 0 : first % kProcessors;
        return std::max(behind * kProcessors + first_of(mask) - unused, 0) / kLanes %
               (kQuadrants * kLanes);
    }

    void stream() {
        const CnnStreaming streaming = streaming_of(program_, index_);
        set(CnnField::stream_start, streaming.start);
        set(CnnField::stream_delta1, streaming.delta1);
        set(CnnField::stream_delta2, streaming.delta2);
        set(CnnField::input_volume, streaming.volume);
        set(CnnField::ring_words, streaming.ring);
    }

    CnnArray::Layout layout_;
    bool is_small_;
    const CnnProgramSpec &program_;
    const CnnLayerSpec &layer_;
    size_t index_;
    int32_t operands_;
    int32_t passes_;      // Of the input, by channels.
    int32_t out_passes_;  // Of the output.
    CnnLayerRegisters registers_;
};

}  // namespace

uint32_t quadrants_used(const CnnProgramSpec &program) {
    uint32_t quadrants = 1;  // The first one leads.
    for (const CnnLayerSpec &layer : program.layers) {
        for (int32_t q = 0; q < kQuadrants; ++q) {
            const uint64_t mask = layer.read.processors | layer.write.processors;
            const bool has_bias =
                !layer.is_depthwise && !layer.bias.empty() && layer.bias_quadrant == q;
            if (quadrant_of(mask, q) != 0 || has_bias) quadrants |= 1u << q;
        }
    }
    return quadrants;
}

std::array<CnnLayerRegisters, kQuadrants> layer_registers(const CnnArray &array,
                                                          const CnnProgramSpec &program,
                                                          size_t index) {
    return Fields(array, program, index).all();
}

}  // namespace ingot::test
