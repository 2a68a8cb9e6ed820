// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Decodes layer after layer, following their links, and checks every place they name.

#include "sim/machines/cnn_array/decode.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/machines/cnn_array/bounds.h"
#include "sim/machines/cnn_array/decode_layer.h"

namespace ingot::sim {
namespace {

using enum CnnField;

// Where a program starts and ends.
struct Range {
    int32_t first = 0;
    int32_t last = 0;
};

Range range_of(const CnnRegisters &registers, const CnnArray &array) {
    const uint32_t count = registers.quadrants[static_cast<size_t>(registers.first_quadrant())]
                               .control[cnn_control::kLayerCount];
    // Source: MAX78000 User Guide, table 27-21; ai8x-synthesis, izer/backend/max7800x.py.
    if (array.layout == CnnArray::Layout::kMax78000) {
        return {.first = 0, .last = static_cast<int32_t>(count & 0x1f)};
    }
    return {.first = static_cast<int32_t>(count >> 8 & 0x7f),
            .last = static_cast<int32_t>(count & 0x7f)};
}

void note(CnnProgram &program, bool is_used, std::string sentence) {
    if (!is_used || std::ranges::count(program.notes, sentence) > 0) return;
    program.notes.push_back(std::move(sentence));
}

// What a control register can ask for that no documentation explains.
constexpr struct {
    uint32_t bit;
    bool max78000, max78002;
    std::string_view what;
} kUnknownBits[] = {
    {cnn_bit::kOneShot, true, true, "one-shot mode: the run does not pause between layers"},
    {cnn_bit::kExternalReady, true, true, "an external ready signal: it is always given"},
    {cnn_bit::kSimpleOneBit, true, true,
     "simple 1-bit weights: they are computed as 1-bit weights"},
    {cnn_bit::kFastFifo, true, true, "the fast FIFO: it has no data"},
    {cnn_bit::kFifoGroup, true, true, "FIFO groups: each FIFO fills its own quadrant"},
    {cnn_bit::kBinary, true, false, "a shift in time: ignored"},
    {cnn_bit::kQuadFifo, true, true, "quad FIFO mode (qupac): ignored"},
};

void note_control(CnnProgram &program, const CnnRegisters &registers, const CnnArray &array) {
    const bool is_small = array.layout == CnnArray::Layout::kMax78000;
    for (const auto &unknown : kUnknownBits) {
        if (!(is_small ? unknown.max78000 : unknown.max78002)) continue;
        note(program, registers.has(unknown.bit),
             fmt::format("control registers ask for {}", unknown.what));
    }
}

// A convolution adds up what its quadrants have, those that only have a bias included.
bool misses_sums(const Layer &layer) {
    if (layer.is_idle || layer.kind != Layer::Kind::kConvolution) return false;
    for (uint32_t q = 0; q < 4; ++q) {
        const bool has_sum = (layer.processors >> (16 * q) & 0xffff) || layer.bias[q].is_used;
        if (has_sum && (layer.sum_sources >> q & 1) == 0) return true;
    }
    return false;
}

void note_layer(CnnProgram &program, const Layer &layer) {
    note(program, misses_sums(layer),
         "a quadrant takes part whose sums its master does not ask for: they are added all the "
         "same");
    note(program, layer.writes_locally && !layer.is_idle,
         "a layer writes to its own quadrant only: not documented, taken as writing anywhere");
    note(program, layer.leaves_out_row_pad, "pads of columns only: rows of zeros are left out");
    note(program, layer.reads_ahead, "reads ahead: its effect on time is not documented");
    note(program, layer.is_x4, "x4 mode: its effect on time is not documented");
    note(program, layer.shares_time, "shared calculations (tcalc): their effect is not documented");
    note(program, layer.is_wide && !layer.convolves(),
         "a layer without kernels writes 32 bits: their order is assumed to be that of a "
         "convolution");
    note(program, layer.skips_bias && std::ranges::any_of(layer.bias, &BiasPlace::is_used),
         "bias in a first layer that streams: unreliable on the MAX78000; taken from the next "
         "byte on, where programs of the vendor place it");
}

// Which layers read what the layer before them has just written, or a FIFO.
void link_streams(std::vector<Layer> &layers, const CnnRegisters &registers,
                  const CnnArray &array) {
    const bool has_fifo = registers.has(cnn_bit::kFifo);
    const bool streams = registers.has(cnn_bit::kStream);
    const auto begin = std::ranges::find(layers, false, &Layer::is_idle);
    const auto first = static_cast<size_t>(begin - layers.begin());
    for (size_t i = first; i < layers.size(); ++i) {
        Layer &layer = layers[i];
        const bool has_delta = layer.stream_delta1 > 0 || layer.stream_delta2 > 0;
        const bool can_be_first = has_delta || layer.ring_words > 0;
        layer.reads_fifo = i == first && has_fifo;
        layer.is_streaming = streams && (i == first ? can_be_first : layer.stream_start > 0);
        layer.reads_ring =
            layer.is_streaming && layer.ring_words > 0 && (i > first || layer.reads_fifo);
        layer.skips_bias =
            array.layout == CnnArray::Layout::kMax78000 && i == first && layer.is_streaming;
    }
    for (size_t i = 0; i + 1 < layers.size(); ++i) {
        layers[i].streams_on = layers[i + 1].is_streaming;
        layers[i].writes_ring = layers[i + 1].reads_ring;
    }
}

// The next layer's index; -1: none.
int32_t follower(const Layer &layer, const Range &range) {
    if (layer.is_last) return -1;
    if (layer.index == range.last && layer.next == layer.index + 1) return -1;
    return layer.next;
}

Result<void> check_order(int32_t index, std::vector<bool> &seen, const CnnArray &array) {
    if (index >= array.layers) {
        return fail(Code::kCnnProgramInvalid, fmt::format("layer {}", index),
                    fmt::format("the part has {} layers", array.layers));
    }
    if (seen[static_cast<size_t>(index)]) {
        return fail(Code::kCnnProgramInvalid, fmt::format("layer {}, next_layer", index),
                    "the program comes back to a layer and would never end",
                    "set `stops` in the layer that ends it");
    }
    seen[static_cast<size_t>(index)] = true;
    return {};
}

}  // namespace

CnnRegisters::CnnRegisters(const CnnArray &array) {
    for (Quadrant &quadrant : quadrants) quadrant.layers.resize(static_cast<size_t>(array.layers));
}

bool CnnRegisters::has(uint32_t bit) const {
    return std::ranges::any_of(quadrants, [bit](const Quadrant &quadrant) {
        return quadrant.is_enabled() && (quadrant.control[cnn_control::kControl] & bit);
    });
}

int32_t CnnRegisters::first_quadrant() const {
    for (int32_t q = 0; q < 4; ++q) {
        if (quadrants[static_cast<size_t>(q)].is_enabled()) return q;
    }
    return 0;
}

Result<CnnProgram> decode(const CnnRegisters &registers, const CnnArray &array, int64_t work_max) {
    CnnProgram program;
    std::vector<bool> seen(static_cast<size_t>(array.layers));
    const Range range = range_of(registers, array);
    for (int32_t index = range.first; index >= 0;) {
        TRY_DO(check_order(index, seen, array));
        TRY(Layer layer, decode_layer(registers, array, index));
        index = follower(layer, range);
        program.layers.push_back(layer);
    }
    link_streams(program.layers, registers, array);
    TRY_DO(check_bounds(program.layers, array, work_max));
    note_control(program, registers, array);
    for (const Layer &layer : program.layers) note_layer(program, layer);
    return program;
}

}  // namespace ingot::sim
