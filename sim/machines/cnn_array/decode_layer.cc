// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Decodes a layer field by field; sources in boards/machines/cnn_array_fields.def.

#include "sim/machines/cnn_array/decode_layer.h"

#include <fmt/format.h>

#include <bit>

namespace ingot::sim {
namespace {

using enum CnnField;

// Source: ai8x-synthesis, README, limits of both parts: 1024 or 2048 channels.
constexpr int32_t kOutputsMax = 2048;

class LayerDecoder {
public:
    LayerDecoder(const CnnRegisters &registers, const CnnArray &array, int32_t index)
        : registers_(registers), array_(array), index_(index) {
        first_ = registers.first_quadrant();
        layer_.index = index;
        layer_.pointer_bits = is_small() ? 13 : 15;
    }

    Result<Layer> decode() {
        decode_processors();
        decode_order();
        TRY_DO(decode_kind());
        TRY_DO(decode_pooling());
        TRY_DO(decode_extent());
        if (layer_.is_idle) return layer_;
        TRY_DO(decode_output_extent());
        TRY_DO(decode_input());
        if (layer_.convolves()) TRY_DO(decode_kernels());
        decode_output();
        decode_bias();
        decode_stream();
        TRY_DO(check_quadrants());
        return layer_;
    }

private:
    bool is_small() const { return array_.layout == CnnArray::Layout::kMax78000; }

    const CnnLayerRegisters &of(int32_t quadrant) const {
        return registers_.quadrants[static_cast<size_t>(quadrant)]
            .layers[static_cast<size_t>(index_)];
    }
    uint32_t bits(CnnField field, int32_t quadrant) const {
        return of(quadrant).get(field, array_.layout);
    }
    int32_t value(CnnField field) const { return static_cast<int32_t>(bits(field, first_)); }
    bool is_set(CnnField field) const { return bits(field, first_) != 0; }
    bool is_enabled(int32_t q) const {
        return registers_.quadrants[static_cast<size_t>(q)].is_enabled();
    }

    tl::unexpected<Diagnostic> wrong(CnnField field, std::string what,
                                     std::string hint = {}) const {
        return fail(Code::kCnnProgramInvalid,
                    fmt::format("quadrant {}, layer {}, {}", first_, index_,
                                kCnnFields[static_cast<size_t>(field)].name),
                    std::move(what), std::move(hint));
    }

    void decode_processors() {
        for (int32_t q = 0; q < 4; ++q) {
            if (!is_enabled(q)) continue;
            layer_.processors |= uint64_t{bits(processors, q)} << (16 * q);
            layer_.kernels |= uint64_t{bits(kernels, q)} << (16 * q);
        }
        layer_.kernels &= layer_.processors;
    }

    void decode_order() {
        layer_.is_last = is_set(stops);
        layer_.next = is_set(jumps) ? value(next_layer) : index_ + 1;
        layer_.time_slots = value(time_slots) + 1;
    }

    Result<void> decode_kind() {
        layer_.is_bypassed = is_set(bypasses);
        if (layer_.kernels == 0 && !layer_.is_bypassed) {
            layer_.kind = Layer::Kind::kPassThrough;
        } else {
            layer_.kind = is_set(depthwise) ? Layer::Kind::kDepthwise : Layer::Kind::kConvolution;
        }
        layer_.is_transposed = is_set(transposed);
        if (layer_.is_transposed && !layer_.convolves()) {
            return wrong(transposed, "a layer without kernels cannot be transposed");
        }
        if (layer_.processors == 0 && !is_idle_extent()) {
            return wrong(processors, "no processor of an enabled quadrant takes part",
                         "set at least one bit in at least one quadrant");
        }
        return decode_taps();
    }

    Result<void> decode_taps() {
        if (!layer_.convolves()) return {};
        const int32_t width = value(width_1d);
        layer_.is_1d = is_set(is_1d);
        if (layer_.is_1d) {
            if (width < 1 || width > 9) {
                return wrong(width_1d, fmt::format("{} taps", width), "a row has 1 to 9 taps");
            }
            layer_.tap_rows = width;
        } else if (width != 1) {
            layer_.tap_rows = layer_.tap_columns = 3;
        }
        if (is_small()) return {};
        if (value(kernel_rows) + 1 != layer_.tap_rows ||
            value(kernel_columns) + 1 != layer_.tap_columns) {
            return wrong(
                kernel_rows,
                fmt::format("{} x {} taps", value(kernel_rows) + 1, value(kernel_columns) + 1),
                fmt::format("width_1d and is_1d say {} x {}", layer_.tap_rows, layer_.tap_columns));
        }
        return {};
    }

