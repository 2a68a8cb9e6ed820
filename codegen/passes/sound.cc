// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What every pass must keep, checked the slow and obvious way.

#include <algorithm>

#include "codegen/passes/passes.h"

namespace ingot::codegen {
namespace {

bool exist(const Graph &graph, std::span<const TensorId> ids) {
    return std::ranges::all_of(ids, [&](TensorId id) {
        return id >= 0 && id < std::ssize(graph.tensors) &&
               std::ranges::all_of(graph.tensors[id].shape, [](int32_t e) { return e > 0; });
    });
}

// The operands that are there; an optional one may be absent.
std::vector<TensorId> present(std::span<const TensorId> ids) {
    std::vector<TensorId> found;
    std::ranges::copy_if(ids, std::back_inserter(found),
                         [](TensorId id) { return id != kNoTensor; });
    return found;
}

// Follows the nodes in order and remembers which tensors have a value.
class Run {
public:
    explicit Run(const Graph &graph) {
        for (const Tensor &tensor : graph.tensors) has_value_.push_back(tensor.is_constant());
    }

    bool can_read(std::span<const TensorId> ids) const {
        return std::ranges::all_of(ids, [&](TensorId id) { return has_value_[id]; });
    }

    // False if one of them has a value already.
    bool write(std::span<const TensorId> ids) {
        for (const TensorId id : ids) {
            if (has_value_[id]) return false;
            has_value_[id] = true;
        }
        return true;
    }

private:
    std::vector<bool> has_value_;
};

}  // namespace

bool is_sound(const Graph &graph) {
    if (!exist(graph, graph.inputs) || !exist(graph, graph.outputs)) return false;
    Run run(graph);
    if (!run.write(graph.inputs)) return false;
    for (const Node &node : graph.nodes) {
        const std::vector<TensorId> inputs = present(node.inputs);
        if (!node.op || !exist(graph, inputs) || !exist(graph, node.outputs)) return false;
        if (!run.can_read(inputs) || !run.write(node.outputs)) return false;
    }
    return run.can_read(graph.outputs);
}

}  // namespace ingot::codegen
