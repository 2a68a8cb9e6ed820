// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One axis of a window at a time: what it needs, and what padding that makes.

#include "codegen/ops/window.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace ingot::codegen {
namespace {

enum Padding : int64_t { kSame = 0, kValid = 1 };  // As TFLite numbers them.

constexpr int64_t kStepMax = 1 << 20;

struct Axis {
    std::string_view name;
    std::string_view pad;  // The attribute that gives its padding.
    int64_t stride, dilation, taps, image, results;

    int64_t span() const { return (taps - 1) * dilation + 1; }
};

Result<void> require_steps(const Site &site, const Axis &axis) {
    const auto is_step = [](int64_t step) { return step >= 1 && step <= kStepMax; };
    if (is_step(axis.stride) && is_step(axis.dilation) && is_step(axis.taps)) return {};
    return site.fail(Code::kOperatorLimit,
                     fmt::format("a window with {} {}, stride {} and dilation {}; accepted: "
                                 "1..{} each",
                                 axis.name, axis.taps, axis.stride, axis.dilation, kStepMax));
}

Result<void> require_results(const Site &site, const Axis &axis, int64_t expected) {
    if (axis.results == expected) return {};
    return site.fail(Code::kModelInconsistent,
                     fmt::format("a window with {0} {1}, stride {2} and dilation {3} over {4} "
                                 "lands {5} times, but the model says {6}",
                                 axis.name, axis.taps, axis.stride, axis.dilation, axis.image,
                                 expected, axis.results));
}

// Padding told by a pass: any that leaves the last window a start inside the padded image.
Result<int64_t> told_padding(const Site &site, const Axis &axis) {
    const int64_t before = site.node.attributes.integer(axis.pad);
    const int64_t last = (axis.results - 1) * axis.stride - before;
    if (before >= 0 && before <= kStepMax && last < axis.image + axis.span()) return before;
    return site.fail(Code::kOperatorLimit, fmt::format("{} {} leaves the image of {} {}", axis.pad,
                                                       before, axis.name, axis.image));
}

Result<int64_t> padding_before(const Site &site, const Axis &axis) {
    TRY_DO(require_steps(site, axis));
    if (site.node.attributes.has(axis.pad)) return told_padding(site, axis);
    const int64_t padding = site.node.attributes.integer("padding");
    if (padding == kValid) {
        const int64_t room = axis.image - axis.span();
        TRY_DO(require_results(site, axis, room < 0 ? 0 : room / axis.stride + 1));
        return 0;
    }
    if (padding != kSame) {
        return site.fail(Code::kOperatorLimit,
                         fmt::format("padding {}; accepted: 0 (same), 1 (valid)", padding));
    }
    TRY_DO(require_results(site, axis, (axis.image + axis.stride - 1) / axis.stride));
    const int64_t total = (axis.results - 1) * axis.stride + axis.span() - axis.image;
    return std::max<int64_t>(total, 0) / 2;
}

// Kernels reckon offsets in 32 bits, those of taps outside the image too.
Result<void> require_reach(const Site &site, const Axis &y, const Axis &x, int64_t channels) {
    const double elements = static_cast<double>(y.image + y.span()) *
                            static_cast<double>(x.image + x.span()) * static_cast<double>(channels);
    if (elements <= std::numeric_limits<int32_t>::max()) return {};
    return site.fail(Code::kOperatorLimit,
                     fmt::format("a window that spans {}x{} over an image {}x{}x{} reaches beyond "
                                 "32-bit offsets",
                                 y.span(), x.span(), y.image, x.image, channels));
}

// One tap has no neighbour to be apart from.
int32_t dilation_of(const Axis &axis) {
    return axis.taps == 1 ? 1 : static_cast<int32_t>(axis.dilation);
}

}  // namespace

void read_window(const Options &options, const WindowFields &fields, Attributes &attributes) {
    const auto read = [&](std::string_view name, int field) {
        if (field != WindowFields::kNone) attributes.set(name, options.int32(field, 1));
    };
    attributes.set("padding", options.int8(0));
    attributes.set("activation", options.int8(fields.activation));
    attributes.set("stride_width", options.int32(1));
    attributes.set("stride_height", options.int32(2));
    read("dilation_width", fields.dilation_width);
    read("dilation_height", fields.dilation_height);
    read("window_width", fields.window_width);
    read("window_height", fields.window_height);
}

Area area_of(const Tensor &tensor) {
    INGOT_CHECK(tensor.shape.size() == 4);
    return {.height = tensor.shape[1], .width = tensor.shape[2]};
}

Result<void> require_images(const Site &site, size_t i) {
    const Shape &input = site.input(i).shape;
    const Shape &output = site.output().shape;
    if (input.size() == 4 && output.size() == 4 && input[0] == output[0]) return {};
    return site.fail(Code::kOperatorLimit,
                     fmt::format("input {} and output {}; accepted: "
                                 "[batches][height][width][channels] with equal batches",
                                 to_string(input), to_string(output)));
}

Result<ingot_window> window_of(const Site &site, const Landscape &landscape) {
    const auto step = [&](std::string_view name) { return site.node.attributes.integer(name, 1); };
    const Axis y = {.name = "height",
                    .pad = "pad_top",
                    .stride = step("stride_height"),
                    .dilation = step("dilation_height"),
                    .taps = landscape.taps.height,
                    .image = landscape.image.height,
                    .results = landscape.result.height};
    const Axis x = {.name = "width",
                    .pad = "pad_left",
                    .stride = step("stride_width"),
                    .dilation = step("dilation_width"),
                    .taps = landscape.taps.width,
                    .image = landscape.image.width,
                    .results = landscape.result.width};
    TRY(const int64_t pad_top, padding_before(site, y));
    TRY(const int64_t pad_left, padding_before(site, x));
    TRY_DO(require_reach(site, y, x, landscape.channels));
    return ingot_window{.height = static_cast<int32_t>(y.taps),
                        .width = static_cast<int32_t>(x.taps),
                        .stride_height = static_cast<int32_t>(y.stride),
                        .stride_width = static_cast<int32_t>(x.stride),
                        .pad_top = static_cast<int32_t>(pad_top),
                        .pad_left = static_cast<int32_t>(pad_left),
                        .dilation_height = dilation_of(y),
                        .dilation_width = dilation_of(x)};
}

Params window_params(const ingot_window &window) {
    return Params()
        .add("height", window.height)
        .add("width", window.width)
        .add("stride_height", window.stride_height)
        .add("stride_width", window.stride_width)
        .add("pad_top", window.pad_top)
        .add("pad_left", window.pad_left)
        .add("dilation_height", window.dilation_height)
        .add("dilation_width", window.dilation_width);
}

}  // namespace ingot::codegen
