// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Decodes addresses.

#include "sim/machines/cnn_array/bus.h"

#include <array>

#include "boards/machines/cnn_array_registers.h"

namespace ingot::sim {
namespace {

constexpr uint32_t kFifoWords = 6;  // Control, status, and data of four.
constexpr uint32_t kAlwaysOnWords = 1;
constexpr uint32_t kSnoopOffset = 0x20;  // From input_frame on. Source: izer/tornadocnn.py.
constexpr uint32_t kSnoopWords = 24;

// A row of units of equal size, from one address on.
struct Region {
    CnnPart part = CnnPart::kNothing;
    uint32_t address = 0;
    uint32_t stride = 0;  // From unit to unit.
    uint32_t units = 1;
    uint32_t words = 0;  // Of each unit.

    bool find(uint32_t address_found, CnnPlace &place) const {
        if (address_found < address) return false;
        const uint32_t unit = (address_found - address) / stride;
        const uint32_t word = (address_found - address) % stride / 4;
        if (unit >= units || word >= words) return false;
        place.part = part;
        place.unit = static_cast<int32_t>(static_cast<uint32_t>(place.quadrant) * units + unit);
        place.index = word;
        return true;
    }
};

Region single(CnnPart part, uint32_t address, uint32_t words) {
    return {.part = part, .address = address, .stride = words * 4, .units = 1, .words = words};
}

std::array<Region, 8> regions_of_quadrant(const CnnArray &array) {
    const CnnArrayMap &map = array.map;
    const auto processors = static_cast<uint32_t>(array.processors);
    const auto instances =
        static_cast<uint32_t>(array.processors / CnnArray::kProcessorsPerInstance);
    const bool snoops = array.layout == CnnArray::Layout::kMax78002;
    return {{
        single(CnnPart::kControl, map.control, cnn_control::kWords),
        single(CnnPart::kFrame, map.input_frame, 1),
        single(CnnPart::kSnoop, map.input_frame + kSnoopOffset, snoops ? kSnoopWords : 0),
        single(CnnPart::kMlator, map.mlator, 1),
        single(CnnPart::kBias, map.bias, static_cast<uint32_t>(array.bias_bytes)),
        {CnnPart::kLineBuffer, map.line_buffer, map.line_buffer_stride, processors,
         static_cast<uint32_t>(array.line_buffer_words)},
        {CnnPart::kKernels, map.kernels, map.kernel_stride, processors, map.kernel_stride / 4},
        {CnnPart::kData, map.data, map.data_stride, instances,
         static_cast<uint32_t>(array.data_words)},
    }};
}

bool find_shared(const CnnArray &array, uint32_t address, CnnPlace &place) {
    return single(CnnPart::kFifo, array.map.fifo, kFifoWords).find(address, place) ||
           single(CnnPart::kAlwaysOn, array.map.always_on, kAlwaysOnWords).find(address, place);
}

}  // namespace

CnnPlace cnn_place(const CnnArray &array, uint32_t address) {
    CnnPlace place;
    if (find_shared(array, address, place) || address < array.map.control) return place;
    const uint32_t quadrant = (address - array.map.control) / array.map.quadrant_stride;
    if (quadrant >= static_cast<uint32_t>(array.quadrants)) return place;
    place.quadrant = static_cast<int32_t>(quadrant);
    for (const Region &region : regions_of_quadrant(array)) {
        if (region.words == 0) continue;
        if (!region.find(address - quadrant * array.map.quadrant_stride, place)) continue;
        if (place.part == CnnPart::kKernels) place.index = place.index * 4 + address % 4;
        return place;
    }
    if (const auto reg = cnn_register_at(array, address)) {
        place = {.part = CnnPart::kLayer,
                 .quadrant = reg->quadrant,
                 .unit = reg->layer,
                 .index = static_cast<uint32_t>(reg->reg)};
    }
    return place;
}

}  // namespace ingot::sim
