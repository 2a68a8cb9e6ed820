// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Removes channels that are the same for every input, or that no output depends on.
//
// 1. Ranges, forwards: the values that each channel can take, in integers and by the very
//    arithmetic of the kernels. A channel whose range is one value is constant.
// 2. Need, backwards from the network's outputs: a channel is needed if a channel that is both
//    needed and not constant reads it through a weight other than 0. Whatever is not needed may
//    become anything within its range: step 1 holds for every value there, so what was found
//    constant stays constant.
// 3. Choice: a channel goes if it is constant or not needed, if all its readers can do without it,
//    and if the channels go that can only go together with it. This starts with all that might go
//    and takes back until nothing stands against the rest.
// 4. Rewrite: a layer loses the rows and columns of its weights that went. What a constant gave to
//    its sums goes into its bias. That is exact unless windows hang over the image's edge, where
//    the layer reads its zero point instead of the constant; so there the two must be equal.

#include <algorithm>
#include <cstring>
#include <utility>

#include "codegen/ops/operators.h"
#include "codegen/passes/channel_flow.h"
#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

struct Analysis {
    std::vector<std::optional<Flow>> flows;  // Per node.
    std::vector<Channels> tensors;
};

// ---- 1. Ranges ---------------------------------------------------------------------------------

Channels channels_of(const Tensor &tensor) {
    Channels channels(channel_count(tensor));
    if (!tensor.is_constant() || tensor.type != Type::kInt8) return channels;
    const auto values = int8s(tensor);
    for (size_t i = 0; i < values.size(); ++i) {
        Interval &range = channels[i % channels.size()].range;
        range = i < channels.size() ? just(values[i]) : hull(range, just(values[i]));
    }
    return channels;
}

Analysis find_ranges(const Graph &graph) {
    Analysis analysis;
    for (const Tensor &tensor : graph.tensors) analysis.tensors.push_back(channels_of(tensor));
    for (const Node &node : graph.nodes) {
        const std::optional<Flow> &flow = analysis.flows.emplace_back(flow_of({graph, node}));
        if (!flow) continue;
        const std::vector<Interval> ranges = output_ranges(*flow, node, analysis.tensors);
        Channels &outputs = analysis.tensors[node.outputs[0]];
        for (size_t o = 0; o < outputs.size(); ++o) outputs[o].range = ranges[o];
    }
    return analysis;
}

// ---- 2. Need -----------------------------------------------------------------------------------

void need_all(Channels &channels) {
    for (Channel &channel : channels) channel.is_needed = true;
}

void need_inputs(const Flow &flow, const Node &node, std::span<Channels> tensors) {
    const Channels &outputs = tensors[node.outputs[0]];
    if (flow.layer) {
        for (const Weight &weight : flow.layer->weights) {
            if (weight.value == 0 || !outputs[weight.output].is_live()) continue;
            tensors[node.inputs[0]][weight.input].is_needed = true;
        }
        return;
    }
    for (const Carry &carry : flow.carries) {
        for (size_t o = 0; o < outputs.size(); ++o) {
            if (carry.source[o] == Carry::kNone || !outputs[o].is_live()) continue;
            tensors[node.inputs[carry.input]][carry.source[o]].is_needed = true;
        }
    }
}

void find_needed(const Graph &graph, Analysis &analysis) {
    for (const TensorId id : graph.outputs) need_all(analysis.tensors[id]);
    for (size_t i = graph.nodes.size(); i-- > 0;) {
        const Node &node = graph.nodes[i];
        if (analysis.flows[i]) {
            need_inputs(*analysis.flows[i], node, analysis.tensors);
            continue;
        }
        for (const TensorId id : node.inputs) {
            if (id != kNoTensor) need_all(analysis.tensors[id]);
        }
    }
}

// ---- 3. Choice ---------------------------------------------------------------------------------

// True if this changes anything.
bool keep(Channel &channel) { return std::exchange(channel.is_removed, false); }

void keep_all(Channels &channels) {
    for (Channel &channel : channels) keep(channel);
}

