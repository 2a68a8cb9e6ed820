// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot ops: the table of operators.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "codegen/ops/operators.h"

namespace ingot::cli {
namespace {

struct Kernel {
    std::string_view name;
    std::string_view work;
};

constexpr Kernel kKernels[] = {
#define INGOT_OP(name, NAME, work) {#name, #work},
#include "ingot/ops.def"
};

Cell work_of(const codegen::Operator &op) {
    const auto *const kernel = std::ranges::find(kKernels, op.name, &Kernel::name);
    if (kernel == std::end(kKernels)) return {};
    std::string work(kernel->work);
    std::ranges::transform(work, work.begin(), [](unsigned char c) { return std::tolower(c); });
    return work == "mac" ? "multiply-accumulate" : work;
}

std::string how(const codegen::Operator &op) {
    if (op.is_view) return "view: no code, no memory";
    if (op.lower) return op.fold ? "kernel, or folded" : "kernel";
    return op.fold ? "folded when code is generated" : "rewritten as other operators";
}

std::string tflite_names(const codegen::Operator &op) {
    std::vector<std::string_view> names;
    for (const codegen::Import &import : op.imports) names.push_back(import.tflite);
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Result<Exit> ops(const Session &session) {
    Table table{
        .columns = {{"op", "op"}, {"work", "work"}, {"how", "how"}, {"tflite", "TFLite operators"}},
        .rows = {}};
    for (const codegen::Operator *op : codegen::operators()) {
        table.rows.push_back({std::string(op->name), work_of(*op), how(*op), tflite_names(*op)});
    }
    print_table(table, session.arguments.format, "operators");
    return Exit::kOk;
}

}  // namespace ingot::cli
