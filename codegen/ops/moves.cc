// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Checks that all data-moving operators share.

#include "codegen/ops/moves.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "codegen/ops/quantized.h"

namespace ingot::codegen {
namespace {

std::string describe(const Quantization &quantization) {
    if (quantization.empty()) return "no scale";
    return fmt::format("scale {}, zero point {}", fmt::join(quantization.scale, " "),
                       fmt::join(quantization.zero_point, " "));
}

bool same_scale(const Quantization &a, const Quantization &b) {
    return a.scale == b.scale && a.zero_point == b.zero_point;
}

}  // namespace

Result<void> require_same_elements(const Site &site, const Tensor &source, const Tensor &target) {
    if (source.type != target.type || element_bytes(source.type) == 0) {
        return site.fail(
            Code::kTypeNotExecutable,
            fmt::format("moves {} '{}' to {} '{}'; accepted: one type for both, with "
                        "elements of whole bytes",
                        name(source.type), source.name, name(target.type), target.name));
    }
    if (!same_scale(source.quantization, target.quantization)) {
        return site.fail(
            Code::kQuantizationWrong,
            fmt::format("'{}' has {}, '{}' has {}; accepted: the same", source.name,
                        describe(source.quantization), target.name, describe(target.quantization)),
            "the operator moves bytes and cannot rescale them: requantise before it");
    }
    if (std::max(source.bytes(), target.bytes()) > std::numeric_limits<int32_t>::max()) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("'{}' has {} bytes; accepted: fewer than 2 GiB", source.name,
                                     source.bytes()));
    }
    return {};
}

Result<void> require_move(const Site &site) {
    if (!site.has_input(0) || site.node.outputs.size() != 1) {
        return site.fail(Code::kModelInconsistent,
                         fmt::format("has {} inputs and {} outputs; accepted: input 0 and one "
                                     "output",
                                     site.input_count(), site.node.outputs.size()));
    }
    return require_same_elements(site, site.input(0), site.output());
}

Result<void> require_output_shape(const Site &site, std::span<const int64_t> computed) {
    if (std::ranges::equal(site.output().shape, computed)) return {};
    return site.fail(Code::kModelInconsistent,
                     fmt::format("output has shape {}; its operands ask for [{}]",
                                 to_string(site.output().shape), fmt::join(computed, "][")));
}

Result<std::vector<int64_t>> require_operand(const Site &site, size_t i, size_t count) {
    TRY(std::vector<int64_t> values, require_constant_integers(site, i));
    if (values.size() == count) return values;
    return site.fail(Code::kModelInconsistent, fmt::format("input {} has {} elements; accepted: {}",
                                                           i, values.size(), count));
}

Result<size_t> require_axis(const Site &site, int64_t axis, size_t rank) {
    const auto dimensions = static_cast<int64_t>(rank);
    if (axis >= -dimensions && axis < dimensions) {
        return static_cast<size_t>(axis < 0 ? axis + dimensions : axis);
    }
    return site.fail(Code::kOperatorLimit,
                     fmt::format("axis {} of a tensor of {} dimensions", axis, dimensions));
}

void read_block(const Options &options, Attributes &attributes) {
    attributes.set("block", options.int32(0));
}

Lowered lowered_blocks(const Site &site, int64_t block) {
    const Tensor &input = site.input(0);
    return {.params = Params()
                          .add("element_bytes", element_bytes(input.type))
                          .add("block", block)
                          .add("input", shape_of(input)),
            .inputs = {site.node.inputs[0]},
            .outputs = site.node.outputs};
}

}  // namespace ingot::codegen
