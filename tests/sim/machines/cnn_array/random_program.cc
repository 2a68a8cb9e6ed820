// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Draws accelerator programs. Limits are those of the parts (ai8x-synthesis, README and
// izer/backend/max7800x.py), of sizes that are quick to compute.

#include "tests/sim/machines/cnn_array/random_program.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <random>
#include <utility>

#include "tests/support/cnn_program/kernels.h"
#include "tests/support/cnn_program/network.h"
#include "tests/support/cnn_program/place.h"

namespace ingot::test {
namespace {

using Kind = CnnPooling::Kind;

constexpr int32_t kAll = kQuadrants * kProcessors;

class Random {
public:
    explicit Random(uint32_t seed) : engine_(seed) {}

    int32_t in(int32_t low, int32_t high) {
        const auto span = static_cast<uint32_t>(high - low) + 1;
        return low + static_cast<int32_t>(engine_() % span);
    }
    bool once_in(int32_t count) { return in(1, count) == 1; }
    const auto &one_of(const auto &values) {
        return values[static_cast<size_t>(in(0, static_cast<int32_t>(values.size()) - 1))];
    }

private:
    std::mt19937 engine_;  // The distributions of <random> differ from library to library.
};

// Operands of a layer to come, written or given.
struct Operands {
    std::vector<int32_t> sources;
    CnnShape shape;
    CnnPlace place;
    bool is_planar = false;
};

// Draws a single program; gives up where memory does not suffice.
class Draw {
public:
    Draw(const CnnGroup &group, uint32_t seed) : group_(group), random_(seed) {
        using Parts = CnnGroup::Parts;
        const bool is_large =
            group.parts == Parts::kBoth ? random_.once_in(2) : group.parts == Parts::kMax78002;
        program_.part =
            is_large ? CnnProgramSpec::Part::kMax78002 : CnnProgramSpec::Part::kMax78000;
        program_.rounds_average = random_.once_in(3);
        program_.is_binary = group.is_binary;
        program_.loads_packed = !random_.once_in(4);
        program_.reads_fifo = group.reads_fifo;
        program_.clears = true;
        next_word_ = random_.once_in(2) ? 0 : random_.in(0, 2000);
        next_kernel_ = kLanes * (random_.once_in(2) ? 0 : random_.in(0, 60));
    }

    std::optional<CnnProgramSpec> program() {
        std::optional<Operands> next = given();
        const int32_t layers = random_.in(group_.layers_max > 1 ? 2 : 1, group_.layers_max);
        for (int32_t i = 0; i < layers && next && can_follow(*next); ++i) {
            is_last_ = i + 1 == layers;
            next = group_.forks && !is_last_ && random_.once_in(2) ? fork(*next) : layer(*next);
        }
        if (!next || next_word_ > words()) return std::nullopt;
        place_slots();
        return std::move(program_);
    }

private:
    bool is_small() const { return program_.is_small(); }
    int32_t words() const { return is_small() ? 8192 : 20480; }
    int32_t kernel_capacity() const { return is_small() ? 768 : 4096; }

    // What the next layer reads has to be there already: a wide output ends the chain.
    static bool can_follow(const Operands &operands) { return operands.place.processors != 0; }

    int32_t take_words(int32_t count) {
        const int32_t first = next_word_;
        next_word_ += count + (random_.once_in(3) ? random_.in(1, 9) : 0);
        return first;
    }

    // ---- input ----------------------------------------------------------------------------

    std::optional<Operands> given() {
        Operands result;
        kernel_ = random_.one_of(group_.kernels);
        result.is_planar = group_.is_planar && random_.once_in(2);
        const bool has_choice = !result.is_planar && !group_.reads_fifo;
        const int32_t passes = group_.reads_fifo ? 1 : random_.in(1, group_.passes_max);
        const int32_t operands =
            has_choice ? random_.in(std::min(2, group_.operands_max), group_.operands_max) : 1;
        result.place.processors = input_processors(result.is_planar);
        const int32_t count = result.place.count();
        result.shape = input_shape();
        result.shape.channels = passes == 1 || fills_passes()
                                    ? passes * count
                                    : random_.in((passes - 1) * count + 1, passes * count);
        const bool can_skip = !is_small() && has_choice && passes == 1;
        if (can_skip && kernel_ != CnnKernel::kFlatten) {
            result.place.gap = random_.in(0, group_.gap_max);
        }
        result.place.word =
            take_words(result.shape.pixels() * passes * operands * (result.place.gap + 1));
        for (int32_t i = 0; i < operands; ++i) {
            result.sources.push_back(~static_cast<int32_t>(program_.inputs.size()));
            program_.inputs.push_back(random_tensor(result.shape));
        }
        return result;
    }

