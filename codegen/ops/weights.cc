// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Weights, factors and bias of convolutions and fully connected layers.

#include "codegen/ops/weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

int64_t channels_of(const Tensor &weights, const WeightOperands &operands) {
    return weights.shape[operands.channel_axis];
}

Result<void> require_constant(const Site &site, size_t i, Type type) {
    if (!site.has_input(i)) {
        return site.fail(Code::kModelInconsistent, fmt::format("input {} is missing", i));
    }
    const Tensor &tensor = site.input(i);
    if (tensor.type != type) {
        return site.fail(Code::kTypeNotExecutable,
                         fmt::format("tensor '{}' is {}; accepted: {}", tensor.name,
                                     name(tensor.type), name(type)));
    }
    if (!tensor.is_constant()) {
        return site.fail(
            Code::kNotConstant,
            fmt::format("tensor '{}' is computed at run time; accepted: a constant", tensor.name));
    }
    if (static_cast<int64_t>(tensor.data.size()) != tensor.bytes()) {
        return site.fail(Code::kModelInconsistent,
                         fmt::format("tensor '{}' {} has {} bytes", tensor.name,
                                     to_string(tensor.shape), tensor.data.size()));
    }
    return {};
}

Result<void> require_scales(const Site &site, const WeightOperands &operands) {
    const Tensor &weights = site.input(operands.weights);
    const Quantization &quantization = weights.quantization;
    const auto channels = static_cast<size_t>(channels_of(weights, operands));
    const size_t scales = quantization.scale.size();
    const bool is_along_axis = quantization.axis == static_cast<int>(operands.channel_axis);
    if (scales != 1 && !(scales == channels && is_along_axis)) {
        return site.fail(Code::kQuantizationWrong,
                         fmt::format("weights '{}' {} have {} scales along axis {}; accepted: 1, "
                                     "or {} along axis {}",
                                     weights.name, to_string(weights.shape), scales,
                                     quantization.axis, channels, operands.channel_axis));
    }
    const auto is_scale = [](float scale) { return std::isfinite(scale) && scale >= 0; };
    if (!std::ranges::all_of(quantization.scale, is_scale)) {
        return site.fail(
            Code::kQuantizationWrong,
            fmt::format("weights '{}' have a scale that is negative or not finite", weights.name));
    }
    return {};
}

Result<void> require_zero_points(const Site &site, const WeightOperands &operands) {
    const Tensor &weights = site.input(operands.weights);
    const std::vector<int64_t> &zero_point = weights.quantization.zero_point;
    if (std::ranges::all_of(zero_point, [](int64_t value) { return value == 0; })) return {};
    const bool is_shared = zero_point.size() == 1 && !weights.quantization.per_channel();
    if (operands.is_fully_connected && is_shared && zero_point[0] >= -128 && zero_point[0] <= 127) {
        return {};
    }
    return site.fail(Code::kQuantizationWrong,
                     fmt::format("weights '{}' have a zero point other than 0; accepted: 0, or one "
                                 "in -128..127 for the whole of a fully connected layer",
                                 weights.name));
}

Result<void> require_weights(const Site &site, const WeightOperands &operands) {
    TRY_DO(require_constant(site, operands.weights, Type::kInt8));
    const Tensor &weights = site.input(operands.weights);
    if (weights.shape.size() != operands.rank) {
        return site.fail(
            Code::kOperatorLimit,
            fmt::format("weights '{}' {} have rank {}; accepted: {}", weights.name,
                        to_string(weights.shape), weights.shape.size(), operands.rank));
    }
    TRY_DO(require_scales(site, operands));
    return require_zero_points(site, operands);
}

Result<std::optional<std::vector<int32_t>>> bias_of(const Site &site,
                                                    const WeightOperands &operands) {
    if (!site.has_input(operands.bias)) return std::nullopt;
    TRY_DO(require_constant(site, operands.bias, Type::kInt32));
    const Tensor &bias = site.input(operands.bias);
    const int64_t channels = channels_of(site.input(operands.weights), operands);
    if (element_count(bias.shape) != channels) {
        return site.fail(Code::kModelInconsistent,
                         fmt::format("bias '{}' {} does not have one value for each of {} channels",
                                     bias.name, to_string(bias.shape), channels));
    }
    const std::vector<int64_t> values = integers(bias);
    return std::vector<int32_t>(values.begin(), values.end());
}

