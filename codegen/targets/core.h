// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The target "core": every node becomes a kernel call on the processor itself.

#ifndef INGOT_CODEGEN_TARGETS_CORE_H
#define INGOT_CODEGEN_TARGETS_CORE_H

#include <vector>

#include "base/result.h"
#include "codegen/program.h"

namespace ingot::codegen {

// The kernel calls of a graph in order; views need none. Returns the first node's diagnostic when
// one cannot be lowered.
Result<std::vector<Step>> lower_to_core(const Graph &graph, const CompileOptions &options);

// The diagnostics of every node that cannot be lowered; empty when all can.
std::vector<Diagnostic> core_faults(const Graph &graph, const CompileOptions &options);

}  // namespace ingot::codegen

#endif
