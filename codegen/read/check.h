// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Whether the operators of a model that was just read can run in the order they stand in.

#ifndef INGOT_CODEGEN_READ_CHECK_H
#define INGOT_CODEGEN_READ_CHECK_H

#include <string_view>

#include "base/result.h"
#include "codegen/graph/graph.h"

namespace ingot::codegen {

// Requires that nodes name tensors that exist. `file` is for diagnostics, all ModelInconsistent:
// a node reads what no earlier one wrote, a tensor gets two values, there is no input or output,
// one does not exist, or an output is what no node computes.
Result<void> check_order(const Graph &graph, std::string_view file);

}  // namespace ingot::codegen

#endif
