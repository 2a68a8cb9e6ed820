// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Options, checks and tables of both ways to resize an image.

#include "codegen/ops/resize.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "codegen/ops/moves.h"

namespace ingot::codegen {
namespace {

constexpr int32_t kExtentMax = 1 << 20;  // Its positions still fit Q21.10.

}  // namespace

void read_resize(const Options &options, int field, Attributes &attributes) {
    attributes.set("align_corners", options.int8(field));
    attributes.set("half_pixel_centers", options.int8(field + 1));
}

Result<void> require_resize(const Site &site) {
    TRY(const std::vector<int64_t> size, require_operand(site, 1, 2));
    const Shape &input = site.input(0).shape, &output = site.output().shape;
    if (input.size() != 4) {
        return site.fail(Code::kModelInconsistent,
                         fmt::format("resizes {}; accepted: [batches][height][width][channels]",
                                     to_string(input)));
    }
    TRY_DO(require_output_shape(
        site, std::array{int64_t{input[0]}, size[0], size[1], int64_t{input[3]}}));
    if (std::max({input[1], input[2], output[1], output[2]}) > kExtentMax) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("{} is resized to {}; accepted: at most {} rows and columns",
                                     to_string(input), to_string(output), kExtentMax));
    }
    return {};
}

Array resize_table(const Site &site, Along along,
                   int32_t (*position)(const ResizeAxis &axis, int32_t i)) {
    const auto dimension = static_cast<size_t>(along);
    const Attributes &attributes = site.node.attributes;
    const ResizeAxis axis = {
        .input = site.input(0).shape[dimension],
        .output = site.output().shape[dimension],
        .align_corners = attributes.integer("align_corners") != 0,
        .half_pixel_centers = attributes.integer("half_pixel_centers") != 0,
    };
    std::vector<int32_t> table(axis.output);
    for (int32_t i = 0; i < axis.output; ++i) table[i] = position(axis, i);
    return int32_array(table);
}

}  // namespace ingot::codegen
