// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Operators of a TFLite file, as nodes.

#include <fmt/format.h>

#include <algorithm>

#include "codegen/ops/operators.h"
#include "codegen/read/names.h"
#include "codegen/read/options.h"
#include "codegen/read/tflite_source.h"
#include "codegen/read/tflite_tables.h"

namespace ingot::codegen {
namespace {

const tflite::OperatorCode *code_of(const Source &file, const tflite::Operator &op) {
    const auto *codes = file.model->operator_codes();
    if (static_cast<int64_t>(op.opcode_index()) >= length(codes)) return nullptr;
    return codes->Get(op.opcode_index());
}

// The first 127 codes once had a byte of their own, and both fields may be in use.
int32_t builtin_of(const tflite::OperatorCode &code) {
    return std::max<int32_t>(code.deprecated_builtin_code(), code.builtin_code());
}

// "CONV_2D", or what can be said instead.
std::string operator_name(const tflite::OperatorCode *code) {
    if (!code) return "without a code";
    const std::string_view known = builtin_name(builtin_of(*code));
    return known.empty() ? fmt::format("of code {}", builtin_of(*code)) : std::string(known);
}

Result<void> check_operands(const Node &node, int tensors, const std::string &where) {
    const auto reject = [&](std::string what) {
        return fail(Code::kModelInconsistent, where, std::move(what));
    };
    if (node.inputs.empty() || node.inputs[0] == kNoTensor) return reject("has no first input");
    if (node.outputs.empty()) return reject("has no output");
    for (const TensorId id : node.inputs) {
        if (id < kNoTensor || id >= tensors) {
            return reject(fmt::format("reads tensor {}; the model has {}", id, tensors));
        }
    }
    for (const TensorId id : node.outputs) {
        if (id < 0 || id >= tensors) {
            return reject(fmt::format("writes tensor {}; the model has {}", id, tensors));
        }
    }
    return {};
}

Result<Imported> find_operator(const tflite::OperatorCode *code, const std::string &where) {
    if (!code) return fail(Code::kModelInconsistent, where, "names a code that is not there");
    if (builtin_of(*code) == kBuiltinCustom) {
        return fail(Code::kOperatorCustom, where,
                    fmt::format("custom operator '{}' is not supported",
                                clean_name(text_of(code->custom_code()))),
                    "export the network without it, or split the network around it");
    }
    const Imported imported = find_tflite(builtin_name(builtin_of(*code)));
    if (imported.op) return imported;
    return fail(Code::kOperatorUnknown, where, "this operator is not supported",
                "`ingot ops` lists the operators that are");
}

// Only operators that cut a tensor apart have more than one output.
Result<void> check_outputs(const Node &node, const std::string &where) {
    const bool may_be_many = node.op == &k_split || node.op == &k_unpack;
    if (may_be_many || node.outputs.size() == 1) return {};
    return fail(Code::kModelInconsistent, where,
                fmt::format("has {} outputs; {} has one", node.outputs.size(), node.op->name));
}

Result<Attributes> read_attributes(const Source &file, const tflite::Operator &op,
                                   const Import &import, const std::string &where) {
    std::optional<int64_t> table;
    if (const auto *options = op.builtin_options(); options && op.builtin_options_type() != 0) {
        table = reinterpret_cast<const uint8_t *>(options) - file.bytes.data();
    }
    const TableOptions options(file.bytes, table);
    Attributes attributes;
    if (import.read) import.read(options, attributes);
    if (options.is_intact()) return attributes;
    return fail(Code::kModelCorrupt, where, "a field of its options leads outside the file",
                "fetch or export it again");
}

}  // namespace

Result<Node> read_node(const Source &file, std::span<const Tensor> tensors, int index) {
    const tflite::Operator &op = *file.main->operators()->Get(index);
    const tflite::OperatorCode *code = code_of(file, op);
    std::string where = fmt::format("{}: op {} {}", file.name, index, operator_name(code));

    Node node;
    node.inputs = copy_of(op.inputs());
    node.outputs = copy_of(op.outputs());
    node.source_index = index;
    TRY_DO(check_operands(node, static_cast<int>(tensors.size()), where));
    const std::string label = short_name(tensors[node.outputs[0]].name);
    if (!label.empty()) where += fmt::format(" ({})", label);

    TRY(const Imported imported, find_operator(code, where));
    node.op = imported.op;
    TRY_DO(check_outputs(node, where));
    TRY(node.attributes, read_attributes(file, op, *imported.import, where));
    return node;
}

}  // namespace ingot::codegen