// All that might go: what nodes compute without need, and constants that go along with it.
void nominate(const Graph &graph, Analysis &analysis) {
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!analysis.flows[i]) continue;
        const Node &node = graph.nodes[i];
        for (Channel &output : analysis.tensors[node.outputs[0]]) {
            output.is_removed = !output.is_live();
        }
        for (const Carry &carry : analysis.flows[i]->carries) {
            const TensorId id = node.inputs[carry.input];
            if (!graph.tensors[id].is_constant()) continue;
            for (Channel &channel : analysis.tensors[id]) channel.is_removed = true;
        }
    }
}

// A layer that reads all of its inputs keeps those that its bias cannot stand in for.
void keep_unfoldable(const Layer &layer, Channels &inputs, const Channels &outputs) {
    for (const Weight &weight : layer.weights) {
        Channel &input = inputs[weight.input];
        const bool is_read = weight.value != 0 && outputs[weight.output].is_live();
        const bool is_foldable = input.range.is_constant() &&
                                 (!layer.is_padded || input.range.low == layer.input_zero_point);
        if (is_read && !is_foldable) keep(input);
    }
}

// Inputs whose channels the node does not tell apart stay whole.
void keep_whole_inputs(const Node &node, const std::optional<Flow> &flow, Analysis &analysis) {
    for (size_t i = 0; i < node.inputs.size(); ++i) {
        const bool is_apart = flow && flow->tells_apart(i);
        if (!is_apart && node.inputs[i] != kNoTensor) keep_all(analysis.tensors[node.inputs[i]]);
    }
}

// Channels that go together, or not at all. True if this changes anything.
bool keep_together(const Carry &carry, Channels &inputs, Channels &outputs) {
    if (carry.is_repeated) return false;
    bool has_changed = false;
    for (size_t o = 0; o < outputs.size(); ++o) {
        if (carry.source[o] == Carry::kNone) continue;
        Channel &input = inputs[carry.source[o]];
        if (!outputs[o].is_removed) has_changed |= keep(input);
        if (!input.is_removed) has_changed |= keep(outputs[o]);
    }
    return has_changed;
}

// Keeps the first channels until `count` are kept.
bool keep_first(Channels &channels, int32_t count) {
    bool has_changed = false;
    for (Channel &channel : channels) {
        if (kept_count(channels) >= count) break;
        has_changed |= keep(channel);
    }
    return has_changed;
}

// Every layer must have one. The factor of a fully connected layer with one scale is a product in
// float, and with many they are products in double; so many must not become one.
int32_t least_outputs(const Graph &graph, const Node &node) {
    const bool has_many_scales =
        node.op == &k_fully_connected && graph.tensors[node.inputs[1]].quantization.per_channel();
    return has_many_scales ? 2 : 1;
}

// True if anything was kept that was to go.
bool keep_dependents(const Graph &graph, Analysis &analysis) {
    bool has_changed = false;
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!analysis.flows[i]) continue;
        const Node &node = graph.nodes[i];
        Channels &outputs = analysis.tensors[node.outputs[0]];
        has_changed |= keep_first(outputs, least_outputs(graph, node));
        for (const Carry &carry : analysis.flows[i]->carries) {
            Channels &inputs = analysis.tensors[node.inputs[carry.input]];
            has_changed |= keep_first(inputs, 1);
            has_changed |= keep_together(carry, inputs, outputs);
        }
    }
    return has_changed;
}

void choose(const Graph &graph, Analysis &analysis) {
    nominate(graph, analysis);
    for (const TensorId id : graph.outputs) keep_all(analysis.tensors[id]);
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        const Node &node = graph.nodes[i];
        const std::optional<Flow> &flow = analysis.flows[i];
        keep_whole_inputs(node, flow, analysis);
        if (!flow || !flow->is_mixing()) continue;
        keep_unfoldable(*flow->layer, analysis.tensors[node.inputs[0]],
                        analysis.tensors[node.outputs[0]]);
    }
    while (keep_dependents(graph, analysis)) {
    }
}

