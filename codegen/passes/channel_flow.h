// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How channels flow through a node: which channels of its inputs an output channel is made of, and
// which values that lets it take.

#ifndef INGOT_CODEGEN_CHANNEL_FLOW_H
#define INGOT_CODEGEN_CHANNEL_FLOW_H

#include <optional>
#include <span>
#include <vector>

#include "codegen/ops/operator.h"
#include "codegen/passes/channels.h"
#include "codegen/passes/layer.h"

namespace ingot::codegen {

struct ChannelRule;

// Output channel o reads channel source[o] of one input, and no other channel of it.
struct Carry {
    static constexpr int kNone = -1;

    size_t input;
    std::vector<int> source;   // Per output channel; kNone: it does not read this input.
    bool is_repeated = false;  // One channel stands in for as many as there are.
};

// A layer without carries mixes all channels of input 0. A layer with them (depthwise) does not.
struct Flow {
    const ChannelRule *rule;
    Params params[2] = {};  // For either way to round; tables differ.
    std::vector<Carry> carries = {};
    std::optional<Layer> layer = {};

    bool is_mixing() const { return carries.empty(); }
    bool tells_apart(size_t input) const;  // The channels of that input.
};

// Nothing for a node whose channels cannot be told apart: another operator, a type other than int8,
// or one that cannot be lowered.
std::optional<Flow> flow_of(const Site &site);

// The values that each channel of output 0 can take. `tensors` holds the channels of every tensor.
std::vector<Interval> output_ranges(const Flow &flow, const Node &node,
                                    std::span<const Channels> tensors);

}  // namespace ingot::codegen

#endif
