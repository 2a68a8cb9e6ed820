// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images resized by copying the nearest pixel.

#include <algorithm>
#include <cmath>

#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/resize.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {
    {"RESIZE_NEAREST_NEIGHBOR",
     [](const Options &options, Attributes &attributes) { read_resize(options, 0, attributes); }},
};

// In float, like the reference kernels: where a position falls on a border between two pixels, the
// last bit of a quotient decides.
int32_t nearest(const ResizeAxis &axis, int32_t i) {
    const int32_t ends = axis.align_corners && axis.output > 1 ? 1 : 0;
    const float step =
        static_cast<float>(axis.input - ends) / static_cast<float>(axis.output - ends);
    const float position = (static_cast<float>(i) + (axis.half_pixel_centers ? 0.5f : 0.0f)) * step;
    const float pixel = axis.align_corners ? std::round(position) : std::floor(position);
    return std::min(static_cast<int32_t>(pixel), axis.input - 1);
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_move(site));
    TRY_DO(require_resize(site));

    return Lowered{.params = Params()
                                 .add("element_bytes", element_bytes(site.input(0).type))
                                 .add("input", shape_of(site.input(0)))
                                 .add("output", shape_of(site.output()))
                                 .add("rows", resize_table(site, Along::kHeight, nearest))
                                 .add("columns", resize_table(site, Along::kWidth, nearest)),
                   .inputs = {site.node.inputs[0]},
                   .outputs = {site.node.outputs[0]}};
}

}  // namespace

const Operator k_resize_nearest = {.name = "resize_nearest", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
