// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Places kernels, biases and data.

#include "boards/machines/cnn_array_placement.h"

#include <algorithm>
#include <bitset>
#include <numeric>

namespace ingot {
namespace {

constexpr int64_t kStartMultiple = 4;

// No instance of data memory has as many words; what lies beyond is another rule's business.
constexpr int64_t kDataWordsMax = 1 << 15;

int64_t round_up(int64_t value, int64_t to) { return (value + to - 1) / to * to; }

// -- kernels --------------------------------------------------------------------------------------

// A stretch of words that some processors have given away.
struct Taken {
    uint64_t processors;
    int64_t start;
    int64_t end;
};

int64_t kernel_memory_words(const CnnArray &array, int64_t processor) {
    return processor % kCnnProcessorsPerQuadrant == 0 ? array.first_kernel_words
                                                      : array.kernel_words;
}

// The first of a layer's processors whose memory ends before `end`, or -1.
int64_t too_small(const CnnArray &array, uint64_t processors, int64_t end) {
    for (int64_t p = 0; p < kCnnProcessors; ++p) {
        if (processors >> p & 1 && kernel_memory_words(array, p) < end) return p;
    }
    return -1;
}

// The end of the part of kernel memory that a word lies in.
int64_t part_end(const CnnArray &array, int64_t word) {
    constexpr int64_t kSmallPartWords = 256;  // ai8x-synthesis, tornadocnn.py: MASK_INSTANCE_SMALL
    const bool is_small = word >= array.kernel_words;
    const int64_t part = is_small ? kSmallPartWords : array.limits.kernel_part_words;
    return (word / part + 1) * part;
}

bool is_split(const CnnArray &array, const CnnLayer &layer, int64_t start, int64_t words) {
    return layer.groups > 1 && array.limits.kernel_part_words > 0 && words > 0 &&
           start + words > part_end(array, start);
}

// The first start at which nothing is in the way.
int64_t first_free(const CnnArray &array, const CnnLayer &layer, int64_t words,
                   const std::vector<Taken> &taken) {
    int64_t start = 0;
    const bool is_hopeless = is_split(array, layer, 0, words);
    for (bool moved = true; moved;) {
        moved = false;
        for (const Taken &other : taken) {
            const bool collides = other.processors & layer.processors && start < other.end &&
                                  other.start < start + words;
            if (!collides) continue;
            start = round_up(other.end, kStartMultiple);
            moved = true;
        }
        if (!is_hopeless && is_split(array, layer, start, words)) {
            start = part_end(array, start);
            moved = start < array.first_kernel_words;
        }
    }
    return start;
}

// Layers that use all processors, then the others.
std::vector<int64_t> kernel_order(const CnnNetwork &network) {
    std::vector<int64_t> order(network.layers.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_partition(order.begin(), order.end(), [&](int64_t index) {
        return network.layers[index].processors == ~uint64_t{0};
    });
    return order;
}

}  // namespace

std::vector<CnnKernelPlace> place_kernels(const CnnArray &array, const CnnNetwork &network) {
    std::vector<CnnKernelPlace> places(network.layers.size());
    std::vector<Taken> taken;
    for (const int64_t index : kernel_order(network)) {
        const CnnLayer &layer = network.layers[index];
        const int64_t words = kernels_of(network, index).words;
        if (words == 0 || layer.weights_of >= 0) continue;
        CnnKernelPlace &place = places[index];
        place.words = words;
        place.start =
            layer.kernel_start >= 0 ? layer.kernel_start : first_free(array, layer, words, taken);
        place.full_processor = too_small(array, layer.processors, place.start + words);
        place.is_split = is_split(array, layer, place.start, words);
        taken.push_back({layer.processors, place.start, place.start + words});
    }
    for (size_t i = 0; i < places.size(); ++i) {
        const int64_t from = network.layers[i].weights_of;
        if (from >= 0) places[i].start = places[from].start;
    }
    return places;
}

// -- biases ---------------------------------------------------------------------------------------

namespace {

struct BiasLoad {
    int64_t bytes;
    uint32_t quadrants;  // Those that it may go to.
};

uint32_t bias_quadrants(const CnnLayer &layer, uint32_t used) {
    uint32_t quadrants = 0;
    for (const int64_t q : layer.bias_quadrants) {
        if (q >= 0 && q < kCnnQuadrants) quadrants |= uint32_t{1} << q;
    }
    return quadrants == 0 ? used : quadrants;
}

int64_t emptiest(const CnnBiasUse &use, uint32_t quadrants) {
    int64_t best = -1;
    for (int64_t q = 0; q < kCnnQuadrants; ++q) {
        if (!(quadrants >> q & 1)) continue;
        if (best < 0 || use[q] < use[best]) best = q;
    }
    return std::max<int64_t>(best, 0);
}

}  // namespace

CnnBiasUse place_biases(const CnnNetwork &network, bool includes_unknown) {
    CnnBiasUse use{};
    std::vector<BiasLoad> loads;
    uint32_t used = 0;
    for (const CnnLayer &layer : network.layers) used |= quadrants_of(layer.processors);
    for (const CnnLayer &layer : network.layers) {
        const bool has_bias = layer.bias == CnnBias::kPresent ||
                              (includes_unknown && layer.bias == CnnBias::kUnknown);
        if (!has_bias || !convolves(layer)) continue;
        const int64_t output_passes = passes(layer.output_channels);
        if (layer.groups > 1) {
            for (int64_t q = 0; q < kCnnQuadrants; ++q) {
                const bool takes_part = quadrants_of(layer.processors) >> q & 1;
                if (takes_part) use[q] += kCnnProcessorsPerQuadrant * output_passes;
            }
            continue;
        }
        const int64_t gap = first_processor(layer.output_processors) % kCnnProcessorsPerInstance;
        loads.push_back({.bytes = layer.output_channels + gap * output_passes,
                         .quadrants = bias_quadrants(layer, used)});
    }
    std::ranges::stable_sort(loads, std::greater<>(), &BiasLoad::bytes);
    for (const BiasLoad &load : loads) use[emptiest(use, load.quadrants)] += load.bytes;
    return use;
}

// -- data -----------------------------------------------------------------------------------------

CnnRegion read_region(const CnnLayer &layer) {
    constexpr int64_t kPixelsPerWord = 4;
    const int64_t pixels = layer.is_planar
                               ? (layer.input.area() + kPixelsPerWord - 1) / kPixelsPerWord
                               : layer.input.area();
    return {.instances = instances_of(layer.processors),
            .start = layer.input_offset / 4,
            .count = pixels * passes(layer.input_channels) * layer.operands,
            .stride = layer.read_gap + 1};
}

CnnRegion written_region(const CnnNetwork &network, int64_t index) {
    const CnnLayer &layer = network.layers[index];
    const CnnShape shape = hardware_shape(network, index);
    const int64_t run = layer.output_width / 8;
    return {.instances = instances_of(layer.output_processors),
            .start = layer.output_offset / 4 - shape.ignored_words,
            .count = shape.output.area() * passes(layer.output_channels),
            .stride = (layer.write_gap + 1) * run,
            .run = run};
}

bool meet(const CnnRegion &one, const CnnRegion &other) {
    if (!(one.instances & other.instances)) return false;
    const int64_t end = std::min({one.end(), other.end(), kDataWordsMax});
    for (int64_t word = std::max(one.start, other.start); word < end; ++word) {
        if (one.holds(word) && other.holds(word)) return true;
    }
    return false;
}

namespace {

// The step, in pooled pixels, at which something is read or written.
struct Steps {
    const CnnLayer &layer;
    CnnShape shape;
    CnnExtent in;  // Pooled, without the zeros of transposed convolutions.

