// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Walks a graph as its nodes would run.

#include "codegen/read/check.h"

#include <fmt/format.h>

#include "codegen/ops/operator.h"

namespace ingot::codegen {
namespace {

struct Walk {
    const Graph &graph;
    std::string_view file;
    std::vector<bool> has_value;  // Per tensor, as far as the walk has come.

    bool exists(TensorId id) const { return id >= 0 && id < std::ssize(graph.tensors); }
    const std::string &name_of(TensorId id) const { return graph.tensors[id].name; }

    tl::unexpected<Diagnostic> fail(std::string what) const {
        return ingot::fail(Code::kModelInconsistent, std::string(file), std::move(what));
    }
    tl::unexpected<Diagnostic> fail(const Node &node, std::string what) const {
        return ingot::fail(
            Code::kModelInconsistent,
            fmt::format("{}: op {} {} ({})", file, node.source_index, node.op->name, node.name),
            std::move(what));
    }
};

Result<void> check_inputs(Walk &walk) {
    if (walk.graph.inputs.empty()) return walk.fail("has no inputs");
    for (const TensorId id : walk.graph.inputs) {
        if (!walk.exists(id)) return walk.fail(fmt::format("its input {} is no tensor", id));
        if (walk.has_value[id]) {
            return walk.fail(
                fmt::format("its input {} is a constant, or named twice", walk.name_of(id)));
        }
        walk.has_value[id] = true;
    }
    return {};
}

Result<void> check_node(Walk &walk, const Node &node) {
    for (const TensorId id : node.inputs) {
        if (id != kNoTensor && !walk.has_value[id]) {
            return walk.fail(
                node, fmt::format("reads {} before anything has written it", walk.name_of(id)));
        }
    }
    for (const TensorId id : node.outputs) {
        if (walk.has_value[id]) {
            return walk.fail(node,
                             fmt::format("writes {}, which has a value already", walk.name_of(id)));
        }
        walk.has_value[id] = true;
    }
    return {};
}

Result<void> check_outputs(const Walk &walk) {
    if (walk.graph.outputs.empty()) return walk.fail("has no outputs");
    for (const TensorId id : walk.graph.outputs) {
        if (!walk.exists(id)) return walk.fail(fmt::format("its output {} is no tensor", id));
        if (!walk.has_value[id]) {
            return walk.fail(fmt::format("nothing writes its output {}", walk.name_of(id)));
        }
    }
    return {};
}

}  // namespace

Result<void> check_order(const Graph &graph, std::string_view file) {
    Walk walk = {graph, file, {}};
    for (const Tensor &tensor : graph.tensors) walk.has_value.push_back(tensor.is_constant());
    TRY_DO(check_inputs(walk));
    for (const Node &node : graph.nodes) TRY_DO(check_node(walk, node));
    return check_outputs(walk);
}

}  // namespace ingot::codegen
