// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Order of channels, pixels, passes and operands in data memory.
// Sources: MAX78000 User Guide, chapter CNN; ai8x-synthesis, README and izer/load.py.

#include "tests/support/cnn_program/place.h"

namespace ingot::test {

int32_t nth_of(uint64_t mask, int32_t index) {
    for (; index > 0; --index) mask &= mask - 1;
    return first_of(mask);
}

uint32_t data_address(const CnnArray &array, int32_t processor, int32_t word) {
    const int32_t quadrant = processor / kProcessors;
    const int32_t instance = processor % kProcessors / kLanes;
    return array.map.data + static_cast<uint32_t>(quadrant) * array.map.quadrant_stride +
           static_cast<uint32_t>(instance) * array.map.data_stride +
           static_cast<uint32_t>(word) * 4;
}

uint32_t control_address(const CnnArray &array, int32_t quadrant, int32_t reg) {
    return array.map.control + static_cast<uint32_t>(quadrant) * array.map.quadrant_stride +
           static_cast<uint32_t>(reg) * 4;
}

uint32_t kernel_address(const CnnArray &array, int32_t processor) {
    return array.map.kernels +
           static_cast<uint32_t>(processor / kProcessors) * array.map.quadrant_stride +
           static_cast<uint32_t>(processor % kProcessors) * array.map.kernel_stride;
}

uint32_t bias_address(const CnnArray &array, int32_t quadrant) {
    return array.map.bias + static_cast<uint32_t>(quadrant) * array.map.quadrant_stride;
}

CnnCell input_cell(const CnnArray &array, const CnnLayerSpec &layer, int32_t operand,
                   int32_t channel, int32_t pixel) {
    const CnnPlace &read = layer.read;
    const int32_t passes = read.passes(layer.input.channels);
    const int32_t pass = channel / read.count();
    const int32_t processor = nth_of(read.processors, channel % read.count());
    if (layer.is_planar) {
        const int32_t word = read.word + pixel / kLanes * passes + pass;
        return {.address = data_address(array, processor, word), .lane = pixel % kLanes};
    }
    const int32_t word = (pixel * passes + pass) * layer.operands() + operand;
    return {.address = data_address(array, processor, read.word + word * (read.gap + 1)),
            .lane = processor % kLanes};
}

CnnCell output_cell(const CnnArray &array, const CnnLayerSpec &layer, int32_t channel,
                    int32_t pixel) {
    const CnnPlace &write = layer.write;
    const int32_t pass = channel / write.count();
    const int32_t processor = nth_of(write.processors, channel % write.count());
    const int32_t lane = processor % kLanes;
    const int32_t passes = write.passes(output_shape(layer).channels);
    const int32_t word = (pixel * passes + pass) * (write.gap + 1);
    if (!layer.is_wide) {
        return {.address = data_address(array, processor, write.word + word), .lane = lane};
    }
    return {.address = data_address(array, processor, write.word + word * kLanes + lane)};
}

}  // namespace ingot::test