    Result<void> decode_pooling() {
        Pooling &pooling = layer_.pooling;
        pooling.stride = value(stride) + 1;
        pooling.rounds = registers_.has(cnn_bit::kRoundAverage);
        if (!is_set(pools)) return {};
        pooling.kind = is_set(pools_maximum) ? Pooling::Kind::kMaximum : Pooling::Kind::kAverage;
        pooling.row_dilation = value(pool_row_dilation) + 1;
        pooling.column_dilation = value(pool_column_dilation) + 1;
        TRY_DO(check_window(pool_rows, pooling.row_dilation));
        TRY_DO(check_window(pool_columns, pooling.column_dilation));
        pooling.rows = value(pool_rows) / pooling.row_dilation + 1;
        pooling.columns = value(pool_columns) / pooling.column_dilation + 1;
        return {};
    }

    Result<void> check_window(CnnField field, int32_t dilation) {
        if (value(field) % dilation == 0) return {};
        return wrong(field, fmt::format("a window {} wide", value(field)),
                     fmt::format("a multiple of its dilation, {}", dilation));
    }

    int32_t pad(CnnField field, CnnField enable) const {
        if (is_small()) return value(field);
        return is_set(enable) ? value(field) + 1 : 0;
    }

    bool is_idle_extent() const {
        return is_small() && (value(padded_rows) + 1 <= 2 * value(row_pad) ||
                              value(padded_columns) + 1 <= 2 * value(column_pad));
    }

    Result<void> decode_extent() {
        layer_.row_pad = pad(row_pad, row_pad_enable);
        layer_.column_pad = pad(column_pad, column_pad_enable);
        layer_.is_idle = is_idle_extent();
        if (layer_.is_idle) return {};
        TRY_DO(is_small() ? extent_of_max78000() : extent_of_max78002());
        if (layer_.is_transposed) TRY_DO(halve_extent());
        layer_.leaves_out_row_pad = is_set(column_pad_only);
        if (layer_.leaves_out_row_pad) layer_.row_pad = 0;
        if (!layer_.convolves() && (layer_.row_pad > 0 || layer_.column_pad > 0)) {
            return wrong(layer_.row_pad > 0 ? row_pad : column_pad,
                         "pads in a layer without kernels", "0");
        }
        return {};
    }

    Result<void> extent_of_max78000() {
        const Pooling &pooling = layer_.pooling;
        layer_.rows = value(padded_rows) + 1 - 2 * layer_.row_pad;
        layer_.columns = value(padded_columns) + 1 - 2 * layer_.column_pad;
        if (layer_.rows < pooling.rows || layer_.columns < pooling.columns) {
            return wrong(
                layer_.rows < pooling.rows ? padded_rows : padded_columns,
                fmt::format("{} x {} pixels", layer_.rows, layer_.columns),
                fmt::format("the pooling window has {} x {}", pooling.rows, pooling.columns));
        }
        layer_.pooled_rows = (layer_.rows - pooling.rows) / pooling.stride + 1;
        layer_.pooled_columns = (layer_.columns - pooling.columns) / pooling.stride + 1;
        return {};
    }

    Result<void> extent_of_max78002() {
        const Pooling &pooling = layer_.pooling;
        layer_.pooled_rows = value(last_row) / pooling.stride + 1;
        layer_.pooled_columns = value(last_column) / pooling.stride + 1;
        layer_.rows = value(last_row) + (pooling.rows - 1) * pooling.row_dilation + 1;
        layer_.columns = value(last_column) + value(column_rest);
        if (layer_.columns >= 1 && layer_.columns <= 2048) return {};
        return wrong(column_rest, fmt::format("rows of {} columns", layer_.columns), "1 to 2048");
    }

    // Registers count the zeros.
    Result<void> halve_extent() {
        if (layer_.pooling.kind != Pooling::Kind::kOff || layer_.pooling.stride != 1) {
            return wrong(transposed, "pooling in a transposed convolution", "no pooling");
        }
        if (layer_.rows % 2 != 0 || layer_.columns % 2 != 0) {
            return wrong(is_small() ? padded_rows : last_row,
                         fmt::format("{} x {} pixels", layer_.rows, layer_.columns),
                         "a transposed convolution needs even numbers");
        }
        layer_.pooled_rows = layer_.rows /= 2;
        layer_.pooled_columns = layer_.columns /= 2;
        return {};
    }

