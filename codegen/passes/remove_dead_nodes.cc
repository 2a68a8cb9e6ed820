// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Drops what no output depends on.

#include <algorithm>

#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

class Marks {
public:
    explicit Marks(const Graph &graph) : is_marked_(graph.tensors.size()) {}

    void add(std::span<const TensorId> ids) {
        for (const TensorId id : ids) {
            if (id != kNoTensor) is_marked_[id] = true;
        }
    }
    bool has(TensorId id) const { return is_marked_[id]; }
    bool has_any(std::span<const TensorId> ids) const {
        return std::ranges::any_of(ids, [&](TensorId id) { return has(id); });
    }

private:
    std::vector<bool> is_marked_;
};

void remove_unread_nodes(Graph &graph) {
    Marks read(graph);
    read.add(graph.outputs);
    std::vector<Node> kept;  // Last one first.
    for (size_t i = graph.nodes.size(); i-- > 0;) {
        Node &node = graph.nodes[i];
        if (!read.has_any(node.outputs)) continue;
        read.add(node.inputs);
        kept.push_back(std::move(node));
    }
    std::ranges::reverse(kept);
    graph.nodes = std::move(kept);
}

// The tensors themselves stay, so that ids keep their meaning.
void drop_unnamed_data(Graph &graph) {
    Marks named(graph);
    named.add(graph.inputs);
    named.add(graph.outputs);
    for (const Node &node : graph.nodes) {
        named.add(node.inputs);
        named.add(node.outputs);
    }
    for (size_t i = 0; i < graph.tensors.size(); ++i) {
        if (!named.has(static_cast<TensorId>(i))) graph.tensors[i].data = std::vector<uint8_t>();
    }
}

}  // namespace

void remove_dead_nodes(Graph &graph) {
    remove_unread_nodes(graph);
    drop_unnamed_data(graph);
}

}  // namespace ingot::codegen
