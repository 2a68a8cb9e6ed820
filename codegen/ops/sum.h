// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Lowers a sum or difference of two inputs of unlike scales; what add and sub have in common.

#ifndef INGOT_CODEGEN_SUM_H
#define INGOT_CODEGEN_SUM_H

#include <fmt/format.h>

#include <algorithm>

#include "codegen/ops/broadcast.h"
#include "codegen/ops/quantized.h"

namespace ingot::codegen {

// Both inputs are brought to twice the larger of their scales, with 20 bits to spare. Real is the
// type the reference kernels divide in: double for sums, but float for differences, and the last
// bit of a factor depends on it.
template <class Real>
Result<Lowered> lower_sum(const Site &site) {
    constexpr int64_t kLeftShift = 20;
    TRY(Lowered call, lower_broadcast(site));
    TRY(const Params stage, output_stage(site));

    const Real input[2] = {site.input(0).quantization.scale[0],
                           site.input(1).quantization.scale[0]};
    const Real output = site.output().quantization.scale[0];
    const Real common = 2 * std::max(input[0], input[1]);
    const Real to_output = common / ((1 << kLeftShift) * output);
    if (!(to_output < 1)) {
        return site.fail(Code::kQuantizationWrong,
                         fmt::format("output scale {} is too small for inputs of scales {} and {}; "
                                     "accepted: above {}",
                                     output, input[0], input[1], common / (1 << kLeftShift)));
    }
    const Params factors[2] = {factor_params(factor_of(input[0] / common)),
                               factor_params(factor_of(input[1] / common))};
    const std::vector<int64_t> zero_points = {zero_point_of(site.input(0)),
                                              zero_point_of(site.input(1))};
    call.params.add("input_zero_point", zero_points)
        .add("left_shift", kLeftShift)
        .add("input_factor", Params().add("", factors[0]).add("", factors[1]))
        .add("output_factor", factor_params(factor_of(to_output)))
        .add("stage", stage);
    return call;
}

}  // namespace ingot::codegen

#endif
