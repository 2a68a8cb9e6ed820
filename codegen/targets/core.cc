// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Lowers nodes one by one; each operator knows how.

#include "codegen/targets/core.h"

#include <fmt/format.h>

namespace ingot::codegen {
namespace {

Result<Lowered> lower(const Site &site) {
    if (site.node.op->lower) return site.node.op->lower(site);
    return site.fail(Code::kNotConstant,
                     fmt::format("{} must be known when code is generated, but depends on an input",
                                 site.node.op->name));
}

}  // namespace

Result<std::vector<Step>> lower_to_core(const Graph &graph, const CompileOptions &options) {
    std::vector<Step> steps;
    for (const Node &node : graph.nodes) {
        const Site site{graph, node, options.rounding, options.isa};
        TRY(Lowered lowered, lower(site));
        if (node.op->is_view) continue;
        steps.push_back({.op = node.op,
                         .label = fmt::format("{}_{}", node.op->name, steps.size()),
                         .name = node.name,
                         .lowered = std::move(lowered),
                         .macs = node.op->macs ? node.op->macs(site) : 0});
    }
    return steps;
}

std::vector<Diagnostic> core_faults(const Graph &graph, const CompileOptions &options) {
    std::vector<Diagnostic> faults;
    for (const Node &node : graph.nodes) {
        const Result<Lowered> lowered = lower({graph, node, options.rounding, options.isa});
        if (!lowered) faults.push_back(lowered.error());
    }
    return faults;
}

}  // namespace ingot::codegen
