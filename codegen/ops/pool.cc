// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Pooling windows and clamps.

#include "codegen/ops/pool.h"

#include <fmt/format.h>

#include "codegen/ops/quantized.h"
#include "codegen/ops/window.h"

namespace ingot::codegen {
namespace {

Area window_area(const Site &site) {
    return {.height = site.node.attributes.integer("window_height"),
            .width = site.node.attributes.integer("window_width")};
}

Result<void> require_same_channels(const Site &site) {
    if (site.input(0).shape[3] == site.output().shape[3]) return {};
    return site.fail(Code::kModelInconsistent,
                     fmt::format("input {} and output {} differ in channels",
                                 to_string(site.input(0).shape), to_string(site.output().shape)));
}

}  // namespace

void read_pool(const Options &options, Attributes &attributes) {
    constexpr WindowFields kFields = {.activation = 5, .window_width = 3, .window_height = 4};
    read_window(options, kFields, attributes);
}

Result<Lowered> lower_pool(const Site &site) {
    TRY_DO(require_int8(site, 1));
    TRY_DO(require_same_quantization(site));
    TRY_DO(require_images(site));
    TRY_DO(require_same_channels(site));
    TRY(const ingot_window window, window_of(site, {.taps = window_area(site),
                                                    .image = area_of(site.input(0)),
                                                    .result = area_of(site.output()),
                                                    .channels = site.input(0).shape[3]}));
    TRY(const Range range, activation_range(site));
    return Lowered{.params = Params()
                                 .add("input", shape_of(site.input(0)))
                                 .add("output", shape_of(site.output()))
                                 .add("window", window_params(window))
                                 .add("activation_min", range.min)
                                 .add("activation_max", range.max),
                   .inputs = {site.node.inputs[0]},
                   .outputs = site.node.outputs};
}

}  // namespace ingot::codegen
