// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Types, scales, factors and clamps of int8 operators.

#include "codegen/ops/quantized.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ingot::codegen {
namespace {

constexpr int32_t kLow = std::numeric_limits<int8_t>::min();
constexpr int32_t kHigh = std::numeric_limits<int8_t>::max();

Result<void> require_int8_tensor(const Site &site, const Tensor &tensor) {
    if (tensor.type != Type::kInt8) {
        return site.fail(Code::kTypeNotExecutable, fmt::format("tensor '{}' is {}; accepted: int8",
                                                               tensor.name, name(tensor.type)));
    }
    const Quantization &quantization = tensor.quantization;
    if (quantization.scale.size() != 1 || quantization.zero_point.size() != 1) {
        return site.fail(
            Code::kQuantizationWrong,
            fmt::format("tensor '{}' has {} scales and {} zero points; accepted: one of each",
                        tensor.name, quantization.scale.size(), quantization.zero_point.size()));
    }
    if (!std::isfinite(quantization.scale[0]) || quantization.scale[0] <= 0) {
        return site.fail(Code::kQuantizationWrong,
                         fmt::format("tensor '{}' has scale {}; accepted: finite and above 0",
                                     tensor.name, quantization.scale[0]));
    }
    if (quantization.zero_point[0] < kLow || quantization.zero_point[0] > kHigh) {
        return site.fail(Code::kQuantizationWrong,
                         fmt::format("tensor '{}' has zero point {}; accepted: {}..{}", tensor.name,
                                     quantization.zero_point[0], kLow, kHigh));
    }
    return {};
}

// The bounds that an activation sets on real values; infinite where it sets none.
struct RealRange {
    float min, max;
};

constexpr float kInfinity = std::numeric_limits<float>::infinity();

// By TFLite's ActivationFunctionType.
constexpr RealRange kActivations[] = {
    {-kInfinity, kInfinity},  // none
    {0, kInfinity},           // relu
    {-1, 1},                  // relu_n1_to_1
    {0, 6},                   // relu6
};

}  // namespace

ingot_factor factor_of(double real) {
    INGOT_CHECK(real >= 0);
    constexpr int64_t kUnit = int64_t{1} << 31;
    int exponent = 0;
    const double fraction = std::frexp(std::min<double>(real, kUnit), &exponent);
    int64_t multiplier = std::llround(fraction * kUnit);
    if (multiplier == kUnit) {
        multiplier /= 2;
        ++exponent;
    }
    if (exponent < -31) return {.multiplier = 0, .shift = 0};
    if (exponent > 30) return {.multiplier = kUnit - 1, .shift = 30};
    return {.multiplier = static_cast<int32_t>(multiplier), .shift = exponent};
}

Result<void> require_int8_input(const Site &site, size_t i) {
    if (!site.has_input(i)) {
        return site.fail(Code::kModelInconsistent, fmt::format("input {} is missing", i));
    }
    return require_int8_tensor(site, site.input(i));
}

Result<void> require_int8_output(const Site &site, size_t i) {
    if (i >= site.node.outputs.size()) {
        return site.fail(Code::kModelInconsistent, fmt::format("output {} is missing", i));
    }
    return require_int8_tensor(site, site.output(i));
}

Result<void> require_int8(const Site &site, size_t count) {
    for (size_t i = 0; i < count; ++i) TRY_DO(require_int8_input(site, i));
    return require_int8_output(site);
}

Result<void> require_same_quantization(const Site &site) {
    const Tensor &input = site.input(0);
    const Tensor &output = site.output();
    if (scale_of(input) == scale_of(output) && zero_point_of(input) == zero_point_of(output)) {
        return {};
    }
    return site.fail(Code::kQuantizationWrong,
                     fmt::format("input has scale {} and zero point {}, output {} and {}; "
                                 "accepted: the same",
                                 scale_of(input), zero_point_of(input), scale_of(output),
                                 zero_point_of(output)));
}

Result<std::vector<int64_t>> require_constant_integers(const Site &site, size_t i) {
    if (!site.has_input(i)) {
        return site.fail(Code::kModelInconsistent, fmt::format("input {} is missing", i));
    }
    const Tensor &tensor = site.input(i);
    if (tensor.type != Type::kInt32 && tensor.type != Type::kInt64) {
        return site.fail(Code::kTypeNotExecutable,
                         fmt::format("tensor '{}' is {}; accepted: int32 or int64", tensor.name,
                                     name(tensor.type)));
    }
    if (!tensor.is_constant() && element_count(tensor.shape) != 0) {
        return site.fail(
            Code::kNotConstant,
            fmt::format("tensor '{}' is computed at run time; accepted: a constant", tensor.name));
    }
    return integers(tensor);
}

double scale_of(const Tensor &tensor) { return tensor.quantization.scale[0]; }

int32_t zero_point_of(const Tensor &tensor) {
    return static_cast<int32_t>(tensor.quantization.zero_point[0]);
}

// The division is in float, as in the reference kernels.
int32_t nearest_int8(float real, const Tensor &tensor) {
    const float steps = std::round(real / tensor.quantization.scale[0]);
    const float bounded =
        std::clamp(steps, -256.0f, 256.0f);  // Beyond any int8, whatever its zero.
    return std::clamp(static_cast<int32_t>(bounded) + zero_point_of(tensor), kLow, kHigh);
}

std::vector<int64_t> shape_of(const Tensor &tensor) {
    INGOT_CHECK(tensor.shape.size() <= 4);
    std::vector<int64_t> extents(4 - tensor.shape.size(), 1);
    extents.insert(extents.end(), tensor.shape.begin(), tensor.shape.end());
    return extents;
}

ingot_shape extents_of(const Tensor &tensor) {
    const std::vector<int64_t> extents = shape_of(tensor);
    const auto extent = [&](size_t d) { return static_cast<int32_t>(extents[d]); };
    return {.batches = extent(0), .height = extent(1), .width = extent(2), .channels = extent(3)};
}

Params factor_params(ingot_factor factor) {
    return Params().add("multiplier", factor.multiplier).add("shift", factor.shift);
}

Result<Range> activation_range(const Site &site) {
    const auto activation = static_cast<uint64_t>(site.node.attributes.integer("activation"));
    if (activation >= std::size(kActivations)) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("fused activation {} is not supported; accepted: 0 (none), "
                                     "1 (relu), 2 (relu_n1_to_1), 3 (relu6)",
                                     static_cast<int64_t>(activation)));
    }
    const RealRange &real = kActivations[activation];
    return Range{.min = nearest_int8(real.min, site.output()),
                 .max = nearest_int8(real.max, site.output())};
}

Result<ingot_output_stage> stage_of(const Site &site) {
    TRY(const Range range, activation_range(site));
    return ingot_output_stage{.zero_point = zero_point_of(site.output()),
                              .activation_min = range.min,
                              .activation_max = range.max,
                              .rounding = site.rounding};
}

Params stage_params(const ingot_output_stage &stage) {
    const bool single = stage.rounding == INGOT_ROUNDING_SINGLE;
    return Params()
        .add("zero_point", stage.zero_point)
        .add("activation_min", stage.activation_min)
        .add("activation_max", stage.activation_max)
        .add("rounding", std::string(single ? "INGOT_ROUNDING_SINGLE" : "INGOT_ROUNDING_DOUBLE"));
}

Result<Params> output_stage(const Site &site) {
    TRY(const ingot_output_stage stage, stage_of(site));
    return stage_params(stage);
}

}  // namespace ingot::codegen
