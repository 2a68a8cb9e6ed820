// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The table of operators, and what its users share.

#include "codegen/ops/operator.h"

#include "codegen/ops/operators.h"

namespace ingot::codegen {
namespace {

constexpr const Operator *kOperators[] = {
#define INGOT_OP(name, NAME, work) &k_##name,
#include "ingot/ops.def"
#define INGOT_GRAPH_OP(name) &k_##name,
#include "codegen/ops/graph_ops.def"
};

}  // namespace

std::span<const Operator *const> operators() { return kOperators; }

Imported find_tflite(std::string_view tflite_name) {
    for (const Operator *op : kOperators) {
        for (const Import &import : op->imports) {
            if (import.tflite == tflite_name) return {op, &import};
        }
    }
    return {nullptr, nullptr};
}

bool Site::has_input(size_t i) const {
    return i < node.inputs.size() && node.inputs[i] != kNoTensor;
}

const Tensor &Site::input(size_t i) const {
    INGOT_CHECK(has_input(i));
    return graph.tensors[node.inputs[i]];
}

const Tensor &Site::output(size_t i) const { return graph.tensors[node.outputs[i]]; }

tl::unexpected<Diagnostic> Site::fail(Code code, std::string what, std::string hint) const {
    return ingot::fail(code, node.name, std::move(what), std::move(hint));
}

}  // namespace ingot::codegen
