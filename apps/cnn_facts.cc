// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Adds up what layers take, and draws it.

#include "apps/cnn_facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "boards/machines/memory_picture.h"

namespace ingot {
namespace {

std::vector<bool> instances_of(const CnnRegion &region) {
    std::vector<bool> instances(kCnnProcessors / kCnnProcessorsPerInstance);
    for (size_t i = 0; i < instances.size(); ++i) instances[i] = region.instances >> i & 1;
    return instances;
}

// Without those that the memory does not have.
std::vector<bool> words_of(const CnnRegion &region, int64_t size) {
    std::vector<bool> words(static_cast<size_t>(size));
    for (int64_t word = std::max<int64_t>(region.start, 0); word < std::min(region.end(), size);
         ++word) {
        words[static_cast<size_t>(word)] = region.holds(word);
    }
    return words;
}

double seconds(int64_t cycles, int64_t clock_hz) {
    return static_cast<double>(cycles) / static_cast<double>(clock_hz);
}

}  // namespace

std::string extent_text(const CnnExtent &extent) {
    return fmt::format("{}x{}", extent.height, extent.width);
}

std::string channels_text(int64_t channels, const CnnExtent &extent) {
    return fmt::format("{}x{}", channels, extent_text(extent));
}

std::string cycles_text(const CnnCycles &cycles) {
    if (cycles.low == cycles.high) return grouped(cycles.low);
    return fmt::format("{}..{}", grouped(cycles.low), grouped(cycles.high));
}

std::string time_text(const CnnCycles &cycles, int64_t clock_hz) {
    const std::string low = seconds_text(seconds(cycles.low, clock_hz));
    const std::string high = seconds_text(seconds(cycles.high, clock_hz));
    return cycles.low == cycles.high ? low : fmt::format("{}..{}", low, high);
}

CnnMemoryUse memory_use(const CnnArray &array, const CnnNetwork &network) {
    CnnMemoryUse use;
    const std::vector<CnnKernelPlace> kernels = place_kernels(array, network);
    for (size_t i = 0; i < kernels.size(); ++i) {
        const CnnLayer &layer = network.layers[i];
        use.weight_bytes += weight_bytes(layer);
        for (int64_t p = 0; p < kCnnProcessors; ++p) {
            if (layer.processors >> p & 1) use.kernel_words[p] += kernels[i].words;
        }
    }
    constexpr int64_t kBytesPerWord = 9;
    for (const int64_t words : use.kernel_words) use.kernel_bytes += kBytesPerWord * words;
    use.bias_bytes = place_biases(network, false);
    use.bias_bytes_max = place_biases(network, true);
    return use;
}

std::string instances_picture(const CnnRegion &read, const CnnRegion &written) {
    return memory_picture(instances_of(read), instances_of(written),
                          kCnnProcessors / kCnnProcessorsPerInstance);
}

std::string words_picture(const CnnArray &array, const CnnRegion &read, const CnnRegion &written) {
    return memory_picture(words_of(read, array.data_words), words_of(written, array.data_words),
                          kMemoryMarks);
}

CnnTraffic traffic(const CnnNetwork &network, int64_t index) {
    const CnnLayer &layer = network.layers[index];
    const bool passes_on = layer.streams && layer.next >= 0 && network.layers[layer.next].streams;
    CnnTraffic result;
    if (!layer.streams) result.read = read_region(layer);
    if (!passes_on) result.written = written_region(network, index);
    return result;
}

}  // namespace ingot