    // At which the layer reads a pixel for the last time.
    int64_t last_read(int64_t pixel) const {
        const int64_t row =
            std::min(pixel / layer.input.width / layer.pool_stride.height, in.height - 1);
        const int64_t column =
            std::min(pixel % layer.input.width / layer.pool_stride.width, in.width - 1);
        return row * in.width + column;
    }

    // At which it writes an output pixel: that of the last pixel of its window.
    int64_t write(int64_t pixel) const {
        if (layer.flattens) return in.area() - 1;
        const int64_t zeros = layer.operation == CnnOperation::kTransposedConv2d ? 2 : 1;
        const int64_t row = pixel / shape.output.width + shape.kernel.height - 1 - shape.pad.height;
        const int64_t column =
            pixel % shape.output.width + shape.kernel.width - 1 - shape.pad.width;
        return std::clamp<int64_t>(row / zeros, 0, in.height - 1) * in.width +
               std::clamp<int64_t>(column / zeros, 0, in.width - 1);
    }
};

}  // namespace

std::optional<int64_t> overwritten_input(const CnnNetwork &network, int64_t index) {
    const CnnLayer &layer = network.layers[index];
    const CnnRegion read = read_region(layer);
    const CnnRegion written = written_region(network, index);
    Steps steps{.layer = layer, .shape = hardware_shape(network, index), .in = pooled(layer)};
    if (!meet(read, written) || steps.in.area() <= 0 || steps.shape.output.area() <= 0) return {};

    const int64_t pixels_read = layer.input.area();
    const int64_t per_pixel_read = std::max<int64_t>(1, read.count / pixels_read);
    const int64_t per_pixel_written = passes(layer.output_channels);
    const int64_t end = std::min({read.end(), written.end(), kDataWordsMax});
    for (int64_t word = std::max(read.start, written.start); word < end; ++word) {
        if (!read.holds(word) || !written.holds(word)) continue;
        int64_t from = (word - read.start) / read.stride / per_pixel_read;
        if (layer.is_planar) from = (word - read.start + 1) * 4 / passes(layer.input_channels) - 1;
        const int64_t to = (word - written.start) / written.stride / per_pixel_written;
        if (steps.last_read(std::min(from, pixels_read - 1)) > steps.write(to)) return word;
    }
    return {};
}

namespace {

// The words of a region, for many questions.
struct WordSet {
    uint32_t instances = 0;
    std::bitset<kDataWordsMax> words = {};

