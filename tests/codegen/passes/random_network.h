// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Random small networks in which much is dead: filters without weights, biases that a clamp stops,
// channels that are not read.

#ifndef INGOT_TESTS_RANDOM_NETWORK_H
#define INGOT_TESTS_RANDOM_NETWORK_H

#include <random>
#include <vector>

#include "tests/codegen/passes/network.h"

namespace ingot::test {

class RandomNetwork {
public:
    explicit RandomNetwork(unsigned seed) : random_(seed) {
        current_ = network_.input({1, between(3, 6), between(3, 6), between(1, 4)}, real());
        const int32_t steps = between(2, 7);
        for (int32_t i = 0; i < steps; ++i) step();
        finish();
    }

    const Network &network() const { return network_; }

private:
    int32_t between(int32_t low, int32_t high) {
        return std::uniform_int_distribution<int32_t>(low, high)(random_);
    }
    bool chance(int32_t percent) { return between(1, 100) <= percent; }
    Real real() {
        return {static_cast<float>(between(1, 40)) / 20,
                chance(50) ? -128 : int64_t{between(-128, 127)}};
    }
    const Shape &shape() const { return network_.shape(current_); }

    // One filter in five is empty, and so is one column in seven.
    std::vector<int8_t> weights(int32_t outer, int32_t inner) {
        std::vector<bool> is_read(inner);
        for (size_t c = 0; c < is_read.size(); ++c) is_read[c] = chance(86);
        std::vector<int8_t> values;
        for (int32_t o = 0; o < outer; ++o) {
            const bool is_empty = chance(20);
            for (int32_t c = 0; c < inner; ++c) {
                const bool is_zero = is_empty || !is_read[c];
                values.push_back(is_zero ? 0 : static_cast<int8_t>(between(-127, 127)));
            }
        }
        return values;
    }

    LayerSpec layer(std::vector<int8_t> weights, int32_t outputs) {
        LayerSpec spec{.weights = std::move(weights)};
        spec.activation = chance(30) ? kRelu6 : chance(30) ? kRelu : kNone;
        spec.real = real();
        spec.weight_scale.clear();
        const bool has_many_scales = chance(70);
        for (int32_t o = 0; o < (has_many_scales ? outputs : 1); ++o) {
            spec.weight_scale.push_back(static_cast<float>(between(1, 100)) / 2000);
        }
        spec.bias.resize(chance(80) ? outputs : 0);
        for (int32_t &bias : spec.bias) {
            const int32_t most = chance(10) ? 100'000 : 2'000;
            bias = between(-most, most);
        }
        return spec;
    }

    void place_window(LayerSpec &spec, int32_t window) {
        spec.window = window;
        spec.stride = between(1, 2);
        spec.padding = std::min(shape()[1], shape()[2]) < window || chance(50) ? kSame : kValid;
    }

    void conv2d() {
        const int32_t window = between(1, 3), outputs = between(1, 6);
        LayerSpec spec = layer(weights(outputs, window * window * shape()[3]), outputs);
        place_window(spec, window);
        current_ = network_.conv2d(current_, spec);
    }

    void depthwise_conv2d() {
        const int32_t window = between(1, 3), outputs = shape()[3] * between(1, 2);
        LayerSpec spec = layer(weights(window * window, outputs), outputs);
        place_window(spec, window);
        current_ = network_.depthwise_conv2d(current_, spec);
    }

    // Two pointwise layers side by side, joined by an operator on two tensors.
    void branch() {
        const TensorId trunk = current_;
        const int32_t outputs = between(1, 5);
        TensorId sides[2];
        for (TensorId &side : sides) {
            LayerSpec spec = layer(weights(outputs, shape()[3]), outputs);
            spec.real = {1, -10};
            side = network_.conv2d(trunk, spec);
        }
        const Shape image = network_.shape(sides[0]);
        const Operator *const joins[] = {&k_add, &k_sub, &k_mul, &k_minimum, &k_maximum, &k_concat};
        const Operator &join = *joins[between(0, 5)];
        Shape joined = image;
        Attributes attributes;
        if (&join == &k_concat) {
            joined[3] *= 2;
            attributes.set("axis", int64_t{3});
        }
        current_ = network_.node(join, {sides[0], sides[1]}, joined, {1, -10}, attributes);
    }

    void add_constant() {
        std::vector<int8_t> values(shape()[3]);
        for (int8_t &value : values) value = static_cast<int8_t>(between(-128, 127));
        const TensorId constant = network_.constant({shape()[3]}, values, real());
        current_ = network_.node(chance(50) ? k_add : k_mul, {current_, constant}, Shape(shape()),
                                 {2, static_cast<int64_t>(between(-128, 127))});
    }

    void pool() {
        Attributes attributes;
        attributes.set("padding", kSame);
        for (const char *name : {"stride_height", "stride_width"}) attributes.set(name, int64_t{1});
        for (const char *name : {"window_height", "window_width"}) attributes.set(name, int64_t{2});
        current_ = network_.node(chance(50) ? k_average_pool : k_max_pool, {current_},
                                 Shape(shape()), same_real(), attributes);
    }

    void table() {
        Attributes function;
        function.set("function", std::string(chance(50) ? "hard_swish" : "relu"));
        current_ = network_.node(k_lut, {current_}, Shape(shape()), real(), function);
    }

    void pad() {
        const int32_t top = between(0, 2), left = between(0, 2);
        const TensorId edges = network_.constant_int32({0, 0, top, 1, left, 1, 0, 0});
        network_.graph.tensors[edges].shape = {4, 2};
        current_ = network_.node(k_pad, {current_, edges},
                                 {1, shape()[1] + top + 1, shape()[2] + left + 1, shape()[3]},
                                 same_real());
    }

    Real same_real() const {
        const Quantization &quantization = network_.graph.tensors[current_].quantization;
        return {quantization.scale[0], quantization.zero_point[0]};
    }

    void step() {
        static constexpr void (RandomNetwork::*kSteps[])() = {&RandomNetwork::conv2d,
                                                              &RandomNetwork::conv2d,
                                                              &RandomNetwork::depthwise_conv2d,
                                                              &RandomNetwork::depthwise_conv2d,
                                                              &RandomNetwork::branch,
                                                              &RandomNetwork::add_constant,
                                                              &RandomNetwork::pool,
                                                              &RandomNetwork::table,
                                                              &RandomNetwork::pad};
        (this->*kSteps[between(0, static_cast<int32_t>(std::size(kSteps)) - 1)])();
        if (chance(10)) network_.output(current_);
    }

    void finish() {
        if (chance(50)) {
            const auto count = static_cast<int32_t>(element_count(shape()));
            current_ = network_.node(k_reshape, {current_}, {1, count}, same_real());
        } else {
            Attributes keep;
            keep.set("keep_dims", int64_t{1});
            const TensorId axes = network_.constant_int32({1, 2});
            current_ = network_.node(k_mean, {current_, axes}, {1, 1, 1, shape()[3]}, real(), keep);
        }
        const auto inputs = static_cast<int32_t>(element_count(shape()));
        current_ = network_.fully_connected(current_, layer(weights(4, inputs), 4));
        current_ = network_.fully_connected(current_, layer(weights(3, 4), 3));
        network_.output(current_);
    }

    std::mt19937 random_;
    Network network_;
    TensorId current_;
};

}  // namespace ingot::test

#endif