    Result<void> decode_output_extent() {
        layer_.output_rows = layer_.spread_rows() + 2 * layer_.row_pad - layer_.tap_rows + 1;
        layer_.output_columns =
            layer_.spread_columns() + 2 * layer_.column_pad - layer_.tap_columns + 1;
        if (layer_.output_rows > 0 && layer_.output_columns > 0) return {};
        return wrong(
            is_small() ? padded_rows : last_row,
            fmt::format("{} x {} pixels with pads", layer_.spread_rows(), layer_.spread_columns()),
            fmt::format("a kernel has {} x {} taps", layer_.tap_rows, layer_.tap_columns));
    }

    Result<void> decode_input() {
        layer_.is_planar = is_set(planar);
        layer_.read_pointer = value(read_pointer);
        layer_.combines = is_set(combines);
        layer_.function = static_cast<ElementFunction>(value(function));
        layer_.operands = layer_.combines ? value(operands) + 1 : 1;
        layer_.pools_first =
            !layer_.combines || is_set(pools_first) || layer_.pooling.kind == Pooling::Kind::kOff;
        layer_.counts_extended = is_set(flattens);
        layer_.passes = value(passes) + 1;
        if (layer_.counts_extended) layer_.passes += 16 * value(more_passes);
        layer_.is_flattened = layer_.counts_extended || is_short_flattened();
        // With more taps a sum could leave 32 bits.
        if (layer_.counts_extended && layer_.taps() > 1) {
            return wrong(flattens, fmt::format("a flattened layer with {} taps", layer_.taps()),
                         "kernels of one tap");
        }
        return is_small() ? Result<void>{} : decode_steps();
    }

    // With up to 16 passes a flattened layer looks like any other; but of a single pixel.
    bool is_short_flattened() const {
        return layer_.convolves() && layer_.taps() == 1 && !layer_.is_1d && layer_.passes > 1 &&
               layer_.rows == 1 && layer_.columns == 1;
    }

    // Source: ai8x-synthesis, izer/backend/max7800x.py, where RCNT and STRIDE are written.
    Result<void> decode_steps() {
        // Of a single pixel only operands are stepped over, and a flattened layer's passes are
        // not counted here.
        const bool is_point = layer_.pooled_rows * layer_.pooled_columns == 1 &&
                              layer_.pooling.rows == 1 && layer_.pooling.columns == 1;
        const int64_t unit = int64_t{layer_.pooling.stride} * layer_.operands * layer_.passes;
        const int64_t step = value(window_step);
        if (step <= 0 || step % unit != 0 || step / unit > array_.data_words) {
            if (is_point) return {};
            return wrong(window_step, fmt::format("{} words", step),
                         fmt::format("a multiple of {}", unit));
        }
        layer_.read_gap = static_cast<int32_t>(step / unit) - 1;
        if (is_point) return {};
        const int64_t rest = value(column_rest) + (layer_.pooling.stride - 1) * columns_counted();
        const int64_t expected = rest * (step / layer_.pooling.stride) & 0xffff;
        if (layer_.pooled_rows == 1 || value(row_step) == expected) return {};
        return wrong(row_step, fmt::format("{} words", value(row_step)),
                     fmt::format("{}, as columns and window_step make it", expected));
    }
    int64_t columns_counted() const {
        return layer_.is_transposed ? 2 * layer_.columns : layer_.columns;
    }

    Result<void> decode_kernels() {
        constexpr int32_t kWidths[] = {8, 1, 2, 4};
        layer_.weight_bits = kWidths[value(weight_width)];
        layer_.is_binary =
            !is_small() && layer_.weight_bits == 1 && registers_.has(cnn_bit::kBinary);
        layer_.is_x4 = is_set(x4);
        layer_.kernel_start = value(kernel_first);
        layer_.kernel_shift = value(kernel_shift);
        if (layer_.is_x4 && layer_.kind == Layer::Kind::kDepthwise) {
            return wrong(x4, "x4 mode in a depthwise convolution", "0");
        }
        TRY_DO(decode_output_count());
        layer_.outputs_per_pass = value(pass_bits) / layer_.weight_bits + 1;
        return {};
    }

