// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Gathers what lies spread over instances and words.

#include "sim/machines/cnn_array/layer_output.h"

#include "sim/machines/cnn_array/accelerator_report.h"
#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {

LayerOutput layer_output(const Layer &layer, const DataMemory &data) {
    LayerOutput output{.index = layer.index,
                       .op = operation_text(layer),
                       .shape = output_shape(layer),
                       .is_wide = layer.is_wide};
    if (layer.is_idle) return output;
    const int64_t step = output_step(layer);
    for (const OutputChannel &channel : output_channels(layer)) {
        const DataPlace &place = channel.place;
        for (int64_t pixel = 0; pixel < layer.output_pixels(); ++pixel) {
            const int64_t word = place.word + pixel * step;
            output.values.push_back(
                layer.is_wide ? static_cast<int32_t>(data.read(place.instance, word))
                              : static_cast<int8_t>(data.at(place.instance, word)[place.lane]));
        }
    }
    return output;
}

LayerRecorder::LayerRecorder(CnnArrayDevice &device) {
    device.set_listener([this, &device](const Layer &layer, const DataMemory &data) {
        if (device.runs().size() != run_) outputs_.clear();
        run_ = device.runs().size();
        outputs_.push_back(layer_output(layer, data));
    });
}

}  // namespace ingot::sim
