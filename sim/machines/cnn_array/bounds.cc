// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Checks the places of layers against the sizes of the part's memories.

#include "sim/machines/cnn_array/bounds.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/machines/cnn_array/places.h"

namespace ingot::sim {
namespace {

// Source: ai8x-synthesis, izer/tornadocnn.py: FRAME_SIZE_MAX, rows x columns x passes.
constexpr int64_t kFrameMax = 1 << 21;

tl::unexpected<Diagnostic> outside(const Layer &layer, int32_t quadrant, std::string_view field,
                                   std::string what, std::string accepted) {
    return fail(Code::kCnnProgramInvalid,
                fmt::format("quadrant {}, layer {}, {}", quadrant, layer.index, field),
                std::move(what), std::move(accepted));
}

Result<void> check_input(const Layer &layer, const CnnArray &array) {
    if (layer.is_planar && layer.operands > 1) {
        return outside(layer, layer.master_quadrant, "planar", "planar input of several operands",
                       "one operand");
    }
    const int64_t pixels = last_input_pixel(layer) + 1;
    if (pixels * layer.passes >= kFrameMax) {
        return outside(layer, layer.master_quadrant, "passes",
                       fmt::format("{} pixels in {} passes", pixels, layer.passes),
                       fmt::format("pixels times passes below {}", kFrameMax));
    }
    const int64_t words = layer.reads_ring ? kRingMax : array.data_words;
    if (input_words(layer) <= words) return {};
    return outside(layer, layer.master_quadrant, "read_pointer",
                   fmt::format("input as far as word {}", input_words(layer) - 1),
                   fmt::format("an instance of data memory has {} words", words));
}

Result<void> check_output(const Layer &layer, const CnnArray &array) {
    const int64_t words = layer.writes_ring ? kRingMax : array.data_words;
    const int64_t last = (layer.output_pixels() - 1) * output_step(layer);
    for (const OutputChannel &channel : output_channels(layer)) {
        const DataPlace &place = channel.place;
        const int32_t quadrant = layer.kind == Layer::Kind::kConvolution ? layer.master_quadrant
                                                                         : channel.processor / 16;
        if (place.instance >= array.instance_count()) {
            return outside(layer, quadrant, "write_pointer",
                           fmt::format("output to instance {}", place.instance),
                           fmt::format("there are {}", array.instance_count()));
        }
        if (place.word + last >= words) {
            return outside(layer, quadrant, "write_pointer",
                           fmt::format("output as far as word {}", place.word + last),
                           fmt::format("an instance of data memory has {} words", words));
        }
    }
    return {};
}

// The last word that a kernel lies in; -1: not all of them lie in one stretch of a part of x4 mode.
int64_t last_kernel_word(const Layer &layer, const CnnArray &array, int32_t processor) {
    const int64_t first = kernel_place(layer, 0).byte / 9;
    const KernelPlace place = kernel_place(layer, kernels_each(layer) - 1);
    const int64_t word = (place.byte + layer.taps() - 1) / 9;
    if (!layer.is_x4) return word;
    const bool is_one_stretch = (first < array.kernel_words) == (word < array.kernel_words);
    return is_one_stretch ? x4_word(array, processor, 3, word) : -1;
}

Result<void> check_kernels(const Layer &layer, const CnnArray &array) {
    if (layer.is_bypassed) return {};
    for (int32_t p = 0; p < 64; ++p) {
        if ((layer.kernels >> p & 1) == 0) continue;
        const int64_t last = last_kernel_word(layer, array, p);
        if (last >= 0 && last < kernel_words(array, p)) continue;
        return outside(layer, p / 16, "kernel_last",
                       last < 0 ? fmt::format("kernels of processor {} leave their part", p)
                                : fmt::format("kernels of processor {} end in word {}", p, last),
                       fmt::format("its kernel memory has {} words{}", kernel_words(array, p),
                                   layer.is_x4 ? " in four parts" : ""));
    }
    return {};
}

int64_t last_bias(const Layer &layer, int32_t quadrant) {
    if (layer.kind == Layer::Kind::kConvolution) {
        return bias_byte(layer, quadrant, layer.outputs - 1);
    }
    int64_t last = 0;
    for (int32_t p = 16 * quadrant; p < 16 * quadrant + 16; ++p) {
        if (layer.processors >> p & 1) {
            last = std::max(last, depthwise_bias_byte(layer, p, layer.passes - 1));
        }
    }
    return last;
}

Result<void> check_bias(const Layer &layer, const CnnArray &array) {
    for (int32_t q = 0; q < 4; ++q) {
        if (!layer.bias[static_cast<size_t>(q)].is_used) continue;
        const int64_t last = last_bias(layer, q);
        if (last < array.bias_bytes) continue;
        return outside(layer, q, "bias_start", fmt::format("biases as far as byte {}", last),
                       fmt::format("the bias memory has {} bytes", array.bias_bytes));
    }
    return {};
}

// What simulating a layer costs, in multiplications: products of rows of at least 32 values, and
// words read, each of which costs as much as some.
int64_t work_of(const Layer &layer) {
    constexpr int64_t kRow = 32;
    constexpr int64_t kWord = 32;
    const auto instances = static_cast<int64_t>(input_instances(layer).size());
    const int64_t words = int64_t{layer.pooled_rows} * layer.pooled_columns * layer.pooling.rows *
                          layer.pooling.columns * layer.operands * layer.passes * instances;
    const int64_t row = std::max(kRow, layer.taps() * layer.passes * instances * 4);
    return words * kWord + layer.output_pixels() * layer.outputs * row;
}

Result<void> check_work(int64_t work, int64_t work_max) {
    if (work < work_max) return {};
    return fail(Code::kCnnProgramInvalid, "the program",
                fmt::format("{} multiplications or more", work_max),
                "a program that a simulation can finish");
}

}  // namespace

int64_t input_words(const Layer &layer) {
    return input_word(layer, last_input_pixel(layer)) + input_step(layer) - layer.read_gap;
}

int64_t output_words(const Layer &layer) {
    int64_t words = 0;
    for (const OutputChannel &channel : output_channels(layer)) {
        words = std::max(words, channel.place.word + 1);
    }
    return words + (layer.output_pixels() - 1) * output_step(layer);
}

int64_t ring_words(const Layer &before, const Layer &after) {
    return std::max(output_words(before), input_words(after));
}

int64_t multiplications(const Layer &layer) {
    if (layer.is_idle || !layer.convolves()) return 0;
    const int64_t each = int64_t{layer.processor_count()} * layer.passes * layer.taps();
    return each * layer.outputs * layer.output_pixels();
}

Result<void> check_bounds(const std::vector<Layer> &layers, const CnnArray &array,
                          int64_t work_max) {
    int64_t work = 0;
    for (const Layer &layer : layers) {
        if (layer.is_idle) continue;
        work += work_of(layer);
        TRY_DO(check_work(work, work_max));
        TRY_DO(check_input(layer, array));
        TRY_DO(check_output(layer, array));
        if (!layer.convolves()) continue;
        TRY_DO(check_kernels(layer, array));
        TRY_DO(check_bias(layer, array));
    }
    return {};
}

}  // namespace ingot::sim
