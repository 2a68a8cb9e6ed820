// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Rules on where a layer's data, kernels and biases lie, and on how layers follow each other.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "boards/machines/cnn_array_rules.h"

namespace ingot::cnn_rules {
namespace {

CnnVerdict refuse(std::string what, std::string hint = {}) {
    return CnnFinding{std::move(what), std::move(hint)};
}

std::string map_text(uint64_t map) { return fmt::format("0x{:016x}", map); }

CnnVerdict count_of(std::string_view what, uint64_t map, int64_t channels) {
    const int64_t found = processor_count(map);
    const int64_t wanted = processors_per_pass(channels);
    if (found == wanted) return {};
    return refuse(fmt::format("{} {} {} for {} channels in {} {}; accepted: {}", found, what,
                              map_text(map), channels, passes(channels),
                              passes(channels) == 1 ? "pass" : "passes", wanted));
}

// The part of a map that lies in a quadrant.
uint64_t in_quadrant(uint64_t map, int64_t quadrant) {
    return map >> (quadrant * kCnnProcessorsPerQuadrant) & 0xFFFF;
}

CnnVerdict fits_memory(const CnnPart &part, const CnnRegion &region, std::string_view what) {
    const int64_t end = region.end();
    if (region.start >= 0 && end <= part.array.data_words) return {};
    return refuse(fmt::format("{} lies in words {}..{} of its instances; accepted: 0..{}", what,
                              region.start, end - 1, part.array.data_words - 1),
                  "a smaller offset, fewer pixels, or streaming");
}

bool is_layer(int64_t input) { return input >= 0; }

}  // namespace

// -- processors -----------------------------------------------------------------------------------

CnnVerdict processors(const CnnPart &part) {
    return count_of("processors", part.layer.processors, part.layer.input_channels);
}

CnnVerdict output_processors(const CnnPart &part) {
    return count_of("output processors", part.layer.output_processors, part.layer.output_channels);
}

CnnVerdict planar_processors(const CnnPart &part) {
    if (!part.layer.is_planar) return {};
    for (int64_t i = 0; i < kCnnProcessors / kCnnProcessorsPerInstance; ++i) {
        const uint64_t four = part.layer.processors >> (i * kCnnProcessorsPerInstance) & 0xF;
        if (processor_count(four) <= 1) continue;
        return refuse(
            fmt::format("CHW input for processors {}, of which {} share instance {}; "
                        "accepted: one for each instance",
                        map_text(part.layer.processors), processor_count(four), i));
    }
    return {};
}

CnnVerdict planar_first(const CnnPart &part) {
    if (!part.layer.is_planar || part.index == 0) return {};
    return refuse("CHW input; accepted: HWC in all layers but the first");
}

CnnVerdict pass_through_processors(const CnnPart &part) {
    if (convolves(part.layer)) return {};
    for (int64_t q = 0; q < kCnnQuadrants; ++q) {
        const uint64_t packed =
            (uint64_t{1} << processor_count(in_quadrant(part.layer.processors, q))) - 1;
        const uint64_t found = in_quadrant(part.layer.output_processors, q);
        const uint64_t aligned = found >> first_processor(found);
        if (aligned == packed) continue;
        return refuse(
            fmt::format("output processors {} for input processors {}; accepted in "
                        "quadrant {}: {} in a row",
                        map_text(part.layer.output_processors), map_text(part.layer.processors), q,
                        processor_count(packed)));
    }
    return {};
}

CnnVerdict depthwise_processors(const CnnPart &part) {
    const auto &[in, out] = std::tie(part.layer.processors, part.layer.output_processors);
    if (part.layer.groups == 1) return {};
    const bool spans = last_processor(in) - first_processor(in) >= kCnnProcessorsPerQuadrant;
    const bool is_aligned = first_processor(out) % kCnnProcessorsPerInstance == 0 &&
                            (!spans || first_processor(in) % kCnnProcessorsPerInstance == 0);
    if (is_aligned) return {};
    return refuse(
        fmt::format("depthwise from processors {} to {}; accepted: maps that begin at a "
                    "multiple of 4",
                    map_text(in), map_text(out)));
}

// -- data memory ----------------------------------------------------------------------------------

CnnVerdict read_gap(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (layer.read_gap == 0) return {};
    if (!part.limits().reads_gaps) {
        return refuse(fmt::format("read gap {}; accepted: 0", layer.read_gap));
    }
    if (passes(layer.input_channels) == 1) return {};
    return refuse(fmt::format("read gap {} with {} channels; accepted: 0 beyond 64 channels",
                              layer.read_gap, layer.input_channels));
}

CnnVerdict write_gap(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    const int64_t each = convolves(layer) ? passes(layer.output_channels) : 1;
    const int64_t most = int64_t{1} << part.limits().write_gap_bits;
    if (layer.write_gap >= 0 && each * (layer.write_gap + 1) <= most) return {};
    const std::string accepted = each <= most ? fmt::format("accepted: 0..{}", most / each - 1)
                                              : "no gap is accepted, not even 0: too many channels";
    return refuse(fmt::format("write gap {} with {} output channels; {}", layer.write_gap,
                              layer.output_channels, accepted));
}

CnnVerdict data_offset(const CnnPart &part) {
    const int64_t end = 4 * part.array.data_words;
    for (const auto &[what, offset] : {std::pair("input", part.layer.input_offset),
                                       std::pair("output", part.layer.output_offset)}) {
        if (offset >= 0 && offset < end && offset % 4 == 0) continue;
        return refuse(fmt::format("{} offset 0x{:x}; accepted: multiples of 4 below 0x{:x}", what,
                                  offset, end));
    }
    return {};
}

CnnVerdict input_memory(const CnnPart &part) {
    if (part.layer.streams) return {};
    return fits_memory(part, read_region(part.layer), "the input");
}

CnnVerdict output_memory(const CnnPart &part) {
    const int64_t next = part.layer.next;
    const bool is_passed_on =
        part.layer.streams && is_layer(next) && part.network.layers[next].streams;
    if (is_passed_on) return {};
    return fits_memory(part, written_region(part.network, part.index), "the output");
}

CnnVerdict data_overlap(const CnnPart &part) {
    if (part.layer.streams) return {};
    const auto word = overwritten_input(part.network, part.index);
    if (!word) return {};
    return refuse(
        fmt::format("word {} of its instances is written before it is read; input 0x{:x}, "
                    "output 0x{:x}",
                    *word, part.layer.input_offset, part.layer.output_offset),
        "another out_offset, or other output processors");
}

CnnVerdict data_lost(const CnnWhole &whole) {
    for (const CnnLoss &loss : lost_data(whole.network)) {
        const std::string owner = loss.owner == kCnnInput
                                      ? "the network's input"
                                      : "the output of " + layer_text(whole.network, loss.owner);
        return refuse(fmt::format("{} writes over {}, which {} is to read",
                                  layer_text(whole.network, loss.writer), owner,
                                  layer_text(whole.network, loss.reader)),
                      "another out_offset, or other output processors");
    }
    return {};
}

// -- kernel and bias memory -----------------------------------------------------------------------

CnnVerdict kernel_start(const CnnPart &part) {
    if (part.layer.kernel_start < 0 || part.layer.kernel_start % 4 == 0) return {};
    return refuse(
        fmt::format("kernels start at word {}; accepted: multiples of 4", part.layer.kernel_start));
}

CnnVerdict kernel_memory(const CnnPart &part) {
    const CnnKernelPlace &place = part.kernels[part.index];
    if (place.full_processor < 0) return {};
    const int64_t words = place.full_processor % kCnnProcessorsPerQuadrant == 0
                              ? part.array.first_kernel_words
                              : part.array.kernel_words;
    return refuse(
        fmt::format("kernels would lie in words {}..{} of processor {}; accepted: 0..{}",
                    place.start, place.start + place.words - 1, place.full_processor, words - 1),
        "narrower weights, fewer channels, or other processors");
}

CnnVerdict depthwise_kernels(const CnnPart &part) {
    const CnnKernelPlace &place = part.kernels[part.index];
    if (!place.is_split) return {};
    return refuse(
        fmt::format("depthwise kernels would lie in words {}..{}; accepted: within one of "
                    "the memory's parts of {} words",
                    place.start, place.start + place.words - 1, part.limits().kernel_part_words));
}

CnnVerdict bias_memory(const CnnWhole &whole) {
    const CnnBiasUse use = place_biases(whole.network, false);
    for (int64_t q = 0; q < kCnnQuadrants; ++q) {
        if (use[q] <= whole.array.bias_bytes) continue;
        return refuse(fmt::format("{} bytes of bias in quadrant {}; accepted: up to {}", use[q], q,
                                  whole.array.bias_bytes));
    }
    return {};
}

CnnVerdict bias_quadrant(const CnnPart &part) {
    uint32_t used = 0;
    for (const CnnLayer &layer : part.network.layers) used |= quadrants_of(layer.processors);
    for (const int64_t quadrant : part.layer.bias_quadrants) {
        const bool exists = quadrant >= 0 && quadrant < kCnnQuadrants;
        if (!exists || !(used >> quadrant & 1)) {
            return refuse(
                fmt::format("bias in quadrant {}; accepted: quadrants of processors that "
                            "the network uses",
                            quadrant));
        }
    }
    if (part.layer.bias_quadrants.empty() || part.layer.groups == 1) return {};
    return refuse(
        "a depthwise layer names a quadrant for its bias; accepted: those of its "
        "processors, which need not be named");
}

// -- the network ----------------------------------------------------------------------------------

CnnVerdict layer_count(const CnnWhole &whole) {
    auto count = static_cast<int64_t>(whole.network.layers.size());
    int64_t resets = 0;
    for (const CnnLayer &layer : whole.network.layers) {
        const int64_t from = layer.inputs.empty() ? kCnnInput : layer.inputs[0];
        const bool follows_element_wise = is_layer(from) && whole.network.layers[from].operands > 1;
        const bool averages = layer.pool_kind == CnnPool::kAverage;
        if (whole.array.limits.resets_average_pool && averages && follows_element_wise) ++resets;
    }
    if (count + resets <= whole.array.layers) return {};
    const std::string more =
        resets == 0 ? "" : fmt::format(" and {} to reset average pooling", resets);
    return refuse(fmt::format("{} layers{}; accepted: up to {}", count, more, whole.array.layers));
}

CnnVerdict layer_order(const CnnPart &part) {
    const int64_t next = part.layer.next;
    if (next == kCnnStop || next == part.index + 1 || part.limits().links_layers) return {};
    return refuse(
        fmt::format("layer {} is to follow; accepted: {}, or an end", next, part.index + 1),
        "the MAX78002 links layers");
}

CnnVerdict layer_loop(const CnnWhole &whole) {
    const std::vector<int64_t> order = execution_order(whole.network);
    if (order.empty()) return refuse("has no layers; accepted: at least one");
    const int64_t after = whole.network.layers[order.back()].next;
    if (after == kCnnStop) return {};
    return refuse(fmt::format("{} leads back to layer {}; accepted: an order that ends",
                              layer_text(whole.network, order.back()), after));
}

CnnVerdict quadrant_0(const CnnWhole &whole) {
    uint64_t used = 0;
    for (const CnnLayer &layer : whole.network.layers) {
        used |= layer.processors;
        if (layer.next == kCnnStop) used |= layer.output_processors;
    }
    if (in_quadrant(used, 0) != 0) return {};
    return refuse(fmt::format("no layer uses quadrant 0, only {}; accepted: a network that does",
                              map_text(used)));
}

CnnVerdict snoop(const CnnWhole &whole) {
    if (!whole.network.snoops || whole.array.limits.snoops) return {};
    return refuse("asks for snooping, which this part lacks", "the MAX78002 has it");
}

// -- streaming ------------------------------------------------------------------------------------

CnnVerdict streaming_layers(const CnnWhole &whole) {
    const int64_t found = std::ranges::count_if(whole.network.layers, &CnnLayer::streams);
    if (found <= whole.array.streams) return {};
    return refuse(
        fmt::format("{} streaming layers; accepted: up to {}", found, whole.array.streams));
}

CnnVerdict streaming_order(const CnnPart &part) {
    if (!part.layer.streams || part.index == 0) return {};
    if (part.network.layers[part.index - 1].streams) return {};
    return refuse(
        fmt::format("streams, but layer {} does not; accepted: the first layers, without "
                    "one in between that does not",
                    part.index - 1));
}

CnnVerdict streaming_next(const CnnPart &part) {
    const int64_t next = part.layer.next;
    if (!part.layer.streams || next == kCnnStop || next == part.index + 1) return {};
    return refuse(fmt::format("streams to layer {}; accepted: {}", next, part.index + 1));
}

CnnVerdict streaming_last_padding(const CnnPart &part) {
    const int64_t next = part.layer.next;
    const bool is_last =
        part.layer.streams && (!is_layer(next) || !part.network.layers[next].streams);
    const CnnExtent pad = hardware_shape(part.network, part.index).pad;
    if (!is_last || part.limits().streams_unpadded_last) return {};
    if (pad.height > 0 && pad.width > 0) return {};
    return refuse("the last streaming layer has no padding; accepted: 1 or 2");
}

CnnVerdict streaming_pass_through(const CnnPart &part) {
    if (!part.layer.streams || convolves(part.layer)) return {};
    if (part.limits().streams_pass_through) return {};
    return refuse("streams without a convolution; accepted: with one");
}

CnnVerdict streaming_one_by_one(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    const bool is_emulated = layer.operation == CnnOperation::kConv2d &&
                             layer.kernel == CnnExtent{1, 1} &&
                             hardware_shape(part.network, part.index).kernel != layer.kernel;
    if (!is_emulated || layer.pad == CnnExtent{0, 0}) return {};
    return refuse(
        fmt::format("a 1x1 kernel with padding {} in a stream; accepted: 0", layer.pad.height));
}

CnnVerdict streaming_bias(const CnnPart &part) {
    const bool is_concerned = part.layer.streams && part.layer.bias == CnnBias::kPresent;
    if (!is_concerned || part.limits().streams_bias) return {};
    return refuse("streams and has a bias; accepted: one of the two");
}

CnnVerdict fifo_channels(const CnnWhole &whole) {
    if (!whole.network.uses_fifo || whole.network.layers.empty()) return {};
    constexpr int64_t kChannelsPerFifo = 4;  // ai8x-synthesis, README
    const CnnLayer &first = whole.network.layers[0];
    const int64_t most = first.is_planar ? whole.array.fifos : whole.array.fifos * kChannelsPerFifo;
    if (first.input_channels <= most) return {};
    return refuse(fmt::format("{} {} channels from FIFOs; accepted: up to {}", first.input_channels,
                              first.is_planar ? "CHW" : "HWC", most));
}

CnnVerdict fifo_processors(const CnnWhole &whole) {
    if (!whole.network.uses_fifo || whole.network.layers.empty()) return {};
    // The first of each quadrant, or its first four. Source: ai8x-synthesis, README.
    const CnnLayer &first = whole.network.layers[0];
    const uint64_t most = first.is_planar ? 0x0001000100010001 : 0x000f000f000f000f;
    if ((first.processors & ~most) == 0) return {};
    return refuse(fmt::format("FIFOs for processors {}; accepted: among {}",
                              map_text(first.processors), map_text(most)));
}

// -- inputs from several layers -------------------------------------------------------------------

CnnVerdict element_wise_inputs(const CnnPart &part) {
    if (part.layer.operands == 1) return {};
    const CnnLayer *one = nullptr;
    for (const int64_t input : part.layer.inputs) {
        if (!is_layer(input)) continue;
        const CnnLayer &other = part.network.layers[input];
        if (one && one->output_channels != other.output_channels) {
            return refuse(fmt::format("operands of {} and {} channels; accepted: the same",
                                      one->output_channels, other.output_channels));
        }
        if (one && one->output_processors != other.output_processors) {
            return refuse(fmt::format("operands on processors {} and {}; accepted: the same",
                                      map_text(one->output_processors),
                                      map_text(other.output_processors)));
        }
        one = &other;
    }
    return {};
}

CnnVerdict concatenation(const CnnPart &part) {
    const std::vector<int64_t> &inputs = part.layer.inputs;
    if (part.layer.operands > 1) return {};
    for (size_t i = 0; i + 1 < inputs.size(); ++i) {
        const int64_t channels = is_layer(inputs[i])
                                     ? part.network.layers[inputs[i]].output_channels
                                     : part.network.input_channels;
        if (inputs[i] == kCnnBuffer || channels % kCnnProcessorsPerInstance == 0) continue;
        return refuse(
            fmt::format("part {} of a concatenation has {} channels; accepted: multiples "
                        "of 4, but for the last part",
                        i, channels));
    }
    return {};
}

}  // namespace ingot::cnn_rules
