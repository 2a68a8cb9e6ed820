// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// SOFTMAX of the last axis. Its exponentials have 256 values, which are computed here.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "codegen/ops/fixed_point.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

constexpr int kIntegerBits = 5;  // Of the exponential's argument, a Q5.26.
constexpr int64_t kDepthMax = 8191;

void read(const Options &options, Attributes &attributes) {
    attributes.set("beta", options.float32(0));
}

Result<void> require_probabilities(const Site &site) {
    const Tensor &output = site.output();
    if (scale_of(output) == 1.0 / 256 && zero_point_of(output) == -128) return {};
    return site.fail(Code::kQuantizationWrong,
                     fmt::format("output has scale {} and zero point {}; accepted: 1/256 and -128",
                                 scale_of(output), zero_point_of(output)));
}

Result<int64_t> depth_of(const Site &site) {
    const Shape &input = site.input(0).shape;
    const Shape &output = site.output().shape;
    if (input != output) {
        return site.fail(Code::kModelInconsistent,
                         fmt::format("input {} and output {} differ in shape", to_string(input),
                                     to_string(output)));
    }
    if (input.empty() || input.back() > kDepthMax) {
        return site.fail(
            Code::kOperatorLimit,
            fmt::format("input {}; accepted: a last axis of 1..{}", to_string(input), kDepthMax));
    }
    return input.back();
}

// What one step of the input is worth to the exponential, cut off where exp vanishes after one
// step anyway; a generated model that rounds once is cut a bit earlier, as in the reference
// kernels.
Result<double> exponent_of_step(const Site &site) {
    const double scale = site.node.attributes.real("beta") * scale_of(site.input(0));
    const int bits = site.rounding == INGOT_ROUNDING_SINGLE ? 30 : 31;
    const double largest = std::ldexp(std::exp2(bits) - 1, kIntegerBits - 31);
    if (scale > std::ldexp(1, kIntegerBits - 31)) return std::min(scale, largest);
    return site.fail(Code::kOperatorLimit,
                     fmt::format("beta {} times input scale {} is too small for fixed point; "
                                 "accepted: above 2^-26",
                                 site.node.attributes.real("beta"), scale_of(site.input(0))));
}

// Entry d is exp(-d x scale), 0 where the exponent does not fit.
std::vector<int32_t> exponentials(double scale, ingot_rounding rounding) {
    const auto [factor, radius] = stretch(scale, kIntegerBits);
    std::vector<int32_t> table(256, 0);
    for (int32_t d = 0; d <= std::min(radius, 255); ++d) {
        const int32_t exponent = ingot_scale(-d, factor.multiplier, factor.shift, rounding);
        table[d] = exponential(exponent, kIntegerBits);
    }
    return table;
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY_DO(require_probabilities(site));
    TRY(const int64_t depth, depth_of(site));
    TRY(const double scale, exponent_of_step(site));
    return Lowered{
        .params = Params()
                      .add("rows", element_count(site.input(0).shape) / depth)
                      .add("depth", depth)
                      .add("exponential", int32_array(exponentials(scale, site.rounding))),
        .inputs = {site.node.inputs[0]},
        .outputs = site.node.outputs};
}

constexpr Import kImports[] = {{"SOFTMAX", read}};

}  // namespace

const Operator k_softmax = {.name = "softmax", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
