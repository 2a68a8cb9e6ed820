// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Order of kernels and of bias in the accelerator's memories.
// Sources: ai8x-synthesis, izer/kernels.py and izer/kbias.py.

#include "tests/support/cnn_program/kernels.h"

#include <algorithm>

#include "tests/support/cnn_program/place.h"

namespace ingot::test {
namespace {

constexpr int32_t kWordBytes = 9;

// A processor's kernels as a stream of bytes: byte b is the (8 - b % 9)th of word b / 9.
class KernelStream {
public:
    KernelStream(CnnKernelMemory &memory, const CnnLayerSpec &layer)
        : memory_(memory), layer_(layer), taps_(kernel_rows(layer) * kernel_columns(layer)) {
        for (int32_t i = 0; i < kernel_words(layer); ++i) memory_[layer.kernel_word + i] = {};
    }

    // Kernel number n of the processor; of a kernel, the last tap comes first.
    void put(int32_t number, int32_t tap, uint32_t weight) {
        const int32_t bit = number * layer_.weight_bits;
        const int32_t byte = layer_.kernel_word * kWordBytes + bit / 8 * taps_ + taps_ - 1 - tap;
        uint8_t &target = memory_[byte / kWordBytes][static_cast<size_t>(8 - byte % kWordBytes)];
        target = static_cast<uint8_t>(target | weight << bit % 8);
    }

private:
    CnnKernelMemory &memory_;
    const CnnLayerSpec &layer_;
    int32_t taps_;
};

// A layer's weights, logically and in bits.
struct Weights {
    const CnnProgramSpec &program;
    const CnnLayerSpec &layer;

    uint32_t bits(size_t index) const {
        const int32_t weight = layer.weights[index];
        // Of a pair of -1 and +1, the set bit means -1.
        const bool is_plus = program.is_binary && layer.weight_bits == 1 && weight > 0;
        return is_plus ? 0 : static_cast<uint32_t>(weight) & ((1u << layer.weight_bits) - 1);
    }

    void put_depthwise(std::vector<CnnKernelMemory> &memories) const {
        const int32_t count = layer.read.count();
        const int32_t taps = weights_per_kernel(layer);
        for (int32_t index = 0; index < count; ++index) {
            KernelStream stream(memory_of(memories, index), layer);
            for (int32_t channel = index; channel < layer.input.channels; channel += count) {
                for (int32_t tap = 0; tap < taps; ++tap) {
                    stream.put(channel / count, tap,
                               bits(static_cast<size_t>(channel * taps + tap)));
                }
            }
        }
    }

    void put_all(std::vector<CnnKernelMemory> &memories) const {
        for (int32_t index = 0; index < layer.read.count(); ++index) {
            KernelStream stream(memory_of(memories, index), layer);
            for (int32_t output = 0; output < layer.outputs; ++output) {
                for (int32_t channel = index; channel < layer.input.channels;
                     channel += layer.read.count()) {
                    put_kernel(stream, output, channel);
                }
            }
        }
    }

private:
    CnnKernelMemory &memory_of(std::vector<CnnKernelMemory> &memories, int32_t index) const {
        return memories[static_cast<size_t>(nth_of(layer.read.processors, index))];
    }

    // A flattened layer has a kernel of one tap for each pixel.
    void put_kernel(KernelStream &stream, int32_t output, int32_t channel) const {
        const int32_t passes = layer.read.passes(layer.input.channels);
        const int32_t first =
            output_number(layer.write, output) * input_passes(layer) + channel / layer.read.count();
        const int32_t count = weights_per_kernel(layer);
        const bool is_flat = layer.kernel == CnnKernel::kFlatten;
        for (int32_t i = 0; i < count; ++i) {
            const size_t weight =
                static_cast<size_t>((output * layer.input.channels + channel) * count + i);
            stream.put(is_flat ? first + i * passes : first, is_flat ? 0 : i, bits(weight));
        }
    }
};

// Writes a depthwise layer's bias: each processor's in its own quadrant.
class DepthwiseBias {
public:
    DepthwiseBias(const CnnLayerSpec &layer)
        : layer_(layer),
          first_(first_of(layer.read.processors)),
          last_(last_of(layer.read.processors)) {}