    // Weights of -1 and +1 cannot ignore channels that a pass has too many of; depthwise
    // outputs are as many as processors.
    bool fills_passes() const { return group_.is_binary || group_.is_depthwise; }

    CnnShape input_shape() {
        CnnShape shape{.rows = random_.in(1, 7), .columns = random_.in(1, 7)};
        if (kernel_ == CnnKernel::k1d) shape = {.rows = random_.in(9, 24), .columns = 1};
        if (kernel_ == CnnKernel::kFlatten) shape = {0, random_.in(1, 5), random_.in(1, 5)};
        if (group_.is_transposed) shape = {0, random_.in(1, 4), random_.in(1, 4)};
        if (group_.poolings.size() == 1 && group_.poolings[0] != Kind::kOff) {
            shape.rows += random_.in(1, 12);
            if (kernel_ != CnnKernel::k1d) shape.columns += random_.in(1, 12);
        }
        if (group_.streams) shape = {0, random_.in(6, 12), random_.in(6, 12)};
        return shape;
    }

    uint64_t input_processors(bool is_planar) {
        if (is_planar || group_.reads_fifo) return instance_processors(is_planar);
        if (group_.is_depthwise) return depthwise_processors();
        const int32_t count = random_.once_in(8) ? random_.in(17, kAll) : random_.in(1, 12);
        if (random_.once_in(2)) return cnn_run(random_.in(0, kAll - count), count);
        uint64_t mask = 0;
        for (int32_t i = 0; i < count; ++i) mask |= uint64_t{1} << random_.in(0, kAll - 1);
        return mask;
    }

    // A FIFO fills the first instance of each quadrant. A planar word has one processor.
    uint64_t instance_processors(bool is_planar) {
        uint64_t mask = 0;
        const int32_t step = group_.reads_fifo ? kProcessors : kLanes;
        const int32_t count = group_.reads_fifo && !is_planar ? random_.in(1, kLanes) : 1;
        for (int32_t first = 0; first < kAll; first += step) {
            if (first > 0 && !random_.once_in(3)) continue;
            const int32_t lane = is_planar && !group_.reads_fifo ? random_.in(0, 3) : 0;
            mask |= cnn_run(first + lane, count);
        }
        return mask;
    }

    // One after the other; aligned if they are of several quadrants.
    uint64_t depthwise_processors() {
        const int32_t count = random_.once_in(4) ? random_.in(17, kAll) : random_.in(1, 14);
        const int32_t first = random_.in(0, (kAll - count) / kLanes) * kLanes;
        return cnn_run(first, count);
    }

    CnnTensor random_tensor(const CnnShape &shape) {
        CnnTensor tensor(shape);
        const bool is_extreme = random_.once_in(16);
        for (int32_t &value : tensor.values) {
            value = is_extreme ? (random_.once_in(2) ? -128 : 127) : random_.in(-128, 127);
        }
        return tensor;
    }

    // ---- layers ---------------------------------------------------------------------------

    std::optional<Operands> layer(const Operands &operands) {
        CnnLayerSpec layer = shaped(operands);
        const int32_t gap = drawn_gap(layer);
        place_output(layer, gap);
        const int32_t passes = layer.write.passes(output_shape(layer).channels);
        layer.write.word = take_words(output_words(layer, passes) * (gap + 1));
        return add(std::move(layer));
    }

    // Layers of one shape that write side by side.
    std::optional<Operands> fork(const Operands &operands) {
        constexpr int32_t kBranches = 2;
        CnnLayerSpec first = shaped(operands);
        first.is_wide = false;
        place_output(first, kBranches - 1);
        const int32_t passes = first.write.passes(output_shape(first).channels);
        const int32_t word = take_words(output_words(first, passes) * kBranches);
        Operands result;
        for (int32_t k = 0; k < kBranches; ++k) {
            CnnLayerSpec branch = first;
            branch.write.word = word + k;
            const std::optional<Operands> written = add(std::move(branch));
            if (!written) return std::nullopt;
            result.sources.push_back(written->sources[0]);
            result.shape = written->shape;
            result.place = written->place;
        }
        result.place.word = word;
        result.place.gap = 0;
        return result;
    }

    static int32_t output_words(const CnnLayerSpec &layer, int32_t passes) {
        return output_shape(layer).pixels() * passes * (layer.is_wide ? kLanes : 1);
    }

