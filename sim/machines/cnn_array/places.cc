// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Places of outputs, biases and kernels.

#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {
namespace {

uint64_t quadrant_mask(int32_t quadrant) { return uint64_t{0xffff} << (16 * quadrant); }

// The first processor of a quadrant that takes part, counted in it; the quadrant's own processors
// are counted from there on if it is the layer's first, as its first gap is left out.
int32_t depthwise_origin(const Layer &layer, int32_t quadrant) {
    if (quadrant != layer.first_quadrant) return 0;
    return std::countr_zero(layer.processors & quadrant_mask(quadrant)) % 16;
}

DataPlace at_pointer(const Layer &layer, int64_t pointer, int64_t position) {
    DataPlace place{.instance = pointer >> layer.pointer_bits,
                    .word = pointer & ((int64_t{1} << layer.pointer_bits) - 1),
                    .lane = static_cast<int32_t>(position % 4)};
    if (!layer.is_wide) return place;
    place.word += place.lane;
    place.lane = 0;
    return place;
}

void add_convolution(const Layer &layer, std::vector<OutputChannel> &channels) {
    const auto base = layer.write_pointer[static_cast<size_t>(layer.master_quadrant)];
    for (int32_t output = 0; output < layer.outputs; ++output) {
        const int64_t position = output % layer.outputs_per_pass;
        const int64_t pass = output / layer.outputs_per_pass;
        const int64_t pointer = base + position / 4 * layer.group_offset + pass * layer.pass_offset;
        channels.push_back({.place = at_pointer(layer, pointer, position)});
    }
}

// Broadcast leaves everything in its instance, counted from the first; else each quadrant writes
// its own, from its own pointer on.
DataPlace depthwise_place(const Layer &layer, int32_t processor, int32_t pass) {
    const int32_t quadrant = processor / 16;
    const int64_t passed = int64_t{pass} * layer.pass_offset;
    if (layer.is_broadcast) {
        const int64_t position = processor - (std::countr_zero(layer.processors) & ~3);
        const auto base = layer.write_pointer[static_cast<size_t>(layer.master_quadrant)];
        return at_pointer(layer, base + position / 4 * layer.group_offset + passed, position);
    }
    const int64_t position = processor % 16 - depthwise_origin(layer, quadrant);
    const auto base = layer.write_pointer[static_cast<size_t>(quadrant)];
    return at_pointer(layer, base + position / 4 * layer.slot_offset + passed, position);
}

// Each quadrant packs what its processors have, four to a word.
DataPlace passed_place(const Layer &layer, int32_t processor, int32_t pass) {
    const int32_t quadrant = processor / 16;
    const uint64_t below = (uint64_t{1} << processor) - 1;
    const int64_t position = std::popcount(layer.processors & quadrant_mask(quadrant) & below);
    const auto base = layer.write_pointer[static_cast<size_t>(quadrant)];
    DataPlace place = at_pointer(layer, base + position / 4 * layer.slot_offset, position);
    place.word += int64_t{pass} * (1 + layer.write_gap) * (layer.is_wide ? 4 : 1);
    return place;
}

}  // namespace

std::vector<OutputChannel> output_channels(const Layer &layer) {
    std::vector<OutputChannel> channels;
    if (layer.kind == Layer::Kind::kConvolution) {
        add_convolution(layer, channels);
        return channels;
    }
    for (int32_t pass = 0; pass < layer.passes; ++pass) {
        for (int32_t p = 0; p < 64; ++p) {
            if ((layer.processors >> p & 1) == 0) continue;
            channels.push_back({.place = layer.kind == Layer::Kind::kDepthwise
                                             ? depthwise_place(layer, p, pass)
                                             : passed_place(layer, p, pass),
                                .processor = p,
                                .pass = pass});
        }
    }
    return channels;
}

int64_t bias_byte(const Layer &layer, int32_t quadrant, int32_t output) {
    const int64_t start = layer.bias[static_cast<size_t>(quadrant)].start;
    return start + output + (layer.skips_bias ? 1 : 0);
}

int64_t depthwise_bias_byte(const Layer &layer, int32_t processor, int32_t pass) {
    const int32_t quadrant = processor / 16;
    const int32_t local = processor % 16;
    const int64_t start = layer.bias[static_cast<size_t>(quadrant)].start;
    if (layer.is_broadcast) return start + pass * 16 + local % 4 * 4 + local / 4;
    const int32_t origin = depthwise_origin(layer, quadrant);
    const int32_t last = 63 - std::countl_zero(layer.processors);
    const int64_t each = last / 16 == quadrant ? last % 16 - origin + 1 : 16;
    return start + pass * each + local - origin;
}

int64_t x4_word(const CnnArray &array, int32_t processor, int32_t part, int64_t word) {
    const int64_t each = array.kernel_words / 4;
    if (word < array.kernel_words) return word < each ? part * each + word : -1;
    const int64_t more = (kernel_words(array, processor) - array.kernel_words) / 4;
    const int64_t rest = word - array.kernel_words;
    return rest < more ? array.kernel_words + part * more + rest : -1;
}

}  // namespace ingot::sim