// ---- 4. Rewrite --------------------------------------------------------------------------------

template <class T>
std::vector<uint8_t> bytes_of(const std::vector<T> &values) {
    std::vector<uint8_t> bytes(values.size() * sizeof(T));
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

Quantization sliced(const Quantization &quantization, const Channels &channels) {
    Quantization result = quantization;
    if (result.scale.size() == channels.size()) result.scale = kept(result.scale, channels);
    if (result.zero_point.size() == channels.size()) {
        result.zero_point = kept(result.zero_point, channels);
    }
    return result;
}

// Other nodes may share the operand, so that it is replaced rather than changed.
void replace_input(Graph &graph, Node &node, size_t i, Tensor tensor) {
    tensor.source_index = -1;
    node.inputs.resize(std::max(node.inputs.size(), i + 1), kNoTensor);
    node.inputs[i] = static_cast<TensorId>(graph.tensors.size());
    graph.tensors.push_back(std::move(tensor));
}

void replace_weights(Graph &graph, Node &node, const Layer &layer, const Channels &outputs) {
    Tensor weights = graph.tensors[node.inputs[1]];
    std::vector<int8_t> values;
    for (const Weight &weight : layer.weights) values.push_back(weight.value);
    weights.data = bytes_of(values);
    if (node.op != &k_depthwise_conv2d) weights.shape.front() = kept_count(outputs);
    weights.shape.back() = 1;
    weights.shape.back() = static_cast<int32_t>(values.size() / element_count(weights.shape));
    weights.quantization = sliced(weights.quantization, outputs);
    replace_input(graph, node, 1, std::move(weights));
}

void replace_bias(Graph &graph, Node &node, const Layer &layer, const Channels &outputs) {
    Tensor bias;
    if (node.inputs.size() > 2 && node.inputs[2] != kNoTensor) {
        bias = graph.tensors[node.inputs[2]];
    } else {
        bias.name = graph.tensors[node.inputs[1]].name + "_bias";
        bias.type = Type::kInt32;
    }
    bias.shape = {kept_count(outputs)};
    bias.data = bytes_of(std::vector<int32_t>(layer.bias.begin(), layer.bias.end()));
    bias.quantization = sliced(bias.quantization, outputs);
    replace_input(graph, node, 2, std::move(bias));
}

void rewrite_layer(Graph &graph, Node &node, const Layer &layer, const Analysis &analysis) {
    const Channels &outputs = analysis.tensors[node.outputs[0]];
    const Layer small = shrunk(layer, analysis.tensors[node.inputs[0]], outputs);
    if (small.weights != layer.weights) replace_weights(graph, node, small, outputs);
    if (small.bias != layer.bias) replace_bias(graph, node, small, outputs);
}

void slice(Tensor &tensor, const Channels &channels) {
    std::vector<uint8_t> data;
    for (size_t i = 0; i < tensor.data.size(); ++i) {
        if (!channels[i % channels.size()].is_removed) data.push_back(tensor.data[i]);
    }
    tensor.data = std::move(data);
    tensor.shape.back() = kept_count(channels);
    tensor.source_index = -1;
}

bool has_removed(const Channels &channels) { return kept_count(channels) < std::ssize(channels); }

void rewrite(Graph &graph, const Analysis &analysis) {
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        const std::optional<Flow> &flow = analysis.flows[i];
        if (flow && flow->layer) rewrite_layer(graph, graph.nodes[i], *flow->layer, analysis);
    }
    for (size_t i = 0; i < analysis.tensors.size(); ++i) {
        if (has_removed(analysis.tensors[i])) slice(graph.tensors[i], analysis.tensors[i]);
    }
}

}  // namespace

void remove_constant_channels(Graph &graph) {
    Analysis analysis = find_ranges(graph);
    find_needed(graph, analysis);
    choose(graph, analysis);
    rewrite(graph, analysis);
}

}  // namespace ingot::codegen
