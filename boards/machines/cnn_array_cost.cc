// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Counts what a layer reads, pads, writes to its line buffers and puts out, row by row.

#include "boards/machines/cnn_array_cost.h"

#include <algorithm>
#include <cmath>

namespace ingot {
namespace {

// Clocks for one position of the kernel, without those for its outputs.
struct Position {
    int64_t pad = 0;      // It lies on padding.
    int64_t data = 0;     // It lies on data.
    int64_t repeats = 1;  // Of a pixel that is pooled after its operands met.
};

Position position(const CnnWork &work) {
    const int64_t window = work.pool.area();
    if (work.pools_first) {
        const int64_t each = work.passes * work.operands;
        return {.pad = 2 * each, .data = each * (window + 1)};
    }
    return {.pad = 2 * work.passes,
            .data = work.passes * (work.operands * window + 1),
            .repeats = work.passes};
}

// Where operands meet before they are pooled, each position first runs over the kernels that lie
// in front of the layer's own.
int64_t lead_in_cycles(const CnnWork &work) {
    if (work.pools_first || (work.passes == 1 && work.operands == 1)) return 0;
    const auto &[pad, pooled, kernel] = std::tie(work.pad, work.pooled, work.kernel);
    const int64_t positions = (pooled.height + 2 * pad.height - kernel.width + 1) * pad.width +
                              (pooled.width + 2 * pad.width - kernel.height + 1) * pad.height -
                              pad.height * pad.width;
    return work.lead_in * positions;
}

int64_t convolution_cycles(const CnnWork &work) {
    constexpr int64_t kWrite = 1;  // A position that completes no output takes one more.
    const Position at = position(work);
    const int64_t pad = work.pad.width;
    const int64_t early =
        work.kernel.width - 1 - pad;  // Positions of data before the first output.
    const int64_t late = work.output.width - pad;

    // Rows of padding and of data that complete no output...
    const int64_t margins = 2 * pad * (at.pad + kWrite);
    const int64_t row = at.repeats * work.pooled.width;
    const int64_t top_row = margins + row * (at.pad + kWrite);
    const int64_t first_row = margins + row * (at.data + kWrite);

    // ...and such that do.
    const int64_t sides = pad * (at.pad + kWrite) + pad * at.pad;
    const int64_t data_row = sides + at.repeats * (early * (at.data + kWrite) + late * at.data);
    const int64_t bottom_row = sides + at.repeats * (early * (at.pad + kWrite) + late * at.pad);
    const int64_t lone = work.kernels == 1 && work.passes == 1 ? work.kernels : 0;
    const int64_t outputs = work.passes * work.output.width * work.kernels + lone;

    const int64_t early_rows = work.kernel.height - 1 - work.pad.height;
    return lead_in_cycles(work) + (work.counts_flattened ? 1 : 0) + work.pad.height * top_row +
           early_rows * first_row + (work.pooled.height - early_rows) * (data_row + outputs) +
           work.pad.height * (bottom_row + outputs);
}

// Words that a pass-through layer writes for each pixel and pass, in the quadrant that has most.
int64_t time_slots(const CnnLayer &layer) {
    int64_t slots = 0;
    for (int64_t q = 0; q < kCnnQuadrants; ++q) {
        const int64_t used =
            processor_count(layer.processors >> (q * kCnnProcessorsPerQuadrant) & uint64_t{0xFFFF});
        slots = std::max(slots, (used * layer.output_width / 8 + 3) / 4);
    }
    return std::max<int64_t>(slots, 1);
}

}  // namespace

int64_t cycles(const CnnWork &work) {
    if (work.convolves) return convolution_cycles(work);
    return work.pooled.area() * (position(work).data + work.passes * work.time_slots);
}

int64_t vendor_cycles(const CnnWork &work) {
    const int64_t unstreamed = cycles(work);
    return work.streams ? (15 * unstreamed + 9) / 10 : unstreamed;
}

CnnWork work_of(const CnnArray &array, const CnnNetwork &network, int64_t index,
                const CnnKernelPlace &kernels) {
    const CnnLayer &layer = network.layers[index];
    const CnnShape shape = hardware_shape(network, index);
    const int64_t input_passes = passes(layer.input_channels);
    CnnWork work{.convolves = convolves(layer),
                 .kernel = shape.kernel,
                 .pad = shape.pad,
                 .pool = layer.pool,
                 .pooled = shape.pooled,
                 .output = layer.flattens ? shape.pooled : shape.output,
                 .passes = input_passes,
                 .operands = layer.operands,
                 .pools_first = layer.pools_first,
                 .kernels = kernels_of(network, index).per_pass,
                 .time_slots = time_slots(layer),
                 .streams = layer.streams};
    constexpr int64_t kPassesCounted = 16;
    work.counts_flattened = layer.flattens && input_passes * shape.pooled.area() > kPassesCounted;
    if (array.layout == CnnArray::Layout::kMax78000) work.lead_in = kernels.start;
    // Pooling without a convolution takes all passes but one twice.
    const bool pools = layer.pool.area() > 1;
    if (!work.convolves && pools && input_passes > 1) work.passes = 2 * input_passes - 1;
    return work;
}

namespace {

CnnCycles layer_cycles(const CnnArray &array, const CnnWork &work) {
    const int64_t formula = cycles(work);
    double factor = 1;
    CnnCycles range{.low = formula};
    if (work.streams) {
        factor = array.timing.stream_factor;
        range.reason = "streaming layers wait for each other and for the FIFO";
    }
    if (array.timing.pipeline_factor > 1) {
        factor *= array.timing.pipeline_factor;
        if (!range.reason.empty()) range.reason += ", and ";
        range.reason += "the formula is the MAX78000's; what the pipeline adds is not published";
    }
    range.high = std::llround(static_cast<double>(formula) * factor);
    return range;
}

}  // namespace

CnnCost cost(const CnnArray &array, const CnnNetwork &network) {
    const std::vector<CnnKernelPlace> kernels = place_kernels(array, network);
    CnnCost result{.vendor_cycles = 1};
    for (size_t i = 0; i < network.layers.size(); ++i) {
        const CnnWork work = work_of(array, network, static_cast<int64_t>(i), kernels[i]);
        result.layers.push_back(layer_cycles(array, work));
    }
    result.total = {.low = 1 + array.timing.start_cycles, .high = 1 + array.timing.start_cycles};
    for (const int64_t index : execution_order(network)) {
        const CnnCycles &layer = result.layers[index];
        result.total.low += layer.low;
        result.total.high += layer.high;
        if (result.total.reason.empty() || network.layers[index].streams) {
            if (!layer.reason.empty()) result.total.reason = layer.reason;
        }
        result.vendor_cycles += vendor_cycles(work_of(array, network, index, kernels[index]));
    }
    return result;
}

}  // namespace ingot
