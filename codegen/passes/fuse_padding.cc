// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Folds an explicit pad into the windows of the convolutions that read it.
//
// A convolution takes taps outside the image as its input's zero point. A pad that writes just that
// value around the image is therefore the same as windows that hang over its edge. Top and left are
// told to the convolution; bottom and right follow from its output's shape, which stays.

#include <algorithm>
#include <optional>

#include "codegen/ops/operators.h"
#include "codegen/ops/quantized.h"
#include "codegen/passes/kernel_params.h"
#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

constexpr int64_t kValid = 1;  // TFLite's Padding: 0 same, 1 valid.

struct Margin {
    int64_t top, left;
};

// How far a pad of height and width with the zero point moves the image; nothing for other pads.
std::optional<Margin> margin_of(const Site &site) {
    const auto lowered = site.node.op->lower(site);
    if (!lowered || !require_int8(site, 1) || !require_same_quantization(site)) return {};
    if (integer_at(lowered->params, "value") != zero_point_of(site.output())) return {};
    if (site.input(0).shape.size() != 4) return {};
    const std::vector<int64_t> edges = integers(site.input(1));  // [4][before, after]
    if (edges[0] || edges[1] || edges[6] || edges[7]) return {};
    return Margin{.top = edges[2], .left = edges[4]};
}

bool can_take_margin(const Node &node, TensorId padded) {
    return (node.op == &k_conv2d || node.op == &k_depthwise_conv2d) && node.inputs[0] == padded &&
           node.attributes.integer("padding") == kValid && !node.attributes.has("pad_top");
}

}  // namespace

void fuse_padding(Graph &graph) {
    const std::vector<std::vector<int>> readers = consumers(graph);
    for (const Node &pad : graph.nodes) {
        if (pad.op != &k_pad) continue;
        const auto margin = margin_of({graph, pad});
        if (!margin || is_graph_output(graph, pad.outputs[0])) continue;
        const std::vector<int> &nodes = readers[pad.outputs[0]];
        const auto can_take = [&](int i) {
            return can_take_margin(graph.nodes[i], pad.outputs[0]);
        };
        if (!std::ranges::all_of(nodes, can_take)) continue;
        for (const int i : nodes) {
            Node &node = graph.nodes[i];
            node.inputs[0] = pad.inputs[0];
            node.attributes.set("pad_top", margin->top);
            node.attributes.set("pad_left", margin->left);
        }
    }
    remove_dead_nodes(graph);
}

}  // namespace ingot::codegen
