// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Unpacks kernels of 1, 2, 4 or 8 bits.

#include "sim/machines/cnn_array/weights.h"

#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {
namespace {

int32_t rounded_up(int32_t value, int32_t unit) { return (value + unit - 1) / unit * unit; }

int16_t weight(uint8_t byte, int32_t bit, const Layer &layer) {
    const int32_t bits = layer.weight_bits;
    const int32_t field = byte >> bit & ((1 << bits) - 1);
    if (layer.is_binary) return field ? -1 : 1;
    return static_cast<int16_t>(field >> (bits - 1) ? field - (1 << bits) : field);
}

// Byte number `at` in the order in which kernels are stored: last byte of each word first.
int64_t stored(int64_t at) { return at / 9 * 9 + 8 - at % 9; }

class Unpacker {
public:
    Unpacker(const Layer &layer, const CnnArray &array, const KernelMemory &kernels,
             const Planes &planes, Weights &weights)
        : layer_(layer), array_(array), kernels_(kernels), planes_(planes), weights_(weights) {}

    void unpack(int32_t processor) {
        for (int32_t pass = 0; pass < layer_.passes; ++pass) {
            const int32_t channel = plane_channel(planes_, processor, pass);
            if (layer_.kind == Layer::Kind::kDepthwise) {
                put(weights_.of(0) + channel, processor, kernel_place(layer_, pass), 0);
                continue;
            }
            for (int32_t output = 0; output < layer_.outputs; ++output) {
                const int32_t part = output % 4;
                const int64_t number = layer_.is_x4 ? output / 4 : output;
                put(weights_.of(output) + channel, processor,
                    kernel_place(layer_, number * layer_.passes + pass), part);
            }
        }
    }

private:
    // The last tap is stored first.
    void put(int16_t *to, int32_t processor, KernelPlace place, int32_t part) {
        const uint8_t *bytes = kernels_.bytes(processor);
        for (int32_t tap = 0; tap < layer_.taps(); ++tap) {
            int64_t at = place.byte + layer_.taps() - 1 - tap;
            if (layer_.is_x4) at = x4_word(array_, processor, part, at / 9) * 9 + at % 9;
            to[tap * planes_.channels] =
                layer_.is_bypassed ? int16_t{1} : weight(bytes[stored(at)], place.bit, layer_);
        }
    }

    const Layer &layer_;
    const CnnArray &array_;
    const KernelMemory &kernels_;
    const Planes &planes_;
    Weights &weights_;
};

}  // namespace

Weights unpack(const Layer &layer, const CnnArray &array, const KernelMemory &kernels,
               const Planes &planes) {
    const bool is_depthwise = layer.kind == Layer::Kind::kDepthwise;
    const int32_t outputs = is_depthwise ? 1 : rounded_up(layer.outputs, Weights::kOutputUnit);
    Weights weights{.row = rounded_up(layer.taps() * planes.channels, Weights::kRowUnit),
                    .values = {}};
    weights.values.resize(static_cast<size_t>(outputs) * static_cast<size_t>(weights.row));
    const uint64_t used = layer.is_bypassed ? layer.processors : layer.kernels;
    Unpacker unpacker(layer, array, kernels, planes, weights);
    for (int32_t p = 0; p < 64; ++p) {
        if (used >> p & 1) unpacker.unpack(p);
    }
    return weights;
}

}  // namespace ingot::sim
