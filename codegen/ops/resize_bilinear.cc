// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Images resized by blending the nearest pixels.

#include <algorithm>

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/ops/resize.h"

namespace ingot::codegen {
namespace {

constexpr Import kImports[] = {
    {"RESIZE_BILINEAR",
     [](const Options &options, Attributes &attributes) { read_resize(options, 2, attributes); }},
};

// In Q21.10, the step rounded before it is multiplied, as the reference kernels do. They do not
// clamp the position itself, but outside the image both neighbours are the same pixel.
int32_t between(const ResizeAxis &axis, int32_t i) {
    const int64_t one = 1024;
    const int64_t ends = axis.align_corners && axis.output > 1 ? 1 : 0;
    const int64_t step =
        (one * (axis.input - ends) + (axis.output - ends) / 2) / (axis.output - ends);
    const int64_t shift = axis.half_pixel_centers ? step / 2 - one / 2 : 0;
    const int64_t last = one * (axis.input - 1);
    return static_cast<int32_t>(std::clamp<int64_t>(i * step + shift, 0, last));
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY_DO(require_same_quantization(site));
    TRY_DO(require_resize(site));
    const Attributes &attributes = site.node.attributes;
    if (attributes.integer("align_corners") && attributes.integer("half_pixel_centers")) {
        return site.fail(Code::kOperatorLimit,
                         "align_corners and half_pixel_centers are both set; accepted: one of "
                         "them, or none");
    }
    const bool is_single = site.rounding == INGOT_ROUNDING_SINGLE;
    const std::string rounding = is_single ? "INGOT_ROUNDING_SINGLE" : "INGOT_ROUNDING_DOUBLE";
    return Lowered{.params = Params()
                                 .add("input", shape_of(site.input(0)))
                                 .add("output", shape_of(site.output()))
                                 .add("rounding", rounding)
                                 .add("rows", resize_table(site, Along::kHeight, between))
                                 .add("columns", resize_table(site, Along::kWidth, between)),
                   .inputs = {site.node.inputs[0]},
                   .outputs = {site.node.outputs[0]}};
}

}  // namespace

const Operator k_resize_bilinear = {.name = "resize_bilinear", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
