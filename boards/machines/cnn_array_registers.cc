// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Addresses and bits of a CNN accelerator's registers.

#include "boards/machines/cnn_array_registers.h"

#include <algorithm>

namespace ingot {
namespace {

const CnnFieldPlace &place_of(CnnField field, CnnArray::Layout layout) {
    return kCnnFields[static_cast<size_t>(field)].place(layout);
}

// A block of registers: `count` of each of `layers`.
struct Block {
    uint32_t address = 0;
    int32_t first = 0;
    int32_t count = 0;
    uint32_t layers = 0;
    uint32_t layer_stride = 0;
    uint32_t register_stride = 0;

    std::optional<CnnRegisterPlace> find(uint32_t offset) const {
        if (offset < address || offset % 4 != 0) return std::nullopt;
        const uint32_t longer = std::max(layer_stride, register_stride);
        const uint32_t outer = (offset - address) / longer;
        const uint32_t inner =
            (offset - address) % longer / std::min(layer_stride, register_stride);
        const uint32_t layer = layer_stride > register_stride ? outer : inner;
        const uint32_t reg = layer_stride > register_stride ? inner : outer;
        if (layer >= layers || reg >= static_cast<uint32_t>(count)) return std::nullopt;
        return CnnRegisterPlace{.layer = static_cast<int32_t>(layer),
                                .reg = first + static_cast<int32_t>(reg)};
    }
};

constexpr int32_t kStreamRegisters = 3;

Block stream_block(const CnnArray &array) {
    return {.address = array.map.stream_registers,
            .first = cnn_first_stream_register(array.layout),
            .count = kStreamRegisters,
            .layers = array.map.stream_register_stride / 4,
            .layer_stride = 4,
            .register_stride = array.map.stream_register_stride};
}

Block layer_block(const CnnArray &array) {
    const bool is_small = array.layout == CnnArray::Layout::kMax78000;
    return {.address = array.map.layer_registers,
            .count = is_small ? 21 : 20,
            .layers = static_cast<uint32_t>(array.layers),
            .layer_stride = array.map.layer_stride,
            .register_stride = array.map.register_stride};
}

}  // namespace

uint32_t CnnLayerRegisters::get(CnnField field, CnnArray::Layout layout) const {
    const CnnFieldPlace &place = place_of(field, layout);
    return value[static_cast<size_t>(place.reg)] >> place.first_bit & place.maximum();
}

void CnnLayerRegisters::set(CnnField field, CnnArray::Layout layout, uint32_t to) {
    const CnnFieldPlace &place = place_of(field, layout);
    uint32_t &reg = value[static_cast<size_t>(place.reg)];
    reg = (reg & ~(place.maximum() << place.first_bit)) | (to & place.maximum()) << place.first_bit;
}

uint32_t cnn_register_address(const CnnArray &array, const CnnRegisterPlace &place) {
    const int32_t stream = place.reg - cnn_first_stream_register(array.layout);
    const Block block =
        stream >= 0 && stream < kStreamRegisters ? stream_block(array) : layer_block(array);
    return block.address + static_cast<uint32_t>(place.quadrant) * array.map.quadrant_stride +
           static_cast<uint32_t>(place.layer) * block.layer_stride +
           static_cast<uint32_t>(place.reg - block.first) * block.register_stride;
}

std::optional<CnnRegisterPlace> cnn_register_at(const CnnArray &array, uint32_t address) {
    if (address < array.map.control) return std::nullopt;
    const uint32_t quadrant = (address - array.map.control) / array.map.quadrant_stride;
    if (quadrant >= static_cast<uint32_t>(array.quadrants)) return std::nullopt;
    const uint32_t offset = address - quadrant * array.map.quadrant_stride;
    std::optional<CnnRegisterPlace> place = stream_block(array).find(offset);
    if (!place && offset != array.map.input_frame) place = layer_block(array).find(offset);
    if (place) place->quadrant = static_cast<int32_t>(quadrant);
    return place;
}

}  // namespace ingot
