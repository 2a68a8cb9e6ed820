// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What codegen knows about one operator. There is one constant of type Operator per row of ops.def
// (an operator with a kernel) and of graph_ops.def (one that is gone before code is written), in
// codegen/ops/<name>.cc; the table in operators.h lists them.

#ifndef INGOT_CODEGEN_OPERATOR_H
#define INGOT_CODEGEN_OPERATOR_H

#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codegen/graph/graph.h"
#include "codegen/ops/params.h"
#include "ingot/quant.h"

namespace ingot::codegen {

// The options of a TFLite operator, by the field ids of the TFLite schema. Absent fields answer
// with `otherwise`, which is the schema's default.
class Options {
public:
    virtual ~Options() = default;
    virtual int64_t int8(int field, int64_t otherwise = 0) const = 0;  // Also enums and bools.
    virtual int64_t int32(int field, int64_t otherwise = 0) const = 0;
    virtual double float32(int field, double otherwise = 0) const = 0;
    virtual std::vector<int64_t> int32s(int field) const = 0;
};

// A TFLite operator that becomes this operator: its name in the schema, and how its options become
// attributes (null when it has none).
struct Import {
    std::string_view tflite;
    void (*read)(const Options &options, Attributes &attributes) = nullptr;
};

// A node in its graph, how the generated model is to round, and the instruction set that it is for.
struct Site {
    const Graph &graph;
    const Node &node;
    ingot_rounding rounding = INGOT_ROUNDING_DOUBLE;
    std::string_view isa = {};  // Of the board's core; none: portable kernels.

    size_t input_count() const { return node.inputs.size(); }
    bool has_input(size_t i) const;       // Present, and not an absent optional.
    const Tensor &input(size_t i) const;  // Requires has_input(i).
    const Tensor &output(size_t i = 0) const;

    // The diagnostic, filed under this node.
    tl::unexpected<Diagnostic> fail(Code code, std::string what, std::string hint = {}) const;
};

// One kernel call, before places are known.
struct Lowered {
    Params params = {};                 // In the order of the operator's params struct.
    std::vector<TensorId> inputs = {};  // Tensors the kernel reads through its io, in order.
    std::vector<TensorId> outputs = {};
    int64_t scratch_bytes = 0;
    bool is_scratch_optional = false;  // Without it the kernel is slower.
};

struct Operator {
    std::string_view name = {};
    std::span<const Import> imports = {};

    // Turns a node into a kernel call, or says why not. Null: the operator has no kernel.
    Result<Lowered> (*lower)(const Site &site) = nullptr;

    // Computes the output from constant inputs, filling tensors' data. Null: cannot be folded.
    // Returns false when an input that it needs is not constant.
    bool (*fold)(Graph &graph, const Node &node) = nullptr;

    // Multiply-accumulates, for reports; null: none.
    int64_t (*macs)(const Site &site) = nullptr;

    // The output is the input's bytes under another shape: no code, no memory.
    bool is_view = false;
};

}  // namespace ingot::codegen

#endif
