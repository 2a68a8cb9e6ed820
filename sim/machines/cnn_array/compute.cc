// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Convolutions as products of gathered pixels and unpacked kernels; the rest channel by channel.

#include "sim/machines/cnn_array/compute.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "sim/machines/cnn_array/gather.h"
#include "sim/machines/cnn_array/multiply.h"
#include "sim/machines/cnn_array/places.h"
#include "sim/machines/cnn_array/weights.h"

namespace ingot::sim {
namespace {

// Of the sum that a quadrant passes on. Source: MAX78000 User Guide, chapter CNN.
constexpr int64_t kQuadrantMax = (int64_t{1} << 25) - 1;
constexpr int64_t kQuadrantMin = -(int64_t{1} << 25);
constexpr int64_t kBiasUnit = 128;

// Puts outputs where they belong.
class Writer {
public:
    Writer(const Layer &layer, DataMemory &data)
        : layer_(layer), channels_(output_channels(layer)), step_(4 * output_step(layer)) {
        for (const OutputChannel &channel : channels_) {
            const DataPlace &place = channel.place;
            bytes_.push_back(data.at(place.instance, place.word) + place.lane);
            mark(data, place);
        }
    }

    const std::vector<OutputChannel> &channels() const { return channels_; }

    void write_sum(size_t channel, int64_t pixel, int64_t sum) {
        if (layer_.is_wide) return write(channel, pixel, static_cast<int32_t>(sum));
        bytes_[channel][pixel * step_] =
            static_cast<uint8_t>(scaled_output(sum, layer_.shift, layer_.activation));
    }

    // As it is.
    void write(size_t channel, int64_t pixel, int32_t value) {
        uint8_t *to = bytes_[channel] + pixel * step_;
        std::memcpy(to, &value, layer_.is_wide ? sizeof value : 1);
    }

private:
    void mark(DataMemory &data, const DataPlace &place) {
        if (place.instance == marked_.instance && place.word == marked_.word) return;
        for (int64_t pixel = 0; pixel < layer_.output_pixels(); ++pixel) {
            data.mark_written(place.instance, place.word + pixel * step_ / 4);
        }
        marked_ = place;
    }

    const Layer &layer_;
    std::vector<OutputChannel> channels_;
    int64_t step_;
    std::vector<uint8_t *> bytes_;
    DataPlace marked_{.instance = -1};
};

class Convolution {
public:
    Convolution(const Layer &layer, const ComputeMemories &memories, const DataMemory &input)
        : layer_(layer),
          planes_(gather(layer, input)),
          weights_(unpack(layer, memories.array, memories.kernels, planes_)) {
        for (int32_t o = 0; o < layer.outputs; ++o) bias_.push_back(bias_of(memories.bias, o));
    }

    ComputeResult run(DataMemory &output) {
        Writer writer(layer_, output);
        find_risks();
        std::vector<int16_t> block(kBlock * static_cast<size_t>(weights_.row));
        const int64_t pixels = layer_.output_pixels();
        for (int64_t first = 0; first < pixels; first += kBlock) {
            const auto count = static_cast<int32_t>(std::min(pixels - first, kBlock));
            for (int32_t i = 0; i < count; ++i) fill(&block[index(i)], first + i);
            for (int32_t o = 0; o < layer_.outputs; o += Weights::kOutputUnit) {
                for (int32_t i = 0; i < count; i += 2) {
                    finish(writer, first + i, o, &block[index(i)], std::min(count - i, 2));
                }
            }
            for (int32_t i = 0; i < count; ++i) check_quadrants(&block[index(i)]);
        }
        return result_;
    }

private:
    static constexpr int64_t kBlock = 16;  // Pixels whose rows stay in the nearest cache.

    size_t index(int32_t pixel) const {
        return static_cast<size_t>(pixel) * static_cast<size_t>(weights_.row);
    }

    int64_t bias_of(const BiasMemory &memory, int32_t output) const {
        int64_t sum = 0;
        for (int32_t q = 0; q < 4; ++q) {
            if (!layer_.bias[static_cast<size_t>(q)].is_used) continue;
            sum += memory.read(q, bias_byte(layer_, q, output)) * kBiasUnit;
        }
        return sum;
    }

    // The pixels under a kernel, in the order of Weights.
    void fill(int16_t *to, int64_t pixel) const {
        const auto row = static_cast<int32_t>(pixel / layer_.output_columns);
        const auto column = static_cast<int32_t>(pixel % layer_.output_columns);
        const auto run =
            static_cast<size_t>(layer_.tap_columns) * static_cast<size_t>(planes_.channels);
        for (int32_t i = 0; i < layer_.tap_rows; ++i, to += run) {
            std::memcpy(to, planes_.at(row + i, column), run * sizeof *to);
        }
    }

    void finish(Writer &writer, int64_t pixel, int32_t output, const int16_t *rows,
                int32_t count) const {
        int32_t sums[2][4];
        multiply(rows, weights_.of(output), weights_.row, sums);
        for (int32_t k = 0; k < std::min(layer_.outputs - output, 4); ++k) {
            const auto channel = static_cast<size_t>(output + k);
            for (int32_t i = 0; i < count; ++i) {
                writer.write_sum(channel, pixel + i, sums[i][k] + bias_[channel]);
            }
        }
    }