    explicit WordSet(const CnnRegion &region) : instances(region.instances) {
        const int64_t end = std::min(region.end(), kDataWordsMax);
        for (int64_t at = std::max<int64_t>(region.start, 0); at < end; ++at) {
            if (region.holds(at)) words.set(static_cast<size_t>(at));
        }
    }
};

// In the order in which layers run.
struct Run {
    const CnnNetwork &network;
    std::vector<int64_t> order;
    std::vector<WordSet> read = {};  // By layer.
    std::vector<WordSet> written = {};

    explicit Run(const CnnNetwork &net) : network(net), order(execution_order(net)) {
        for (size_t i = 0; i < net.layers.size(); ++i) {
            read.emplace_back(read_region(net.layers[i]));
            written.emplace_back(written_region(net, static_cast<int64_t>(i)));
        }
    }

    int64_t place(int64_t layer) const {
        return std::ranges::find(order, layer) - order.begin();  // Its end: never.
    }
};

// The first layer between a producer and its reader that writes over what one hands to the other.
std::optional<CnnLoss> find_loss(const Run &run, int64_t producer, int64_t reader) {
    const CnnLayer &taker = run.network.layers[reader];
    WordSet kept = run.read[reader];
    if (producer != kCnnInput) {
        kept.words &= run.written[producer].words;
        kept.instances &= run.written[producer].instances;
    }
    const int64_t first = producer == kCnnInput ? 0 : run.place(producer) + 1;
    for (int64_t at = first; at < run.place(reader); ++at) {
        const int64_t writer = run.order[at];
        const bool is_maker = std::ranges::find(taker.inputs, writer) != taker.inputs.end();
        if (run.network.layers[writer].streams || is_maker) continue;
        const WordSet &other = run.written[writer];
        if ((kept.instances & other.instances) && (kept.words & other.words).any()) {
            return CnnLoss{.writer = writer, .owner = producer, .reader = reader};
        }
    }
    return {};
}

}  // namespace

std::vector<CnnLoss> lost_data(const CnnNetwork &network) {
    const Run run(network);
    std::vector<CnnLoss> found;
    for (const int64_t reader : run.order) {
        const CnnLayer &layer = network.layers[reader];
        if (layer.streams) continue;
        for (const int64_t producer : layer.inputs) {
            const bool is_outside =
                producer == kCnnBuffer || (producer == kCnnInput && network.uses_fifo);
            if (is_outside) continue;
            if (const auto loss = find_loss(run, producer, reader)) found.push_back(*loss);
        }
    }
    return found;
}

}  // namespace ingot
