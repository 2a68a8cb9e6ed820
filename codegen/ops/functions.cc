// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of functions. Where the reference kernels have an int8 kernel of a function, its table
// is what that kernel computes, to the bit; the others are computed on real numbers.

#include "codegen/ops/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "codegen/ops/fixed_point.h"
#include "codegen/ops/hard_swish.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

template <class Function>
FunctionTable table_of(const Function &function) {
    FunctionTable table;
    for (int32_t x = -128; x <= 127; ++x) {
        table[static_cast<size_t>(x + 128)] =
            static_cast<int8_t>(std::clamp<int64_t>(function(x), -128, 127));
    }
    return table;
}

struct Ends {
    int32_t input_zero, output_zero;
    float input_scale, output_scale;

    explicit Ends(const Site &site)
        : input_zero(zero_point_of(site.input(0))),
          output_zero(zero_point_of(site.output())),
          input_scale(site.input(0).quantization.scale[0]),
          output_scale(site.output().quantization.scale[0]) {}

    // The ratio is formed in float, as in the reference kernels.
    ingot_factor factor(float times = 1) const {
        return factor_of(static_cast<double>(std::abs(input_scale * times / output_scale)));
    }
};

int64_t scale(const Site &site, int32_t value, const ingot_factor &factor) {
    return ingot_scale(value, factor.multiplier, factor.shift, site.rounding);
}

// ---- In integers -------------------------------------------------------------------------------

// Between two bounds, in the output's quantisation. The reference's relu6 does not rescale; where
// input and output share a quantisation, as it assumes, neither does this.
Result<FunctionTable> clamped(const Site &site, float low, float high) {
    const Ends ends(site);
    const int64_t min = nearest_int8(low, site.output());
    const int64_t max = nearest_int8(high, site.output());
    return table_of([&](int32_t x) {
        const int64_t scaled = scale(site, x - ends.input_zero, ends.factor());
        return std::clamp(scaled + ends.output_zero, min, max);
    });
}

constexpr float kInfinity = std::numeric_limits<float>::infinity();

Result<FunctionTable> relu(const Site &site) { return clamped(site, 0, kInfinity); }
Result<FunctionTable> relu6(const Site &site) { return clamped(site, 0, 6); }
Result<FunctionTable> relu_0_to_1(const Site &site) { return clamped(site, 0, 1); }
Result<FunctionTable> relu_n1_to_1(const Site &site) { return clamped(site, -1, 1); }

Result<FunctionTable> leaky_relu(const Site &site) {
    const Ends ends(site);
    const auto alpha = static_cast<float>(site.node.attributes.real("alpha"));
    if (!std::isfinite(ends.input_scale * alpha / ends.output_scale)) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("alpha {}; accepted: a finite number", alpha));
    }
    const int sign = std::signbit(alpha) ? -1 : 1;
    return table_of([&](int32_t x) {
        const int32_t value = x - ends.input_zero;
        const int64_t scaled = value >= 0 ? scale(site, value, ends.factor())
                                          : sign * scale(site, value, ends.factor(alpha));
        return scaled + ends.output_zero;
    });
}

Result<FunctionTable> absolute(const Site &site) {
    const Ends ends(site);
    return table_of([&](int32_t x) {
        return scale(site, std::abs(x - ends.input_zero), ends.factor()) + ends.output_zero;
    });
}

// 0 counts as infinitely close to it. Below 0 the reference stops with an error; a table cannot,
// and answers the same as for 0.
Result<FunctionTable> reciprocal_square_root(const Site &site) {
    constexpr int32_t kHeadroom = 20;  // Bits that the root is given before it is scaled.
    const Ends ends(site);
    const float root_scale = std::sqrt(ends.input_scale) * ends.output_scale;
    ingot_factor factor = factor_of(1.0 / static_cast<double>(root_scale));
    factor.shift = std::max(factor.shift - kHeadroom, -31);
    return table_of([&](int32_t x) -> int64_t {
        const int32_t value = x - ends.input_zero;
        if (value <= 0) return 127;
        ingot_factor root = inverse_square_root(value);
        root.shift += kHeadroom;
        const auto widened = static_cast<int32_t>(scale(site, 1, root));
        return scale(site, widened, factor) + ends.output_zero;
    });
}

// What the last step of a curve needs: its output's only quantisation, its ends, its value.
struct Curve {
    float output_scale;
    int32_t output_zero;
    int32_t (*value)(int32_t x);  // From Q4.27 to Q0.31
    int32_t fraction_bits;        // Of the output.
};

constexpr Curve kLogistic = {1.0f / 256, -128, codegen::logistic, 8};
constexpr Curve kTanh = {1.0f / 128, 0, codegen::hyperbolic_tangent, 7};

