// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One row for every operator that keeps channels apart.

#include "codegen/passes/channel_flow.h"

#include <algorithm>
#include <numeric>

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/passes/kernel_params.h"

namespace ingot::codegen {

struct ChannelRule {
    const Operator *op;
    // Finds the carries; an empty answer means that channels cannot be told apart. Null: it mixes.
    std::vector<Carry> (*carries)(const Site &site);
    // The range of an output channel from those it is carried from. Null: it is a layer.
    Interval (*range)(const Params &params, std::span<const Interval> inputs);
};

namespace {

// ---- Carries -----------------------------------------------------------------------------------

// Channels 0 .. modulus - 1, over and over.
Carry cyclic(size_t input, int outputs, int modulus) {
    Carry carry{.input = input, .source = std::vector<int>(outputs)};
    for (int o = 0; o < outputs; ++o) carry.source[o] = o % modulus;
    return carry;
}

// Channels of input 0 in their places.
std::vector<Carry> carry_one(const Site &site) {
    const int channels = channel_count(site.input(0));
    if (channels != channel_count(site.output())) return {};
    return {cyclic(0, channels, channels)};
}

// Two inputs that are combined element by element; one channel is repeated for all.
std::vector<Carry> carry_two(const Site &site) {
    const int outputs = channel_count(site.output());
    std::vector<Carry> carries;
    for (size_t i = 0; i < 2; ++i) {
        const int channels = channel_count(site.input(i));
        carries.push_back(cyclic(i, outputs, channels));
        carries.back().is_repeated = channels < outputs;
    }
    return carries;
}

// [..., height, width, channels] as one row: the channels follow each other, pixel by pixel.
std::vector<Carry> carry_flattened(const Site &site) {
    const int channels = channel_count(site.input(0)), outputs = channel_count(site.output());
    if (outputs % channels != 0) return {};
    return {cyclic(0, outputs, channels)};
}

std::vector<Carry> carry_multiplied(const Site &site) {
    const int channels = channel_count(site.input(0)), outputs = channel_count(site.output());
    Carry carry{.input = 0, .source = std::vector<int>(outputs)};
    for (int o = 0; o < outputs; ++o) carry.source[o] = o / (outputs / channels);
    return {carry};
}

// Channels one after the other, or, when another axis is joined, in their places.
std::vector<Carry> carry_joined(const Site &site) {
    const int outputs = channel_count(site.output());
    std::vector<Carry> carries;
    int first = 0;
    for (size_t i = 0; i < site.input_count(); ++i) {
        const int channels = channel_count(site.input(i));
        Carry carry{.input = i, .source = std::vector<int>(outputs, Carry::kNone)};
        if (channels == outputs) first = 0;
        std::iota(carry.source.begin() + first, carry.source.begin() + first + channels, 0);
        carries.push_back(std::move(carry));
        first += channels;
    }
    return carries;
}

// Mean over any axes but the last.
std::vector<Carry> carry_unless_reduced(const Site &site) {
    const auto last = static_cast<int64_t>(site.input(0).shape.size()) - 1;
    const std::vector<int64_t> axes = integers(site.input(1));
    const auto is_last = [&](int64_t axis) { return axis == last || axis == -1; };
    if (std::ranges::any_of(axes, is_last)) return {};
    return carry_one(site);
}

// ---- Ranges ------------------------------------------------------------------------------------

// Sums that are already scaled, through the output stage.
Interval finish(const Params &params, Interval scaled) {
    const Interval bounds = {integer_at(params, "stage.activation_min"),
                             integer_at(params, "stage.activation_max")};
    const Interval moved = scaled + just(integer_at(params, "stage.zero_point"));
    return moved == clamp(moved, kAnyInt32) ? clamp(moved, bounds) : bounds;  // It might wrap.
}

Interval range_of_any(const Params &, std::span<const Interval> inputs) {
    return std::accumulate(inputs.begin(), inputs.end(), inputs[0], hull);
}

// One input of a sum, in the sum's own scale.
Interval addend(const Params &params, size_t i, Interval input) {
    const int64_t zero_point = integers_at(params, "input_zero_point")[i];
    const Interval wide =
        (input - just(zero_point)) * just(int64_t{1} << integer_at(params, "left_shift"));
    return scale(wide, factor_at(params, i == 0 ? "input_factor.0" : "input_factor.1"));
}

Interval range_of_sum(const Params &params, std::span<const Interval> inputs) {
    const Interval sum = addend(params, 0, inputs[0]) + addend(params, 1, inputs[1]);
    return finish(params, scale(sum, factor_at(params, "output_factor")));
}

Interval range_of_difference(const Params &params, std::span<const Interval> inputs) {
    const Interval difference = addend(params, 0, inputs[0]) - addend(params, 1, inputs[1]);
    return finish(params, scale(difference, factor_at(params, "output_factor")));
}

Interval range_of_product(const Params &params, std::span<const Interval> inputs) {
    const std::vector<int64_t> zero_point = integers_at(params, "input_zero_point");
    const Interval product = (inputs[0] - just(zero_point[0])) * (inputs[1] - just(zero_point[1]));
    return finish(params, scale(product, factor_at(params, "factor")));
}

Interval range_of_minimum(const Params &, std::span<const Interval> inputs) {
    return {std::min(inputs[0].low, inputs[1].low), std::min(inputs[0].high, inputs[1].high)};
}

Interval range_of_maximum(const Params &, std::span<const Interval> inputs) {
    return {std::max(inputs[0].low, inputs[1].low), std::max(inputs[0].high, inputs[1].high)};
}

Interval range_of_requantized(const Params &params, std::span<const Interval> inputs) {
    const Interval input = inputs[0] - just(integer_at(params, "input_zero_point"));
    return finish(params, scale(input, factor_at(params, "factor")));
}

// A mean and a maximum lie between the least and the largest value.
Interval range_of_pool(const Params &params, std::span<const Interval> inputs) {
    return clamp(inputs[0],
                 {integer_at(params, "activation_min"), integer_at(params, "activation_max")});
}

Interval range_of_padded(const Params &params, std::span<const Interval> inputs) {
    return hull(inputs[0], just(integer_at(params, "value")));
}

Interval range_of_table(const Params &params, std::span<const Interval> inputs) {
    const std::vector<int64_t> table = integers_at(params, "table");
    Interval range = just(table[inputs[0].low + 128]);
    for (int64_t i = inputs[0].low; i <= inputs[0].high; ++i) {
        range = hull(range, just(table[i + 128]));
    }
    return range;
}

Interval range_of_mean(const Params &params, std::span<const Interval> inputs) {
    int64_t count = 1;
    for (const int64_t extent : integers_at(params, "reduced.extent")) count *= extent;
    const Interval input = inputs[0] - just(integer_at(params, "input_zero_point"));
    return finish(params, scale(input * just(count), factor_at(params, "factor")));
}

constexpr ChannelRule kRules[] = {
    {&k_add, carry_two, range_of_sum},
    {&k_average_pool, carry_one, range_of_pool},
    {&k_concat, carry_joined, range_of_any},
    {&k_conv2d, nullptr, nullptr},
    {&k_depthwise_conv2d, carry_multiplied, nullptr},
    {&k_fully_connected, nullptr, nullptr},
    {&k_lut, carry_one, range_of_table},
    {&k_max_pool, carry_one, range_of_pool},
    {&k_maximum, carry_two, range_of_maximum},
    {&k_mean, carry_unless_reduced, range_of_mean},
    {&k_minimum, carry_two, range_of_minimum},
    {&k_mul, carry_two, range_of_product},
    {&k_pad, carry_one, range_of_padded},
    {&k_requantize, carry_one, range_of_requantized},
    {&k_reshape, carry_flattened, range_of_any},
    {&k_resize_bilinear, carry_one, range_of_any},
    {&k_resize_nearest, carry_one, range_of_any},
    {&k_sub, carry_two, range_of_difference},
};

bool is_int8(const Site &site, const std::vector<Carry> &carries) {
    const auto reads_int8 = [&](const Carry &carry) {
        return site.input(carry.input).type == Type::kInt8;
    };
    return site.output().type == Type::kInt8 && std::ranges::all_of(carries, reads_int8);
}

}  // namespace

int channel_count(const Tensor &tensor) { return tensor.shape.empty() ? 1 : tensor.shape.back(); }

int32_t kept_count(const Channels &channels) {
    return static_cast<int32_t>(std::ranges::count(channels, false, &Channel::is_removed));
}

bool Flow::tells_apart(size_t input) const {
    if (is_mixing()) return input == 0;
    return std::ranges::find(carries, input, &Carry::input) != carries.end();
}

std::optional<Flow> flow_of(const Site &site) {
    const auto *rule = std::ranges::find(kRules, site.node.op, &ChannelRule::op);
    if (rule == std::end(kRules)) return std::nullopt;
    Flow flow{.rule = rule};
    for (const ingot_rounding rounding : {INGOT_ROUNDING_DOUBLE, INGOT_ROUNDING_SINGLE}) {
        auto lowered = site.node.op->lower({site.graph, site.node, rounding});
        if (!lowered) return std::nullopt;
        flow.params[rounding] = std::move(lowered->params);
    }
    if (rule->carries) flow.carries = rule->carries(site);
    if (!rule->range) flow.layer = layer_of(site, flow.params[0]);
    const bool is_known = (flow.layer || rule->range) && (!rule->carries || !flow.carries.empty());
    if (!is_known || !is_int8(site, flow.carries)) return std::nullopt;
    return flow;
}

std::vector<Interval> output_ranges(const Flow &flow, const Node &node,
                                    std::span<const Channels> tensors) {
    std::vector<Interval> ranges;
    if (flow.layer) {
        ranges = sum_ranges(*flow.layer, tensors[node.inputs[0]]);
        for (size_t o = 0; o < ranges.size(); ++o) {
            ranges[o] = finish(flow.params[0], scale(ranges[o], flow.layer->factors[o]));
        }
        return ranges;
    }
    for (size_t o = 0; o < tensors[node.outputs[0]].size(); ++o) {
        std::vector<Interval> inputs;
        for (const Carry &carry : flow.carries) {
            if (carry.source[o] == Carry::kNone) continue;
            inputs.push_back(tensors[node.inputs[carry.input]][carry.source[o]].range);
        }
        ranges.push_back(hull(flow.rule->range(flow.params[0], inputs),
                              flow.rule->range(flow.params[1], inputs)));
    }
    return ranges;
}

}  // namespace ingot::codegen
