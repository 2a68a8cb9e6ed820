// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Rules on what a layer computes, wherever its data lie.

#include <fmt/format.h>

#include "boards/machines/cnn_array_rules.h"

namespace ingot::cnn_rules {
namespace {

using enum CnnOperation;

// The same on both parts. Source: ai8x-synthesis, README, unless another is named.
constexpr int64_t kPadMax = 2;
constexpr int64_t kConv1dTapsMax = 9;
constexpr int64_t kDilatedTapsMax = 3;
constexpr int64_t kPoolMax = 16;
constexpr int64_t kOperandsMax = 16;
constexpr int64_t kPoolLastOperandsMax = 2;            // izer/tornadocnn.py: MAX_POOL_LAST_ELEMENTS
constexpr int64_t kFrameMax = (int64_t{1} << 21) - 1;  // izer/tornadocnn.py: FRAME_SIZE_MAX
constexpr int64_t kFlattenedMax = 16384;
constexpr int64_t kFlattenedPixelsMax = 256;
constexpr int64_t kShiftMax = 15;

std::string text(const CnnExtent &extent) {
    return fmt::format("{}x{}", extent.height, extent.width);
}

CnnVerdict refuse(std::string what, std::string hint = {}) {
    return CnnFinding{std::move(what), std::move(hint)};
}

CnnVerdict within(std::string_view what, int64_t found, int64_t low, int64_t high) {
    if (found >= low && found <= high) return {};
    const std::string accepted =
        low == high ? fmt::to_string(low) : fmt::format("{}..{}", low, high);
    return refuse(fmt::format("{} is {}; accepted: {}", what, found, accepted));
}

CnnVerdict both_within(std::string_view what, const CnnExtent &found, int64_t low, int64_t high) {
    if (CnnVerdict verdict = within(fmt::format("{}'s height", what), found.height, low, high)) {
        return verdict;
    }
    return within(fmt::format("{}'s width", what), found.width, low, high);
}

bool pools(const CnnLayer &layer) { return layer.pool.area() > 1; }

// A dilated Conv1d whose taps lie too far apart to be one longer kernel: it runs as a Conv2d.
bool runs_in_rows(const CnnPart &part) {
    return part.is(kConv1d) && part.layer.dilation.height > 1 &&
           (part.layer.kernel.height - 1) * part.layer.dilation.height >= kConv1dTapsMax;
}

CnnVerdict ability(bool is_asked_for, bool is_there, std::string_view what) {
    if (!is_asked_for || is_there) return {};
    return refuse(fmt::format("asks for {}, which this part lacks", what), "the MAX78002 has it");
}

}  // namespace

// -- convolutions ---------------------------------------------------------------------------------

CnnVerdict conv2d_kernel(const CnnPart &part) {
    const CnnExtent &kernel = part.layer.kernel;
    if (!part.is(kConv2d) || kernel == CnnExtent{1, 1} || kernel == CnnExtent{3, 3}) return {};
    return refuse(fmt::format("kernel {}; accepted: 1x1, 3x3", text(kernel)),
                  "two layers of 3x3 see as far as one of 5x5");
}

CnnVerdict conv1d_kernel(const CnnPart &part) {
    if (!part.is(kConv1d)) return {};
    return within("the kernel's length", part.layer.kernel.height, 1, kConv1dTapsMax);
}

CnnVerdict transposed_kernel(const CnnPart &part) {
    if (!part.is(kTransposedConv2d) || part.layer.kernel == CnnExtent{3, 3}) return {};
    return refuse(fmt::format("kernel {}; accepted: 3x3", text(part.layer.kernel)));
}

CnnVerdict conv_stride(const CnnPart &part) {
    const CnnExtent &stride = part.layer.stride;
    if (part.is(kTransposedConv2d) || stride == CnnExtent{1, 1}) return {};
    return refuse(fmt::format("stride {}; accepted: 1x1", text(stride)),
                  "pooling, of 1x1 if need be, has a stride");
}

CnnVerdict transposed_stride(const CnnPart &part) {
    if (!part.is(kTransposedConv2d) || part.layer.stride == CnnExtent{2, 2}) return {};
    return refuse(fmt::format("stride {}; accepted: 2x2", text(part.layer.stride)));
}

CnnVerdict conv2d_dilation(const CnnPart &part) {
    if (part.is(kConv1d)) return {};
    return both_within("dilation", part.layer.dilation, 1, part.limits().conv2d_dilation);
}

CnnVerdict conv1d_dilation(const CnnPart &part) {
    const int64_t dilation = part.layer.dilation.height;
    const int64_t taps = part.layer.kernel.height;
    if (!part.is(kConv1d) || dilation == 1) return {};
    if (taps == 1)
        return refuse("a kernel of length 1 is dilated; accepted: lengths of 2 and more");
    if (!runs_in_rows(part) && dilation > 1) return {};
    if (taps > kDilatedTapsMax) {
        return refuse(
            fmt::format("{} taps at a dilation of {}; accepted: up to {} taps, or "
                        "(taps - 1) x dilation below {}",
                        taps, dilation, kDilatedTapsMax, kConv1dTapsMax));
    }
    return within("dilation", dilation, 1, part.limits().conv1d_dilation);
}

CnnVerdict conv1d_dilation_form(const CnnPart &part) {
    if (!runs_in_rows(part)) return {};
    const CnnLayer &layer = part.layer;
    constexpr std::string_view kWhy = "runs as a two-dimensional convolution, without";
    if (pools(layer)) return refuse(fmt::format("is dilated and {} pooling", kWhy));
    if (layer.pad.height > 0) return refuse(fmt::format("is dilated and {} padding", kWhy));
    if (layer.operands > 1) return refuse(fmt::format("is dilated and {} operands", kWhy));
    if (layer.streams || layer.flattens || layer.bypasses_kernel || layer.reads_ahead) {
        return refuse(
            fmt::format("is dilated and {} streaming, flattening, bypass or read-ahead", kWhy));
    }
    const int64_t ignored = 4 * hardware_shape(part.network, part.index).ignored_words;
    if (layer.output_offset >= ignored) return {};
    return refuse(
        fmt::format("writes {} bytes in front of its output, whose offset is 0x{:x}; "
                    "accepted: 0x{:x} and more",
                    ignored, layer.output_offset, ignored));
}

CnnVerdict padding(const CnnPart &part) {
    if (!convolves(part.layer)) return {};
    return both_within("padding", part.layer.pad, 0, kPadMax);
}

CnnVerdict padding_below_kernel(const CnnPart &part) {
    const auto &[pad, kernel] = std::tie(part.layer.pad, part.layer.kernel);
    if (!convolves(part.layer) || (pad.height < kernel.height && pad.width < kernel.width)) {
        return {};
    }
    return refuse(fmt::format("padding {} for a kernel of {}; accepted: less than the kernel",
                              text(pad), text(kernel)));
}

CnnVerdict conv1d_padding_passes(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (!part.is(kConv1d) || layer.pad.height == 0 || part.limits().pads_passes) return {};
    if (passes(layer.input_channels) == 1) return {};
    return refuse(fmt::format("padding {} with {} input channels; accepted: 0 beyond 64 channels",
                              layer.pad.height, layer.input_channels));
}

CnnVerdict output_padding(const CnnPart &part) {
    const int64_t wanted = part.is(kTransposedConv2d) ? 1 : 0;
    return both_within("output padding", part.layer.output_pad, wanted, wanted);
}

CnnVerdict groups(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (layer.groups == 1) return {};
    const bool is_depthwise =
        layer.groups == layer.input_channels && layer.groups == layer.output_channels;
    if (part.limits().groups && is_depthwise && !layer.flattens && convolves(layer)) return {};
    return refuse(fmt::format(
        "{} groups of {} inputs and {} outputs; accepted: 1{}", layer.groups, layer.input_channels,
        layer.output_channels,
        part.limits().groups ? ", or as many as inputs and as outputs, without flattening" : ""));
}

CnnVerdict weight_bits(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    const int64_t bits = layer.weight_bits;
    if (!convolves(layer)) return {};
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8) {
        return refuse(fmt::format("weights of {} bits; accepted: 1, 2, 4, 8", bits));
    }
    return ability(layer.binary_weights, part.limits().binary_weights,
                   "binary weights of -1 and +1");
}