template <const Curve &kCurve>
Result<FunctionTable> curve(const Site &site) {
    const Ends ends(site);
    if (ends.output_scale != kCurve.output_scale || ends.output_zero != kCurve.output_zero) {
        return site.fail(Code::kQuantizationWrong,
                         fmt::format("output has scale {} and zero point {}; accepted: {} and {}",
                                     ends.output_scale, ends.output_zero, kCurve.output_scale,
                                     kCurve.output_zero));
    }
    constexpr int kIntegerBits = 4;
    const auto [factor, radius] = stretch(scale_of(site.input(0)), kIntegerBits);
    return table_of([&, factor = factor, radius = radius](int32_t x) -> int64_t {
        const int32_t value = x - ends.input_zero;
        if (value <= -radius) return -128;
        if (value >= radius) return 127;
        const auto exponent = static_cast<int32_t>(scale(site, value, factor));
        return ingot_shift_right_rounding(kCurve.value(exponent), 31 - kCurve.fraction_bits) +
               kCurve.output_zero;
    });
}

Result<FunctionTable> hard_swish(const Site &site) {
    const Ends ends(site);
    const auto swish = HardSwish::of(ends.input_scale, ends.output_scale);
    if (!swish) {
        return site.fail(Code::kQuantizationWrong,
                         fmt::format("input scale {} and output scale {}; accepted: an output "
                                     "scale of at least 1/128 of the input's",
                                     ends.input_scale, ends.output_scale));
    }
    return table_of([&](int32_t x) -> int64_t {
        return (*swish)(static_cast<int16_t>(x - ends.input_zero)) + ends.output_zero;
    });
}

// ---- On real numbers ---------------------------------------------------------------------------

// The nearest output to function(real input), all in float. Where the function has no value, real
// 0.
template <auto kFunction>
Result<FunctionTable> real(const Site &site) {
    const Ends ends(site);
    const float inverse_scale = 1 / ends.output_scale;
    return table_of([&](int32_t x) -> int64_t {
        const float input = ends.input_scale * static_cast<float>(x - ends.input_zero);
        const float steps = std::round(kFunction(input) * inverse_scale);
        if (std::isnan(steps)) return ends.output_zero;
        return static_cast<int64_t>(std::clamp(steps, -512.0f, 512.0f)) + ends.output_zero;
    });
}

float exponential_linear(float x) { return x < 0.0f ? std::exp(x) - 1.0f : x; }

float gaussian_linear(float x) {
    return 0.5f * x * std::erfc(x * -(std::numbers::sqrt2_v<float> / 2));
}

float gaussian_linear_by_tanh(float x) {
    constexpr auto kSlope = static_cast<float>(std::numbers::sqrt2 * std::numbers::inv_sqrtpi);
    return 0.5f * x * (1.0f + std::tanh(kSlope * (x + 0.044715f * x * x * x)));
}

float logarithm(float x) { return x > 0 ? std::log(x) : -kInfinity; }

float sign(float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : 0.0f; }

struct Function {
    std::string_view name;
    Result<FunctionTable> (*tabulate)(const Site &site);
};

constexpr Function kFunctions[] = {
    {"abs", absolute},
    {"ceil", real<[](float x) { return std::ceil(x); }>},
    {"cos", real<[](float x) { return std::cos(x); }>},
    {"elu", real<exponential_linear>},
    {"exp", real<[](float x) { return std::exp(x); }>},
    {"floor", real<[](float x) { return std::floor(x); }>},
    {"gelu", real<gaussian_linear>},
    {"gelu_tanh", real<gaussian_linear_by_tanh>},
    {"hard_swish", hard_swish},
    {"leaky_relu", leaky_relu},
    {"log", real<logarithm>},
    {"logistic", curve<kLogistic>},
    {"neg", real<[](float x) { return -x; }>},
    {"relu", relu},
    {"relu6", relu6},
    {"relu_0_to_1", relu_0_to_1},
    {"relu_n1_to_1", relu_n1_to_1},
    {"round", real<[](float x) { return std::nearbyint(x); }>},  // Ties to even.
    {"rsqrt", reciprocal_square_root},
    {"sign", real<sign>},
    {"sin", real<[](float x) { return std::sin(x); }>},
    {"sqrt", real<[](float x) { return std::sqrt(x); }>},
    {"square", real<[](float x) { return x * x; }>},
    {"tanh", curve<kTanh>},
};

}  // namespace

Result<FunctionTable> tabulate(const Site &site) {
    const std::string name = site.node.attributes.text("function");
    const auto *found = std::ranges::find(kFunctions, name, &Function::name);
    if (found != std::end(kFunctions)) return found->tabulate(site);
    return site.fail(Code::kOperatorLimit, fmt::format("no function is called '{}'", name));
}

}  // namespace ingot::codegen