    // All but numbers and places of what it writes.
    CnnLayerSpec shaped(const Operands &operands) {
        CnnLayerSpec layer;
        layer.sources = operands.sources;
        layer.input = operands.shape;
        layer.read = operands.place;
        layer.is_planar = operands.is_planar;
        layer.is_streaming = group_.streams && program_.layers.size() < 2;
        layer.function = static_cast<CnnElementFunction>(random_.in(0, 3));
        choose_kernel(layer);
        choose_pooling(layer);
        choose_pads(layer);
        choose_outputs(layer);
        return layer;
    }

    int32_t passes(const CnnLayerSpec &layer) const {
        return layer.read.passes(layer.input.channels);
    }

    // The MAX78000 combines, pools or convolves only so much at a time.
    bool is_narrow(const CnnLayerSpec &layer) const {
        return is_small() && layer.operands() > 1 && passes(layer) > 1 &&
               layer.operands() * passes(layer) != layer.operands() + passes(layer);
    }

    void choose_kernel(CnnLayerSpec &layer) {
        layer.kernel = program_.layers.empty() ? kernel_ : random_.one_of(group_.kernels);
        const bool is_line = layer.input.columns == 1 && layer.input.rows > 1;
        if (layer.kernel == CnnKernel::k1d && !is_line) layer.kernel = CnnKernel::k1x1;
        if (layer.kernel == CnnKernel::kFlatten && (!can_flatten(layer) || group_.streams)) {
            layer.kernel = CnnKernel::k1x1;
        }
        if (is_narrow(layer)) layer.kernel = CnnKernel::kNone;
        if (layer.kernel == CnnKernel::kNone && layer.read.gap > 0 && is_small()) {
            layer.kernel = CnnKernel::k1x1;
        }
        if (layer.kernel == CnnKernel::k1d) {
            layer.taps = random_.in(1, std::min(9, layer.input.rows));
        }
        layer.is_transposed = group_.is_transposed && layer.kernel == CnnKernel::k3x3;
        layer.is_depthwise = group_.is_depthwise && can_be_depthwise(layer);
        layer.is_bypassed = group_.is_bypassed && layer.convolves() && !layer.is_depthwise &&
                            passes(layer) == 1 &&
                            (layer.kernel == CnnKernel::k1x1 || layer.kernel == CnnKernel::k3x3);
        if (layer.convolves()) layer.weight_bits = random_.one_of(group_.weight_bits);
    }

    bool can_flatten(const CnnLayerSpec &layer) const {
        return layer.operands() == 1 && !layer.is_planar && layer.read.gap == 0 &&
               layer.input.pixels() * passes(layer) <= 256;
    }

    static bool can_be_depthwise(const CnnLayerSpec &layer) {
        const uint64_t mask = layer.read.processors;
        const bool is_whole = mask == cnn_run(first_of(mask), layer.read.count());
        return is_whole && first_of(mask) % kLanes == 0 && layer.operands() == 1 &&
               layer.input.channels % layer.read.count() == 0 &&
               (layer.kernel == CnnKernel::k3x3 || layer.kernel == CnnKernel::k1x1);
    }

    void choose_pooling(CnnLayerSpec &layer) {
        CnnPooling &pool = layer.pooling;
        pool.kind = random_.one_of(group_.poolings);
        // Pass-through on the MAX78000 pools one pass only.
        const bool is_hard = is_small() && !layer.convolves() && passes(layer) > 1;
        const bool is_flat = layer.kernel == CnnKernel::kFlatten;
        const bool is_first_streaming = layer.is_streaming && program_.layers.empty();
        if (is_flat || is_hard || layer.is_transposed || is_first_streaming) {
            pool.kind = Kind::kOff;
            return;
        }
        if (layer.is_streaming) {
            if (pool.kind != Kind::kOff) pool.rows = pool.columns = pool.stride = 2;
            return;
        }
        layer.pools_first = layer.operands() > 2 || random_.once_in(2);
        if (pool.kind != Kind::kOff) choose_window(layer.input, pool);
        if (pool.rows == 1 && pool.columns == 1) pool.kind = Kind::kOff;
        const int32_t most = random_.once_in(5) ? 16 : 4;
        const bool strides = pool.kind != Kind::kOff || random_.once_in(10);
        if (strides) pool.stride = random_.in(1, most);
        // Enough has to be left for a kernel without pads.
        if (layer.kernel == CnnKernel::k1d) {
            const CnnShape pooled = pooled_shape(layer);
            layer.taps = std::min(layer.taps, pooled.rows);
        }
    }

