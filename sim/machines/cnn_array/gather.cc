// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads a layer's input, a word of four channels at a time.

#include "sim/machines/cnn_array/gather.h"

#include <algorithm>
#include <array>

#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {
namespace {

using Lanes = std::array<int32_t, 4>;  // Of one word.

int32_t clamped(int32_t value) { return std::clamp(value, -128, 127); }

int32_t applied(ElementFunction function, int32_t a, int32_t b) {
    switch (function) {
        case ElementFunction::kSubtract:
            return a - b;
        case ElementFunction::kAdd:
            return a + b;
        case ElementFunction::kOr:
            return a | b;
        case ElementFunction::kXor:
            return a ^ b;
    }
    return a;
}

// Half goes away from zero if rounded. Source: ai8x-synthesis, izer/compute.py: pool2d.
int32_t averaged(int32_t sum, int32_t count, bool rounds) {
    if (!rounds) return sum / count;
    return (sum >= 0 ? 2 * sum + count : 2 * sum - count) / (2 * count);
}

// Reads one instance's words of one pass.
class Reader {
public:
    Reader(const Layer &layer, const DataMemory &data, int32_t instance, int32_t pass)
        : layer_(layer),
          words_(data.at(instance, 0)),
          pass_words_(int64_t{pass} * layer.operands * (layer.read_gap + 1)),
          step_(input_step(layer)),
          clamps_(layer.convolves() || !layer.is_wide) {}

    // What the pooling window that begins at a pixel makes.
    Lanes window(int64_t pixel) const {
        if (layer_.pooling.kind == Pooling::Kind::kOff) return combined(pixel);
        if (!layer_.pools_first) {
            return pooled(pixel, [this](int64_t at) { return combined(at); });
        }
        Lanes result = pooled(pixel, [this](int64_t at) { return read(at, 0); });
        for (int32_t k = 1; k < layer_.operands; ++k) {
            combine(result, pooled(pixel, [this, k](int64_t at) { return read(at, k); }));
        }
        if (layer_.combines) clamp(result);
        return result;
    }

private:
    Lanes read(int64_t pixel, int32_t operand) const {
        const int64_t word = layer_.read_pointer + pass_words_ +
                             (layer_.is_planar ? pixel / 4 : pixel) * step_ +
                             int64_t{operand} * (layer_.read_gap + 1);
        const auto *bytes = reinterpret_cast<const int8_t *>(words_) + word * 4;
        if (!layer_.is_planar) return {bytes[0], bytes[1], bytes[2], bytes[3]};
        const int32_t value = bytes[pixel % 4];
        return {value, value, value, value};
    }

    void combine(Lanes &a, const Lanes &b) const {
        for (size_t i = 0; i < a.size(); ++i) a[i] = applied(layer_.function, a[i], b[i]);
    }
    void clamp(Lanes &lanes) const {
        if (!clamps_) return;
        for (int32_t &lane : lanes) lane = clamped(lane);
    }

    Lanes combined(int64_t pixel) const {
        Lanes result = read(pixel, 0);
        for (int32_t k = 1; k < layer_.operands; ++k) combine(result, read(pixel, k));
        if (layer_.combines) clamp(result);
        return result;
    }

    template <class Read>
    Lanes pooled(int64_t first, Read read) const {
        const Pooling &pooling = layer_.pooling;
        const bool is_maximum = pooling.kind == Pooling::Kind::kMaximum;
        Lanes result;
        result.fill(is_maximum ? INT32_MIN : 0);
        for (int32_t i = 0; i < pooling.rows; ++i) {
            for (int32_t j = 0; j < pooling.columns; ++j) {
                const Lanes lanes =
                    read(first + int64_t{i} * pooling.row_dilation * layer_.columns +
                         j * pooling.column_dilation);
                for (size_t c = 0; c < result.size(); ++c) {
                    result[c] = is_maximum ? std::max(result[c], lanes[c]) : result[c] + lanes[c];
                }
            }
        }
        if (is_maximum) return result;
        for (int32_t &lane : result) {
            lane = averaged(lane, pooling.rows * pooling.columns, pooling.rounds);
        }
        return result;
    }

    const Layer &layer_;
    const uint8_t *words_;
    int64_t pass_words_;
    int64_t step_;
    bool clamps_;
};

// All pixels of one instance and pass, from channel `channel` on.
void fill(Planes &planes, const Layer &layer, const Reader &reader, int32_t channel) {
    const int32_t spread = layer.is_transposed ? 2 : 1;
    for (int32_t row = 0; row < layer.pooled_rows; ++row) {
        const int64_t first = int64_t{row} * layer.pooling.stride * layer.columns;
        int16_t *to =
            planes.values.data() +
            (planes.at(row * spread + layer.row_pad, layer.column_pad) - planes.values.data()) +
            channel;
        for (int32_t column = 0; column < layer.pooled_columns; ++column) {
            const Lanes lanes = reader.window(first + int64_t{column} * layer.pooling.stride);
            for (size_t i = 0; i < lanes.size(); ++i) to[i] = static_cast<int16_t>(lanes[i]);
            to += spread * planes.channels;
        }
    }
}

}  // namespace

Planes gather(const Layer &layer, const DataMemory &data) {
    Planes planes{.rows = layer.spread_rows() + 2 * layer.row_pad,
                  .columns = layer.spread_columns() + 2 * layer.column_pad,
                  .channels = 0,
                  .instances = input_instances(layer),
                  .values = {}};
    const auto slots = static_cast<int32_t>(planes.instances.size());
    planes.channels = layer.passes * slots * 4;
    planes.values.resize(static_cast<size_t>(planes.rows) * static_cast<size_t>(planes.columns) *
                         static_cast<size_t>(planes.channels));
    for (int32_t pass = 0; pass < layer.passes; ++pass) {
        for (int32_t slot = 0; slot < slots; ++slot) {
            const Reader reader(layer, data, planes.instances[static_cast<size_t>(slot)], pass);
            fill(planes, layer, reader, (pass * slots + slot) * 4);
        }
    }
    return planes;
}

int32_t plane_channel(const Planes &planes, int32_t processor, int32_t pass) {
    const auto slot = static_cast<int32_t>(std::ranges::find(planes.instances, processor / 4) -
                                           planes.instances.begin());
    return (pass * static_cast<int32_t>(planes.instances.size()) + slot) * 4 + processor % 4;
}

}  // namespace ingot::sim