    // In x4 mode kernel_last counts a quarter of the kernels or all of them, depending on the
    // program's age; `outputs` tells.
    Result<void> decode_output_count() {
        if (value(kernel_last) < value(kernel_first)) {
            return wrong(kernel_last, fmt::format("{}", value(kernel_last)),
                         fmt::format("not less than kernel_first, {}", value(kernel_first)));
        }
        const int32_t counted =
            layer_.is_x4 ? (value(CnnField::outputs) + 1) * 4
                         : (value(kernel_last) - value(kernel_first)) / layer_.weight_bits + 1;
        const int32_t passes = layer_.is_bypassed ? 1 : layer_.passes;
        layer_.outputs = counted / passes;
        if (counted % passes != 0 || layer_.outputs > kOutputsMax) {
            return wrong(layer_.is_x4 ? CnnField::outputs : kernel_last,
                         fmt::format("{} kernels", counted),
                         fmt::format("a multiple of the passes, {}, for up to {} outputs", passes,
                                     kOutputsMax));
        }
        const bool has_count =
            !is_small() && !layer_.is_x4 && layer_.kind == Layer::Kind::kConvolution;
        if (!has_count || value(CnnField::outputs) + 1 == counted) return {};
        return wrong(CnnField::outputs, fmt::format("{}", value(CnnField::outputs)),
                     fmt::format("{}, as kernel_first and kernel_last say", counted - 1));
    }

    void decode_output() {
        if (!layer_.convolves()) layer_.outputs = layer_.time_slots;
        layer_.is_wide = is_set(wide);
        layer_.shift = is_set(shifts_right) ? -value(shift) : value(shift);
        layer_.activation = is_set(absolute) ? Activation::kAbsolute
                            : is_set(relu)   ? Activation::kRelu
                                             : Activation::kNone;
        layer_.write_gap = value(write_gap);
        layer_.slot_offset = value(slot_offset);
        layer_.group_offset = value(group_offset);
        layer_.pass_offset = value(pass_offset);
        layer_.is_broadcast = is_set(broadcasts);
        layer_.writes_locally = !is_set(writes_globally);
        layer_.sum_sources = bits(sum_sources, first_) | 1u << first_;
        for (int32_t q = 0; q < 4; ++q) {
            layer_.write_pointer[static_cast<size_t>(q)] =
                static_cast<int32_t>(bits(write_pointer, q));
        }
        layer_.first_quadrant = std::countr_zero(layer_.processors) / 16;
        layer_.master_quadrant = first_;
    }

    // In these modes four or sixteen bias memories are read as one.
    void decode_bias() {
        if (!layer_.convolves()) return;
        const int32_t scale = layer_.is_x4 || layer_.is_broadcast ? 4 : 1;
        for (int32_t q = 0; q < 4; ++q) {
            if (!is_enabled(q) || bits(bias, q) == 0) continue;
            layer_.bias[static_cast<size_t>(q)] = {
                .is_used = true, .start = static_cast<int32_t>(bits(bias_start, q)) * scale};
        }
    }

    void decode_stream() {
        layer_.reads_ahead = is_set(reads_ahead);
        layer_.shares_time = is_set(shares_time);
        layer_.stream_start = value(stream_start);
        layer_.stream_delta1 = value(stream_delta1);
        layer_.stream_delta2 = value(stream_delta2);
        layer_.ring_words = value(ring_words);
    }

    // Quadrants that compute together are programmed alike.
    Result<void> check_quadrants() const {
        constexpr CnnField kShared[] = {padded_rows,  padded_columns, last_row,     last_column,
                                        row_pad,      column_pad,     pool_rows,    pool_columns,
                                        stride,       is_1d,          width_1d,     operands,
                                        passes,       kernel_first,   kernel_last,  pass_bits,
                                        weight_width, wide,           group_offset, read_pointer};
        for (int32_t q = 0; q < 4; ++q) {
            if (!is_enabled(q) || bits(processors, q) == 0) continue;
            for (const CnnField field : kShared) {
                if (bits(field, q) == bits(field, first_)) continue;
                return wrong(field,
                             fmt::format("{} here, {} in quadrant {}", bits(field, first_),
                                         bits(field, q), q),
                             "quadrants that work on one layer are programmed alike");
            }
        }
        return {};
    }

    const CnnRegisters &registers_;
    const CnnArray &array_;
    int32_t index_;
    int32_t first_ = 0;
    Layer layer_;
};

}  // namespace

Result<Layer> decode_layer(const CnnRegisters &registers, const CnnArray &array, int32_t index) {
    return LayerDecoder(registers, array, index).decode();
}

}  // namespace ingot::sim