// Inputs at their furthest from the zero point, and every weight pulling the same way.
Result<void> require_narrow_sums(const Site &site, const WeightOperands &operands,
                                 int32_t zero_point) {
    const Tensor &weights = site.input(operands.weights);
    const int64_t channels = channels_of(weights, operands);
    int64_t inner = 1;
    for (size_t d = operands.channel_axis + 1; d < weights.shape.size(); ++d) {
        inner *= weights.shape[d];
    }
    std::vector<int64_t> sums(static_cast<size_t>(channels));
    const std::span<const int8_t> values = int8s(weights);
    for (size_t i = 0; i < values.size(); ++i) {
        const int64_t channel = static_cast<int64_t>(i) / inner % channels;
        sums[static_cast<size_t>(channel)] += std::abs(values[i] - zero_point);
    }
    const int32_t input_zero = zero_point_of(site.input(operands.input));
    const int64_t furthest = std::max(127 - input_zero, input_zero + 128);
    if (std::ranges::max(sums) * furthest <= std::numeric_limits<int32_t>::max()) return {};
    return site.fail(Code::kOperatorLimit,
                     fmt::format("weights '{}' {} can sum to more than 32 bits hold", weights.name,
                                 to_string(weights.shape)),
                     "split the layer along its input channels");
}

// The precision of each product is part of the contract; docs/NUMERICS.md, section 2.
double real_factor(const Site &site, const WeightOperands &operands, size_t channel) {
    const float input = site.input(operands.input).quantization.scale[0];
    const std::vector<float> &weights = site.input(operands.weights).quantization.scale;
    const double output = scale_of(site.output());
    if (operands.is_fully_connected && weights.size() == 1) {
        const float product = input * weights[0];
        return static_cast<double>(product) / output;
    }
    return static_cast<double>(input) * static_cast<double>(weights[channel]) / output;
}

void add_factors(const Site &site, const WeightOperands &operands, Weights &weights) {
    const size_t scales = site.input(operands.weights).quantization.scale.size();
    for (size_t channel = 0; channel < scales; ++channel) {
        const ingot_factor factor = factor_of(real_factor(site, operands, channel));
        weights.multiplier.push_back(factor.multiplier);
        weights.shift.push_back(static_cast<int8_t>(factor.shift));
    }
    const bool is_shared =
        std::ranges::count(weights.multiplier, weights.multiplier[0]) ==
            std::ssize(weights.multiplier) &&
        std::ranges::count(weights.shift, weights.shift[0]) == std::ssize(weights.shift);
    if (is_shared) {
        weights.multiplier.resize(1);
        weights.shift.resize(1);
    }
}

}  // namespace

Result<Weights> weights_of(const Site &site, const WeightOperands &operands) {
    TRY_DO(require_weights(site, operands));
    Weights result;
    TRY(result.bias, bias_of(site, operands));
    const Tensor &weights = site.input(operands.weights);
    const std::vector<int64_t> &zero_points = weights.quantization.zero_point;
    result.zero_point = static_cast<int32_t>(zero_points.empty() ? 0 : zero_points[0]);
    TRY_DO(require_narrow_sums(site, operands, result.zero_point));
    result.values = weights.data;
    add_factors(site, operands, result);
    return result;
}

Lowered with_constants(Params params, const Weights &weights,
                       const std::optional<PackedLayer> &packed) {
    const bool holds_constants = packed && packed->holds_constants;
    const auto constant = [&](Value array) {
        return holds_constants ? Value(std::string("NULL")) : std::move(array);
    };
    Lowered lowered{.params = std::move(params)};
    lowered.params
        .add("factors", Params()
                            .add("multiplier", constant(int32_array(weights.multiplier)))
                            .add("shift", constant(int8_array(weights.shift)))
                            .add("stride", weights.multiplier.size() == 1 ? 0 : 1))
        .add("weights", packed ? words_array(packed->weights) : bytes_array(weights.values))
        .add("bias",
             weights.bias ? constant(int32_array(*weights.bias)) : Value(std::string("NULL")));
    if (packed) {
        lowered.scratch_bytes = packed->scratch_bytes;
        lowered.is_scratch_optional = packed->is_scratch_optional;
    }
    return lowered;
}

tl::unexpected<Diagnostic> shapes_differ(const Site &site, const WeightOperands &operands) {
    return site.fail(
        Code::kModelInconsistent,
        fmt::format("input {}, weights {} and output {} do not fit together",
                    to_string(site.input(operands.input).shape),
                    to_string(site.input(operands.weights).shape), to_string(site.output().shape)));
}

}  // namespace ingot::codegen