    void choose_window(const CnnShape &input, CnnPooling &pool) {
        const int32_t most = random_.once_in(4) ? 16 : 4;
        pool.rows = random_.in(1, std::min(most, input.rows));
        pool.columns = random_.in(1, std::min(most, input.columns));
        if (!group_.dilates || is_small()) return;
        const auto dilation = [&](int32_t size, int32_t taps) {
            if (taps == 1) return random_.once_in(2) ? 1 : random_.in(1, 16);
            return random_.in(1, std::max(1, std::min(15, size - 1) / (taps - 1)));
        };
        pool.row_dilation = dilation(input.rows, pool.rows);
        pool.column_dilation = dilation(input.columns, pool.columns);
    }

    void choose_pads(CnnLayerSpec &layer) {
        const CnnShape spread = spread_shape(layer);
        const auto pad = [&](int32_t size, int32_t kernel) {
            const int32_t least = std::max(0, (kernel - size + 1) / 2);
            return random_.in(least, std::max(least, std::min(2, kernel - 1)));
        };
        if (layer.kernel == CnnKernel::k3x3) {
            layer.row_pad = pad(spread.rows, 3);
            layer.column_pad = pad(spread.columns, 3);
        }
        const bool can_pad = is_small() || passes(layer) == 1;
        if (layer.kernel == CnnKernel::k1d && can_pad) layer.row_pad = pad(spread.rows, layer.taps);
        if (layer.is_streaming) layer.row_pad = layer.column_pad = 1;
    }

    void choose_outputs(CnnLayerSpec &layer) {
        if (!layer.convolves() || layer.is_depthwise) {
            layer.outputs = layer.input.channels;
            return;
        }
        layer.is_wide = group_.is_wide && is_last_;
        const int32_t passes = random_.in(1, group_.output_passes_max);
        if (passes == 1) {
            const int32_t most = random_.once_in(10) ? kAll : 10;
            layer.outputs = random_.in(1, most);
            output_count_ = layer.outputs;
            return;
        }
        const int32_t most = random_.once_in(4) ? kAll / kLanes : 3;
        output_count_ = kLanes * random_.in(1, most);
        const bool is_whole = fills_passes() || !is_last_;
        layer.outputs = is_whole
                            ? passes * output_count_
                            : random_.in((passes - 1) * output_count_ + 1, passes * output_count_);
    }

    // ---- output ---------------------------------------------------------------------------

    // Only the MAX78002 reads with gaps, and only a single pass.
    int32_t drawn_gap(const CnnLayerSpec &layer) {
        if (!is_last_ && (is_small() || group_.output_passes_max > 1)) return 0;
        if (!is_last_ && !layer.convolves() && passes(layer) > 1) return 0;
        if (!is_last_ && layer.is_depthwise && passes(layer) > 1) return 0;
        return random_.in(0, group_.gap_max);
    }

    void place_output(CnnLayerSpec &layer, int32_t gap) {
        layer.write.gap = gap;
        if (!layer.convolves()) {
            layer.write.processors = packed(layer.read.processors);
        } else if (layer.is_depthwise) {
            layer.write.processors = depthwise_output(layer);
        } else {
            const int32_t free = kAll - output_count_;
            const bool is_aligned = layer.outputs > output_count_;
            const int32_t first =
                is_aligned ? random_.in(0, free / kLanes) * kLanes : random_.in(0, free);
            layer.write.processors = cnn_run(first, output_count_);
        }
    }

    // In each quadrant as many as there were, from the first of an instance on.
    uint64_t packed(uint64_t read) {
        uint64_t mask = 0;
        for (int32_t q = 0; q < kQuadrants; ++q) {
            const int32_t count = std::popcount(quadrant_of(read, q));
            const int32_t first = random_.in(0, (kProcessors - count) / kLanes) * kLanes;
            mask |= cnn_run(q * kProcessors + first, count);
        }
        return mask;
    }

    uint64_t depthwise_output(const CnnLayerSpec &layer) {
        const uint64_t same = layer.read.processors;
        if (layer.is_transposed || random_.once_in(2)) return same;
        const int32_t count = layer.read.count();
        return cnn_run(random_.in(0, (kAll - count) / kLanes) * kLanes, count);
    }

    // Draws the numbers, and finds them a place.
    std::optional<Operands> add(CnnLayerSpec layer) {
        if (layer.convolves()) choose_numbers(layer);
        if (!place_kernels(layer) || !place_bias(layer)) return std::nullopt;
        const CnnShape shape = output_shape(layer);
        const int32_t width = layer.write.passes(shape.channels) * (layer.write.gap + 1);
        if (width > 16) return std::nullopt;
        Operands written{.sources = {static_cast<int32_t>(program_.layers.size())},
                         .shape = shape,
                         .place = layer.write};
        if (layer.is_wide) written.place.processors = 0;
        program_.layers.push_back(std::move(layer));
        return written;
    }