    size_t quadrant_of(int32_t value) const {
        const size_t slot = static_cast<size_t>(value % planes_.channels / 4);
        return static_cast<size_t>(planes_.instances[slot % planes_.instances.size()] / 4);
    }
    int32_t values() const { return layer_.taps() * planes_.channels; }

    // Outputs whose weights are large enough for a quadrant's sum to leave 26 bits.
    void find_risks() {
        const int64_t most = int64_t{values()} * 128 * 128 + 4 * 128 * kBiasUnit;
        if (most <= kQuadrantMax) return;
        for (int32_t v = 0; v < values(); ++v) quadrants_.push_back(quadrant_of(v));
        for (int32_t o = 0; o < layer_.outputs; ++o) {
            int64_t weights[4] = {};
            for (size_t v = 0; v < quadrants_.size(); ++v) {
                weights[quadrants_[v]] += std::abs(weights_.of(o)[v]);
            }
            if (*std::ranges::max_element(weights) * 128 > kQuadrantMax) risks_.push_back(o);
        }
    }

    void check_quadrants(const int16_t *row) {
        for (const int32_t o : risks_) {
            int64_t sums[4] = {};
            const int16_t *weights = weights_.of(o);
            for (size_t v = 0; v < quadrants_.size(); ++v) {
                sums[quadrants_[v]] += row[v] * weights[v];
            }
            for (const int64_t sum : sums) {
                if (sum > kQuadrantMax || sum < kQuadrantMin) ++result_.overflows;
            }
        }
    }

    const Layer &layer_;
    Planes planes_;
    Weights weights_;
    std::vector<int64_t> bias_;
    std::vector<size_t> quadrants_;  // Of each value, where there are risks.
    std::vector<int32_t> risks_;
    ComputeResult result_;
};

// A sum for each channel; none can overflow 26 bits: 9 x 2^14 + 2^14.
void compute_depthwise(const Layer &layer, const ComputeMemories &memories, const DataMemory &input,
                       DataMemory &output) {
    const Planes planes = gather(layer, input);
    const Weights weights = unpack(layer, memories.array, memories.kernels, planes);
    Writer writer(layer, output);
    std::vector<int32_t> index;
    std::vector<int64_t> bias;
    for (const OutputChannel &channel : writer.channels()) {
        const int32_t quadrant = channel.processor / 16;
        index.push_back(plane_channel(planes, channel.processor, channel.pass));
        bias.push_back(
            layer.bias[static_cast<size_t>(quadrant)].is_used
                ? memories.bias.read(quadrant,
                                     depthwise_bias_byte(layer, channel.processor, channel.pass)) *
                      kBiasUnit
                : 0);
    }
    std::vector<int32_t> sums(static_cast<size_t>(planes.channels));
    for (int64_t pixel = 0; pixel < layer.output_pixels(); ++pixel) {
        std::ranges::fill(sums, 0);
        for (int32_t tap = 0; tap < layer.taps(); ++tap) {
            const int16_t *values = planes.at(
                static_cast<int32_t>(pixel / layer.output_columns) + tap / layer.tap_columns,
                static_cast<int32_t>(pixel % layer.output_columns) + tap % layer.tap_columns);
            const int16_t *taps = weights.of(0) + tap * planes.channels;
            for (size_t c = 0; c < sums.size(); ++c) sums[c] += values[c] * taps[c];
        }
        for (size_t c = 0; c < index.size(); ++c) {
            writer.write_sum(c, pixel, sums[static_cast<size_t>(index[c])] + bias[c]);
        }
    }
}

// Writes what was pooled and combined, as it is.
void pass_through(const Layer &layer, const DataMemory &input, DataMemory &output) {
    const Planes planes = gather(layer, input);
    Writer writer(layer, output);
    for (size_t c = 0; c < writer.channels().size(); ++c) {
        const OutputChannel &channel = writer.channels()[c];
        const int16_t *values =
            planes.values.data() + plane_channel(planes, channel.processor, channel.pass);
        for (int64_t pixel = 0; pixel < layer.output_pixels(); ++pixel) {
            writer.write(c, pixel, values[pixel * planes.channels]);
        }
    }
}

}  // namespace

int8_t scaled_output(int64_t sum, int32_t shift, Activation activation) {
    const int32_t right = 7 - shift;
    int64_t value = sum;
    if (right > 0) {
        value = (sum + (int64_t{1} << (right - 1))) >> right;
    } else {
        value = sum * (int64_t{1} << -right);
    }
    value = std::clamp<int64_t>(value, -128, 127);
    if (activation == Activation::kRelu) value = std::max<int64_t>(value, 0);
    if (activation == Activation::kAbsolute) value = std::min<int64_t>(std::abs(value), 127);
    return static_cast<int8_t>(value);
}

ComputeResult compute(const Layer &layer, const ComputeMemories &memories, const DataMemory &input,
                      DataMemory &output) {
    switch (layer.kind) {
        case Layer::Kind::kConvolution:
            return Convolution(layer, memories, input).run(output);
        case Layer::Kind::kDepthwise:
            compute_depthwise(layer, memories, input, output);
            break;
        case Layer::Kind::kPassThrough:
            pass_through(layer, input, output);
            break;
    }
    return {};
}

}  // namespace ingot::sim