    void put(std::vector<std::vector<uint8_t>> &memories) const {
        for (int32_t output = 0; output < layer_.outputs; ++output) {
            const int32_t processor = nth_of(layer_.read.processors, output % layer_.read.count());
            std::vector<uint8_t> &memory = memories[static_cast<size_t>(processor / kProcessors)];
            const size_t byte = static_cast<size_t>(
                layer_.bias_start + output / layer_.read.count() * stride(processor) +
                position(processor));
            if (memory.size() <= byte) memory.resize(byte + 1);
            memory[byte] = static_cast<uint8_t>(layer_.bias[static_cast<size_t>(output)]);
        }
    }

private:
    bool broadcasts() const { return layer_.read.processors == layer_.write.processors; }

    // Bytes of a pass.
    int32_t stride(int32_t processor) const {
        const bool is_last = processor / kProcessors == last_ / kProcessors;
        if (broadcasts() || !is_last) return kProcessors;
        const bool is_first = processor / kProcessors == first_ / kProcessors;
        return last_ % kProcessors + 1 - (is_first ? first_ % kProcessors : 0);
    }

    int32_t position(int32_t processor) const {
        const int32_t own = processor % kProcessors;
        if (broadcasts()) return own % kLanes * kLanes + own / kLanes;
        const bool is_first = processor / kProcessors == first_ / kProcessors;
        return own - (is_first ? first_ % kProcessors : 0);
    }

    const CnnLayerSpec &layer_;
    int32_t first_;
    int32_t last_;
};

}  // namespace

int32_t input_passes(const CnnLayerSpec &layer) {
    const int32_t passes = layer.read.passes(layer.input.channels);
    return layer.kernel == CnnKernel::kFlatten ? passes * pooled_shape(layer).pixels() : passes;
}

int32_t kernel_outputs(const CnnLayerSpec &layer) {
    if (layer.is_depthwise) return 1;
    if (layer.kernel == CnnKernel::kFlatten || layer.is_bypassed) {
        return output_number(layer.write, layer.outputs - 1) + 1;
    }
    return layer.write.passes(layer.outputs) * span_of(layer.write);
}

int32_t kernel_words(const CnnLayerSpec &layer) {
    if (!layer.convolves() || layer.is_bypassed) return 0;
    const int32_t per_byte = 8 / layer.weight_bits;
    const int32_t bytes =
        (kernels_of(layer) + per_byte - 1) / per_byte * kernel_rows(layer) * kernel_columns(layer);
    return (bytes + kWordBytes - 1) / kWordBytes;
}

int32_t bias_bytes(const CnnLayerSpec &layer) {
    if (layer.bias.empty()) return 0;
    if (layer.is_depthwise) return input_passes(layer) * kProcessors;
    return kernel_outputs(layer);
}

CnnKernelStart kernel_start(const CnnLayerSpec &layer) {
    const int32_t taps = kernel_rows(layer) * kernel_columns(layer);
    const int32_t byte = layer.kernel_word * kWordBytes;
    return {.bit = byte / taps * 8, .shift = byte % taps};
}

std::vector<CnnKernelMemory> kernel_memories(const CnnProgramSpec &program) {
    std::vector<CnnKernelMemory> memories(static_cast<size_t>(kQuadrants * kProcessors));
    for (const CnnLayerSpec &layer : program.layers) {
        if (!layer.convolves() || layer.is_bypassed) continue;
        const Weights weights{program, layer};
        if (layer.is_depthwise) {
            weights.put_depthwise(memories);
        } else {
            weights.put_all(memories);
        }
    }
    return memories;
}

std::vector<std::vector<uint8_t>> bias_memories(const CnnProgramSpec &program) {
    std::vector<std::vector<uint8_t>> memories(kQuadrants);
    for (const CnnLayerSpec &layer : program.layers) {
        if (layer.bias.empty()) continue;
        if (layer.is_depthwise) {
            DepthwiseBias(layer).put(memories);
            continue;
        }
        std::vector<uint8_t> &memory = memories[static_cast<size_t>(layer.bias_quadrant)];
        const auto end = static_cast<size_t>(layer.bias_start + kernel_outputs(layer));
        if (memory.size() < end) memory.resize(end);
        for (int32_t output = 0; output < layer.outputs; ++output) {
            memory[static_cast<size_t>(layer.bias_start + output_number(layer.write, output))] =
                static_cast<uint8_t>(layer.bias[static_cast<size_t>(output)]);
        }
    }
    return memories;
}

}  // namespace ingot::test