CnnVerdict output_shift(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (!convolves(layer) || layer.output_width != 8) return {};
    const int64_t own = 8 - layer.weight_bits;  // What narrow weights add.
    const int64_t total = layer.output_shift + own;
    if (total >= -kShiftMax && total <= kShiftMax) return {};
    return refuse(fmt::format("shift {} with weights of {} bits; accepted: {}..{}",
                              layer.output_shift, layer.weight_bits, -kShiftMax - own,
                              kShiftMax - own));
}

CnnVerdict output_width(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (layer.output_width == 8) return {};
    if (layer.output_width == 32 && layer.activation == CnnActivation::kNone) return {};
    return refuse(fmt::format("{} bits of output{}; accepted: 8, or 32 without an activation",
                              layer.output_width,
                              layer.activation == CnnActivation::kNone ? "" : ", activated"));
}

// -- pooling and element-wise operations ----------------------------------------------------------

CnnVerdict pool_size(const CnnPart &part) {
    return both_within("the pooling window", part.layer.pool, 1, kPoolMax);
}

CnnVerdict pool_stride(const CnnPart &part) {
    const CnnExtent &stride = part.layer.pool_stride;
    if (CnnVerdict verdict = both_within("the pooling stride", stride, 1, kPoolMax)) return verdict;
    const bool has_two = !part.is(kConv1d) && part.layer.input.width > 1;
    if (!has_two || stride.height == stride.width) return {};
    return refuse(
        fmt::format("pooling stride {}; accepted: the same in both directions", text(stride)));
}

