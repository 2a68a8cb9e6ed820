// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Walks what layers read and write, and sums it up in ranges and pictures.

#include "sim/machines/cnn_array/memory_use.h"

#include <algorithm>
#include <set>
#include <utility>

#include "boards/machines/memory_picture.h"
#include "sim/machines/cnn_array/hazards.h"
#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {
namespace {

using Words = std::vector<bool>;

WordSets empty_data(const CnnArray &array) {
    return {static_cast<size_t>(array.instance_count()),
            Words(static_cast<size_t>(array.data_words))};
}

WordSets empty_kernels(const CnnArray &array) {
    WordSets sets;
    for (int32_t p = 0; p < array.processor_count(); ++p) {
        sets.emplace_back(static_cast<size_t>(kernel_words(array, p)));
    }
    return sets;
}

bool has_any(const Words &words) { return std::ranges::find(words, true) != words.end(); }

void add(Words &to, const Words &words) {
    for (size_t i = 0; i < words.size(); ++i) to[i] = to[i] || words[i];
}

// Of one processor, or in x4 mode of one part of its memory.
void add_kernels(Words &words, const Layer &layer, const CnnArray &array, int32_t processor,
                 int32_t part) {
    const int32_t outputs = layer.is_x4 ? (layer.outputs - part + 3) / 4 : layer.outputs;
    if (outputs <= 0) return;
    const int64_t first = kernel_place(layer, 0).byte / KernelMemory::kWordBytes;
    const KernelPlace end = kernel_place(layer, int64_t{outputs} * layer.passes - 1);
    const int64_t last = (end.byte + layer.taps() - 1) / KernelMemory::kWordBytes;
    for (int64_t w = first; w <= last; ++w) {
        const int64_t word = layer.is_x4 ? x4_word(array, processor, part, w) : w;
        words[static_cast<size_t>(word)] = true;
    }
}

WordRange range_of(const Words &words) {
    const auto first = std::ranges::find(words, true);
    const auto last = std::find(words.rbegin(), words.rend(), true);
    return {.first_word = first - words.begin(),
            .last_word = words.rend() - last - 1,
            .words = std::ranges::count(words, true)};
}

// Units with the same words share a range.
std::vector<WordRange> ranges_of(const WordSets &sets) {
    std::vector<WordRange> ranges;
    for (size_t unit = 0; unit < sets.size(); ++unit) {
        if (!has_any(sets[unit])) continue;
        const auto same = std::ranges::find_if(ranges, [&](const WordRange &range) {
            return sets[static_cast<size_t>(range.units[0])] == sets[unit];
        });
        WordRange &range = same != ranges.end() ? *same : ranges.emplace_back(range_of(sets[unit]));
        range.units.push_back(static_cast<int64_t>(unit));
    }
    return ranges;
}

// A mark for each instance...
Words instances_of(const WordSets &sets) {
    Words instances;
    for (const Words &words : sets) instances.push_back(has_any(words));
    return instances;
}

// ...and the words of any.
Words united(const WordSets &sets) {
    Words all(sets[0].size());
    for (const Words &words : sets) add(all, words);
    return all;
}

}  // namespace

WordSets words_read(const Layer &layer, const CnnArray &array) {
    WordSets sets = empty_data(array);
    if (layer.is_idle || layer.reads_ring) return sets;
    const std::vector<int32_t> readers = last_readers(layer);
    for (const int32_t instance : input_instances(layer)) {
        Words &words = sets[static_cast<size_t>(instance)];
        for (size_t i = 0; i < readers.size(); ++i) words[i] = readers[i] != kNotRead;
    }
    return sets;
}

WordSets words_written(const Layer &layer, const CnnArray &array) {
    WordSets sets = empty_data(array);
    if (layer.is_idle || layer.writes_ring) return sets;
    std::set<std::pair<int64_t, int64_t>> starts;  // Four channels share a word.
    for (const OutputChannel &channel : output_channels(layer)) {
        starts.emplace(channel.place.instance, channel.place.word);
    }
    const int64_t step = output_step(layer);
    for (const auto &[instance, start] : starts) {
        Words &words = sets[static_cast<size_t>(instance)];
        for (int64_t pixel = 0; pixel < layer.output_pixels(); ++pixel) {
            words[static_cast<size_t>(start + pixel * step)] = true;
        }
    }
    return sets;
}

WordSets kernel_words_used(const Layer &layer, const CnnArray &array) {
    WordSets sets = empty_kernels(array);
    if (layer.is_idle || !layer.convolves() || layer.is_bypassed) return sets;
    for (int32_t p = 0; p < array.processor_count(); ++p) {
        if ((layer.kernels >> p & 1) == 0) continue;
        for (int32_t part = 0; part < (layer.is_x4 ? 4 : 1); ++part) {
            add_kernels(sets[static_cast<size_t>(p)], layer, array, p, part);
        }
    }
    return sets;
}

LayerPlaces places_of(const Layer &layer, const CnnArray &array) {
    const WordSets read = words_read(layer, array);
    const WordSets written = words_written(layer, array);
    LayerPlaces places{.kernels = ranges_of(kernel_words_used(layer, array))};
    if (layer.is_idle || !layer.reads_ring) places.read = ranges_of(read);
    if (layer.is_idle || !layer.writes_ring) places.written = ranges_of(written);
    places.instances =
        memory_picture(instances_of(read), instances_of(written), array.instance_count());
    places.words = memory_picture(united(read), united(written), kMemoryMarks);
    return places;
}

AcceleratorMemory memory_of(std::span<const Layer> layers, const CnnArray &array) {
    WordSets used = empty_kernels(array);
    for (const Layer &layer : layers) {
        const WordSets more = kernel_words_used(layer, array);
        for (size_t p = 0; p < used.size(); ++p) add(used[p], more[p]);
    }
    AcceleratorMemory memory{.data_words = array.data_words,
                             .kernel_words = array.kernel_words,
                             .first_kernel_words = array.first_kernel_words};
    for (const Words &words : used) {
        memory.kernel_words_used.push_back(std::ranges::count(words, true));
    }
    return memory;
}

}  // namespace ingot::sim
