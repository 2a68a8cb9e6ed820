// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a layer moves and multiplies.

#include "sim/machines/cnn_array/run.h"

#include <algorithm>

#include "sim/machines/cnn_array/bounds.h"
#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {

LayerRun describe(const Layer &layer, const ScheduledLayer &time) {
    LayerRun run{.layer = layer, .time = time};
    if (layer.is_idle) return run;
    const int64_t pixels = int64_t{layer.pooled_rows} * layer.pooled_columns * layer.pooling.rows *
                           layer.pooling.columns;
    const auto instances = static_cast<int64_t>(input_instances(layer).size());
    const auto channels = static_cast<int64_t>(output_channels(layer).size());
    run.bytes_read = pixels * layer.operands * layer.passes * instances * 4;
    run.bytes_written = layer.output_pixels() * channels * (layer.is_wide ? 4 : 1);
    run.macs = multiplications(layer);
    if (layer.convolves() && !layer.is_bypassed) {
        const int64_t kernels =
            int64_t{layer.outputs} * layer.passes * std::popcount(layer.kernels);
        run.kernel_bytes = (kernels * layer.taps() * layer.weight_bits + 7) / 8;
    }
    return run;
}

void Remarks::add(std::string sentence) {
    if (sentences_.size() >= kMost || std::ranges::count(sentences_, sentence) > 0) return;
    sentences_.push_back(std::move(sentence));
}

void Remarks::add(const std::vector<std::string> &sentences) {
    for (const std::string &sentence : sentences) add(sentence);
}

}  // namespace ingot::sim
