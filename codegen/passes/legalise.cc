// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Rewrites nodes that no kernel can run as they are into chains of nodes that kernels can.

#include <fmt/format.h>

#include <algorithm>

#include "codegen/ops/join.h"
#include "codegen/ops/operators.h"
#include "codegen/passes/passes.h"
#include "ingot/kernels.h"

namespace ingot::codegen {
namespace {

// The rewritten graph so far. A node that is not right stays as it is: lowering it tells why.
struct Rewrite {
    Graph &graph;
    std::vector<Node> nodes = {};

    // A tensor of our own making, with the elements of another.
    TensorId add_tensor(const Node &node, TensorId like, const Shape &shape) {
        graph.tensors.push_back({.name = fmt::format("{}/{}", node.name, graph.tensors.size()),
                                 .type = graph.tensors[like].type,
                                 .shape = shape,
                                 .quantization = graph.tensors[like].quantization,
                                 .data = {}});
        return static_cast<TensorId>(graph.tensors.size() - 1);
    }

    // A node of our own making, which does part of another's work.
    void add_part(const Node &node, const Operator &op, const std::vector<TensorId> &inputs,
                  const std::vector<TensorId> &outputs, const Attributes &attributes = {}) {
        nodes.push_back({.op = &op,
                         .name = fmt::format("{}/{}", node.name, nodes.size()),
                         .inputs = inputs,
                         .outputs = outputs,
                         .attributes = attributes,
                         .source_index = node.source_index});
    }
};

Attributes along(size_t axis) {
    Attributes attributes;
    attributes.set("axis", static_cast<int64_t>(axis));
    return attributes;
}

// ---- Concat and split ---------------------------------------------------------------------------

// Puts neighbouring parts together in tensors of their own until as few are left as one step takes.
// Returns these groups; a later one may hold an earlier one.
std::vector<Join> group_parts(Rewrite &rewrite, const Node &node, Join &join) {
    constexpr size_t kMost = INGOT_INPUTS_MAX;
    std::vector<Join> groups;
    std::vector<TensorId> &parts = join.parts;
    for (size_t at = 0; parts.size() > kMost; ++at) {
        const size_t count = std::min(kMost, parts.size() - kMost + 1);
        if (at + count > parts.size()) at = 0;
        const auto first = parts.begin() + at, last = first + count;
        Shape shape = rewrite.graph.tensors[*first].shape;
        shape[join.axis] = 0;
        for (auto part = first; part != last; ++part) {
            shape[join.axis] += rewrite.graph.tensors[*part].shape[join.axis];
        }
        const TensorId whole = rewrite.add_tensor(node, *first, shape);
        groups.push_back({.whole = whole, .parts = {first, last}, .axis = join.axis});
        *first = whole;
        parts.erase(first + 1, last);
    }
    return groups;
}

void rewrite_concat(Rewrite &rewrite, Node node) {
    if (auto join = concat_join({rewrite.graph, node})) {
        for (const Join &group : group_parts(rewrite, node, *join)) {
            rewrite.add_part(node, k_concat, group.parts, {group.whole}, along(group.axis));
        }
        node.inputs = join->parts;
    }
    rewrite.nodes.push_back(std::move(node));
}

void rewrite_split(Rewrite &rewrite, Node node) {
    auto join = split_join({rewrite.graph, node});
    std::vector<Join> groups;
    if (join) {
        groups = group_parts(rewrite, node, *join);
        node.inputs = {join->whole};
        node.outputs = join->parts;
        node.attributes = along(join->axis);
    }
    rewrite.nodes.push_back(node);
    std::ranges::reverse(groups);
    for (const Join &group : groups) {
        rewrite.add_part(node, k_split, {group.whole}, group.parts, along(group.axis));
    }
}

// ---- Pack and unpack ----------------------------------------------------------------------------

// The part's shape with the axis that the whole has and the part has not.
Shape with_axis(const Graph &graph, TensorId part, size_t axis) {
    Shape shape = graph.tensors[part].shape;
    shape.insert(shape.begin() + axis, 1);
    return shape;
}

void rewrite_pack(Rewrite &rewrite, Node node) {
    Graph &graph = rewrite.graph;
    const auto join = pack_join({graph, node});
    if (!join) return rewrite.nodes.push_back(std::move(node));
    for (TensorId &part : node.inputs) {
        const TensorId view = rewrite.add_tensor(node, part, with_axis(graph, part, join->axis));
        graph.tensors[view].data = graph.tensors[part].data;
        if (!graph.tensors[part].is_constant()) {
            rewrite.add_part(node, k_reshape, {part}, {view});
        }
        part = view;
    }
    node.op = &k_concat;
    node.attributes = along(join->axis);
    rewrite_concat(rewrite, std::move(node));
}

void rewrite_unpack(Rewrite &rewrite, Node node) {
    const auto join = unpack_join({rewrite.graph, node});
    if (!join) return rewrite.nodes.push_back(std::move(node));
    for (TensorId &part : node.outputs) {
        part = rewrite.add_tensor(node, part, with_axis(rewrite.graph, part, join->axis));
    }
    node.op = &k_split;
    node.attributes = along(join->axis);
    const std::vector<TensorId> slices = node.outputs;
    rewrite_split(rewrite, node);
    for (size_t i = 0; i < slices.size(); ++i) {
        rewrite.add_part(node, k_reshape, {slices[i]}, {join->parts[i]});
    }
}

// ---- Reshape ------------------------------------------------------------------------------------

// What asks for the shape is not needed: the output has it. So nothing is computed for it alone.
void rewrite_reshape(Rewrite &rewrite, Node node) {
    node.inputs.resize(1);
    rewrite.nodes.push_back(std::move(node));
}

// ---- Quantize -----------------------------------------------------------------------------------

// TFLite has one name for floats that become int8 and for an int8 that changes its scale.
void rewrite_quantize(Rewrite &rewrite, Node node) {
    const bool is_int8 = rewrite.graph.tensors[node.inputs[0]].type == Type::kInt8;
    if (is_int8) node.op = &k_requantize;
    rewrite.nodes.push_back(std::move(node));
}

struct Row {
    const Operator *op;
    void (*rewrite)(Rewrite &rewrite, Node node);
};

constexpr Row kRows[] = {
    {&k_concat, rewrite_concat}, {&k_split, rewrite_split},     {&k_pack, rewrite_pack},
    {&k_unpack, rewrite_unpack}, {&k_reshape, rewrite_reshape}, {&k_quantize, rewrite_quantize},
};

}  // namespace

void legalise(Graph &graph) {
    Rewrite rewrite = {graph};
    for (Node &node : graph.nodes) {
        const auto *row = std::ranges::find(kRows, node.op, &Row::op);
        if (row == std::end(kRows)) {
            rewrite.nodes.push_back(std::move(node));
        } else {
            row->rewrite(rewrite, std::move(node));
        }
    }
    graph.nodes = std::move(rewrite.nodes);
}

}  // namespace ingot::codegen