CnnVerdict pool_dilation(const CnnPart &part) {
    return both_within("the pooling dilation", part.layer.pool_dilation, 1,
                       part.limits().pool_dilation);
}

CnnVerdict pass_through_pool(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (convolves(layer) || !pools(layer) || pooled(layer).area() <= 1) return {};
    const int64_t found = passes(layer.input_channels);
    if (found <= part.limits().pool_passes) return {};
    return refuse(
        fmt::format("pools {} channels to {} in {} passes; accepted: {}", layer.input_channels,
                    text(pooled(layer)), found, part.limits().pool_passes),
        "pool in a layer that convolves, or to 1x1");
}

CnnVerdict operands(const CnnPart &part) {
    if (part.layer.element_wise == CnnElementWise::kNone) {
        return within("the number of operands without an operation", part.layer.operands, 1, 1);
    }
    return within("the number of operands", part.layer.operands, 2, kOperandsMax);
}

CnnVerdict conv1d_element_wise(const CnnPart &part) {
    if (!part.is(kConv1d) || part.layer.operands == 1) return {};
    return refuse(fmt::format("a Conv1d with {} operands; accepted: 1", part.layer.operands),
                  "a pass-through layer in front can do it");
}

CnnVerdict element_wise_passes(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    const int64_t count = passes(layer.input_channels);
    if (part.limits().element_wise_passes || layer.operands == 1 || count == 1) return {};
    if (layer.operands == 2 && count == 2) return {};
    const bool does_more = convolves(layer) || pools(layer) || layer.pool_stride.area() > 1;
    if (!does_more) return {};
    return refuse(fmt::format("{} operands of {} channels with a convolution or pooling; accepted: "
                              "up to 64 channels, or 128 for 2 operands",
                              layer.operands, layer.input_channels),
                  "a pass-through layer in front can do it");
}

CnnVerdict element_wise_bias(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    const bool is_concerned = layer.operands > 1 && convolves(layer) &&
                              layer.bias == CnnBias::kPresent && passes(layer.input_channels) > 1;
    if (!is_concerned || part.limits().adds_then_biases) return {};
    return refuse(fmt::format("{} operands of {} channels, a convolution and a bias in one layer; "
                              "accepted: up to 64 channels",
                              layer.operands, layer.input_channels),
                  "a pass-through layer in front can do it");
}

CnnVerdict pool_last_operands(const CnnPart &part) {
    if (part.layer.pools_first || !pools(part.layer)) return {};
    if (part.layer.operands <= kPoolLastOperandsMax) return {};
    return refuse(fmt::format("pools after an operation on {} operands; accepted: up to {}",
                              part.layer.operands, kPoolLastOperandsMax));
}

CnnVerdict pool_last_form(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (layer.pools_first || (layer.operands > 1 && pools(layer))) return {};
    return refuse("pools last, but lacks pooling or an element-wise operation; accepted: both");
}