    void choose_numbers(CnnLayerSpec &layer) {
        const int32_t each = weights_per_kernel(layer);
        const int32_t channels = layer.is_depthwise ? 1 : layer.input.channels;
        if (layer.is_bypassed) {
            layer.weight_bits = 8;
        } else {
            layer.weights.resize(static_cast<size_t>(layer.outputs * channels * each));
            for (int8_t &weight : layer.weights) weight = random_weight(layer.weight_bits);
        }
        const bool can_bias = is_small() || layer.operands() == 1;
        if (can_bias && random_.once_in(2) && !layer.is_streaming) {
            layer.bias.resize(static_cast<size_t>(layer.outputs));
            for (int8_t &bias : layer.bias) bias = static_cast<int8_t>(random_.in(-128, 127));
        }
        if (layer.is_wide) return;
        // Neither all zeros nor all clamped: sums grow with the root of their number.
        const int32_t terms = std::bit_width(static_cast<uint32_t>(each * channels)) / 2;
        const int32_t scale = layer.is_bypassed ? 6 : 8 - layer.weight_bits;
        const int32_t likely = std::clamp(scale - terms + random_.in(-2, 2), -15, 15);
        layer.shift = random_.once_in(10) ? random_.in(-15, 15) : likely;
        layer.activation = static_cast<CnnActivation>(random_.in(0, 2));
    }

    int8_t random_weight(int32_t bits) {
        if (bits == 1 && program_.is_binary) return random_.once_in(2) ? 1 : -1;
        const int32_t least = -(1 << (bits - 1));
        return static_cast<int8_t>(random_.in(least, -least - 1));
    }

    // Depthwise kernels of the MAX78002 stay within an instance of kernel memory.
    bool place_kernels(CnnLayerSpec &layer) {
        constexpr int32_t kInstance = 1024;
        layer.kernel_word = next_kernel_;
        const int32_t count = kernel_words(layer);
        if (count == 0) return true;
        const int32_t last = layer.kernel_word + count - 1;
        if (layer.is_depthwise && last / kInstance != layer.kernel_word / kInstance) return false;
        next_kernel_ += (count + kLanes - 1) / kLanes * kLanes;
        return last < kernel_capacity();
    }

    bool place_bias(CnnLayerSpec &layer) {
        if (layer.bias.empty()) return true;
        const int32_t count = bias_bytes(layer);
        if (!layer.is_depthwise) {
            layer.bias_quadrant = random_.in(0, kQuadrants - 1);
            layer.bias_start = next_bias_;
        } else {
            layer.bias_start = (next_bias_ + kLanes - 1) / kLanes * kLanes;
        }
        next_bias_ = layer.bias_start + count + random_.in(0, 3);
        return next_bias_ <= (is_small() ? 512 : 2048);
    }

    // The MAX78002 jumps.
    void place_slots() {
        const auto count = static_cast<int32_t>(program_.layers.size());
        for (int32_t i = 0; i < count; ++i) program_.layers[static_cast<size_t>(i)].slot = i;
        if (is_small() || group_.streams || group_.reads_fifo || random_.once_in(2)) return;
        const int32_t first = random_.in(0, 120);
        for (CnnLayerSpec &layer : program_.layers) layer.slot += first;
        for (int32_t i = count - 1; i > 0; --i) {
            std::swap(program_.layers[static_cast<size_t>(i)].slot,
                      program_.layers[static_cast<size_t>(random_.in(0, i))].slot);
        }
    }

    const CnnGroup &group_;
    Random random_;
    CnnProgramSpec program_;
    CnnKernel kernel_ = CnnKernel::kNone;  // Of the first layer, whose input depends on it.
    bool is_last_ = false;
    int32_t output_count_ = 0;  // Processors that the next convolution writes for.
    int32_t next_word_ = 0;
    int32_t next_kernel_ = 0;
    int32_t next_bias_ = 0;
};

}  // namespace

CnnProgramSpec random_program(const CnnGroup &group, uint32_t seed) {
    for (uint32_t attempt = 0;; ++attempt) {
        const uint32_t mixed = seed * 2'654'435'761u + attempt;  // Knuth's multiplicative hash.
        if (std::optional<CnnProgramSpec> program = Draw(group, mixed).program()) {
            return *std::move(program);
        }
    }
}

}  // namespace ingot::test
