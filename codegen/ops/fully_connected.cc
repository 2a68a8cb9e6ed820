// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// FULLY_CONNECTED: every output from every input of its row.

#include <fmt/format.h>

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/weights.h"

namespace ingot::codegen {
namespace {

// weights [outputs][inputs]
constexpr WeightOperands kOperands = {.rank = 2, .channel_axis = 0, .is_fully_connected = true};

// keep_num_dims is seen in the output's shape.
void read(const Options &options, Attributes &attributes) {
    attributes.set("activation", options.int8(0));
    attributes.set("weights_format", options.int8(1));
}

Result<void> require_plain_weights(const Site &site) {
    const int64_t format = site.node.attributes.integer("weights_format");
    if (format == 0) return {};
    return site.fail(Code::kOperatorLimit,
                     fmt::format("weights format {}; accepted: 0 (plain rows)", format));
}

// The input is as many rows as its elements make, whatever its shape.
Result<int64_t> rows_of(const Site &site) {
    const Shape &weights = site.input(1).shape;
    const int64_t rows = element_count(site.input(0).shape) / weights[1];
    if (rows * weights[1] != element_count(site.input(0).shape) ||
        rows * weights[0] != element_count(site.output().shape)) {
        return shapes_differ(site);
    }
    return rows;
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY_DO(require_plain_weights(site));
    TRY(const Weights weights, weights_of(site, kOperands));
    TRY(const int64_t rows, rows_of(site));
    TRY(const ingot_output_stage stage, stage_of(site));
    const ingot_fully_connected_params layer = {.rows = static_cast<int32_t>(rows),
                                                .inputs = site.input(1).shape[1],
                                                .outputs = site.input(1).shape[0],
                                                .input_zero_point = zero_point_of(site.input(0)),
                                                .weights_zero_point = weights.zero_point,
                                                .stage = stage,
                                                .factors = {},
                                                .weights = nullptr,
                                                .bias = nullptr};
    Lowered lowered = with_weights(site,
                                   Params()
                                       .add("rows", layer.rows)
                                       .add("inputs", layer.inputs)
                                       .add("outputs", layer.outputs)
                                       .add("input_zero_point", layer.input_zero_point)
                                       .add("weights_zero_point", layer.weights_zero_point)
                                       .add("stage", stage_params(stage)),
                                   layer, weights);
    lowered.inputs = {site.node.inputs[0]};
    lowered.outputs = site.node.outputs;
    return lowered;
}

int64_t macs(const Site &site) {
    return element_count(site.output().shape) * site.input(1).shape[1];
}

constexpr Import kImports[] = {{"FULLY_CONNECTED", read}};

}  // namespace

const Operator k_fully_connected = {
    .name = "fully_connected", .imports = kImports, .lower = lower, .macs = macs};

}  // namespace ingot::codegen