// -- sizes ----------------------------------------------------------------------------------------

CnnVerdict input_channels(const CnnPart &part) {
    return within("the number of input channels", part.layer.input_channels, 1,
                  part.limits().channels);
}

CnnVerdict output_channels(const CnnPart &part) {
    return within("the number of output channels", part.layer.output_channels, 1,
                  part.limits().channels);
}

CnnVerdict bias_outputs(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (layer.bias != CnnBias::kPresent) return {};
    return within("the number of output channels with a bias", layer.output_channels, 1,
                  part.array.bias_bytes);
}

CnnVerdict rows_columns(const CnnPart &part) {
    const int64_t most = part.limits().rows_columns;
    if (CnnVerdict verdict = both_within("the input", part.layer.input, 1, most)) return verdict;
    const CnnExtent result = output(part.layer);
    if (result.height < 1 || result.width < 1) return {};  // empty_data's business.
    return both_within("the output", result, 1, most);
}

CnnVerdict empty_data(const CnnPart &part) {
    const CnnExtent inner = pooled(part.layer);
    const CnnExtent result = output(part.layer);
    if (inner.height > 0 && inner.width > 0 && result.height > 0 && result.width > 0) return {};
    return refuse(
        fmt::format("nothing is left of {}: {} after pooling, {} at the end; accepted: "
                    "at least 1x1",
                    text(part.layer.input), text(inner), text(result)));
}

CnnVerdict frame_size(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    return within("rows x columns x passes", layer.input.area() * passes(layer.input_channels), 0,
                  kFrameMax);
}

CnnVerdict planar_pixels(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (!layer.is_planar || layer.streams) return {};
    return within("the number of CHW pixels of a channel", layer.input.area(), 0,
                  4 * part.array.data_words);
}

CnnVerdict channel_pixels(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (layer.is_planar || layer.streams) return {};
    return within("the number of HWC pixels of a channel", layer.input.area(), 0,
                  part.array.data_words);
}

CnnVerdict flatten_size(const CnnPart &part) {
    if (!part.layer.flattens) return {};
    const int64_t pixels = part.layer.input.area();
    if (CnnVerdict verdict = within("channels x rows x columns to flatten",
                                    part.layer.input_channels * pixels, 1, kFlattenedMax)) {
        return verdict;
    }
    return within("rows x columns to flatten", pixels, 1, kFlattenedPixelsMax);
}

CnnVerdict flatten_form(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (!layer.flattens) return {};
    if (!convolves(layer)) return refuse("flattens without a convolution; accepted: with one");
    if (pools(layer)) return refuse("flattens and pools; accepted: one of the two");
    if (layer.streams) return refuse("flattens and streams; accepted: one of the two");
    return {};
}

CnnVerdict pass_through_form(const CnnPart &part) {
    const CnnLayer &layer = part.layer;
    if (convolves(layer)) return {};
    constexpr std::string_view kLayer = "a layer without a convolution";
    if (layer.activation != CnnActivation::kNone) {
        return refuse(fmt::format("{} is activated; accepted: no activation", kLayer));
    }
    if (layer.pad != CnnExtent{0, 0}) {
        return refuse(fmt::format("{} has padding {}; accepted: 0", kLayer, text(layer.pad)));
    }
    if (layer.output_shift != 0) {
        return refuse(fmt::format("{} has shift {}; accepted: 0", kLayer, layer.output_shift));
    }
    if (layer.output_width != 8) {
        return refuse(
            fmt::format("{} has {} bits of output; accepted: 8", kLayer, layer.output_width));
    }
    return {};
}

// -- abilities ------------------------------------------------------------------------------------

CnnVerdict x4(const CnnPart &part) {
    return ability(part.layer.uses_x4, part.limits().x4, "four output channels at a time");
}

CnnVerdict read_ahead(const CnnPart &part) {
    return ability(part.layer.reads_ahead, part.limits().reads_ahead, "reading ahead");
}

CnnVerdict kernel_bypass(const CnnPart &part) {
    return ability(part.layer.bypasses_kernel, part.limits().bypasses_kernels,
                   "a bypass of its kernels");
}

}  // namespace ingot::cnn_rules
