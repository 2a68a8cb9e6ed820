// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Looks for what is read too early or overwritten too early.

#include "sim/machines/cnn_array/hazards.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/machines/cnn_array/bounds.h"
#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {
namespace {

void check_data(const Layer &layer, const DataMemory &data, std::vector<std::string> &found) {
    const std::vector<int32_t> readers = last_readers(layer);
    for (const int32_t instance : input_instances(layer)) {
        for (size_t word = 0; word < readers.size(); ++word) {
            if (readers[word] == kNotRead) continue;
            if (data.is_written(instance, static_cast<int64_t>(word))) continue;
            found.push_back(fmt::format("layer {} reads word {} of instance {}, which nobody wrote",
                                        layer.index, word, instance));
            return;
        }
    }
}

// Outputs that may fill the gap before the first channel of a pass: nobody need write their
// kernels, and nobody reads what they make.
bool can_be_gap(const Layer &layer, int32_t output) {
    const int32_t position = output % layer.outputs_per_pass;
    return position < std::min(3, layer.outputs_per_pass - 1);
}

// The first kernel word of an output and a processor that nobody wrote; -1: none.
int64_t unwritten_kernel(const Layer &layer, const CnnArray &array, const KernelMemory &kernels,
                         int32_t processor, int32_t output) {
    const int32_t part = output % 4;
    const int64_t number = layer.is_x4 ? output / 4 : output;
    const int64_t first = kernel_place(layer, number * layer.passes).byte / 9;
    const KernelPlace end = kernel_place(layer, (number + 1) * layer.passes - 1);
    for (int64_t w = first; w <= (end.byte + layer.taps() - 1) / 9; ++w) {
        const int64_t word = layer.is_x4 ? x4_word(array, processor, part, w) : w;
        if (!kernels.is_written(processor, word)) return word;
    }
    return -1;
}

void check_kernels(const Layer &layer, const CnnArray &array, const KernelMemory &kernels,
                   std::vector<std::string> &found) {
    for (int32_t i = 0; i < 64 * layer.outputs; ++i) {
        const int32_t p = i % 64;
        const int32_t output = i / 64;
        if ((layer.kernels >> p & 1) == 0 || can_be_gap(layer, output)) continue;
        const int64_t word = unwritten_kernel(layer, array, kernels, p, output);
        if (word < 0) continue;
        found.push_back(
            fmt::format("layer {} uses kernel word {} of processor {}, which nobody wrote",
                        layer.index, word, p));
        return;
    }
}

// Of outputs that only fill gaps there need not be any.
void check_bias(const Layer &layer, const BiasMemory &bias, std::vector<std::string> &found) {
    if (layer.kind != Layer::Kind::kConvolution) return;
    for (int32_t q = 0; q < 4; ++q) {
        if (!layer.bias[static_cast<size_t>(q)].is_used) continue;
        for (int32_t output = 0; output < layer.outputs; ++output) {
            const int64_t byte = bias_byte(layer, q, output);
            if (bias.is_written(q, byte)) continue;
            found.push_back(
                fmt::format("layer {} adds bias byte {} of quadrant {}, which nobody wrote",
                            layer.index, byte, q));
            return;
        }
    }
}

// Pooled pixels that have been read when an output pixel is written.
class Progress {
public:
    explicit Progress(const Layer &layer) : layer_(layer) {}

    int64_t last_read(int64_t output) const {
        if (!layer_.convolves()) return output;
        const int64_t row = output / layer_.output_columns + layer_.tap_rows - 1 - layer_.row_pad;
        const int64_t column =
            output % layer_.output_columns + layer_.tap_columns - 1 - layer_.column_pad;
        const int64_t spread = layer_.is_transposed ? 2 : 1;
        if (row < 0) return -1;
        const int64_t pooled_row = row / spread;
        if (pooled_row >= layer_.pooled_rows) return last();
        const int64_t pooled_column =
            std::clamp<int64_t>(column / spread, 0, layer_.pooled_columns - 1);
        return pooled_row * layer_.pooled_columns + pooled_column;
    }

private:
    int64_t last() const { return int64_t{layer_.pooled_rows} * layer_.pooled_columns - 1; }
    const Layer &layer_;
};

}  // namespace

std::vector<int32_t> last_readers(const Layer &layer) {
    std::vector<int32_t> readers(static_cast<size_t>(input_words(layer)), kNotRead);
    const Pooling &pooling = layer.pooling;
    const int64_t words = int64_t{layer.passes} * layer.operands;
    const auto read = [&](int64_t pixel, int32_t reader) {
        for (int64_t w = 0; w < words; ++w) {
            readers[static_cast<size_t>(input_word(layer, pixel) + w * (layer.read_gap + 1))] =
                reader;
        }
    };
    for (int32_t reader = 0; reader < layer.pooled_rows * layer.pooled_columns; ++reader) {
        const int64_t first = (int64_t{reader / layer.pooled_columns} * layer.columns +
                               reader % layer.pooled_columns) *
                              pooling.stride;
        for (int32_t i = 0; i < pooling.rows * pooling.columns; ++i) {
            read(first + int64_t{i / pooling.columns} * pooling.row_dilation * layer.columns +
                     i % pooling.columns * pooling.column_dilation,
                 reader);
        }
    }
    return readers;
}

std::vector<std::string> unwritten_reads(const Layer &layer, const CnnArray &array,
                                         const DataMemory &data, const KernelMemory &kernels,
                                         const BiasMemory &bias) {
    std::vector<std::string> found;
    if (layer.is_idle) return found;
    if (!layer.reads_ring) check_data(layer, data, found);
    if (!layer.convolves()) return found;
    if (!layer.is_bypassed) check_kernels(layer, array, kernels, found);
    check_bias(layer, bias, found);
    return found;
}

std::vector<std::string> early_overwrites(const Layer &layer) {
    if (layer.is_idle || layer.reads_ring || layer.writes_ring) return {};
    const std::vector<int32_t> readers = last_readers(layer);
    const std::vector<int32_t> instances = input_instances(layer);
    const Progress progress(layer);
    const int64_t step = output_step(layer);
    for (const OutputChannel &channel : output_channels(layer)) {
        const DataPlace &place = channel.place;
        if (std::ranges::count(instances, place.instance) == 0) continue;
        for (int64_t pixel = 0; pixel < layer.output_pixels(); ++pixel) {
            const int64_t word = place.word + pixel * step;
            if (word >= static_cast<int64_t>(readers.size())) break;
            if (readers[static_cast<size_t>(word)] <= progress.last_read(pixel)) continue;
            return {fmt::format(
                "layer {} overwrites word {} of instance {} with output pixel {} before it has "
                "read it for pixel {}",
                layer.index, word, place.instance, pixel, readers[static_cast<size_t>(word)])};
        }
    }
    return {};
}

}  // namespace ingot::sim
