// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How much stack a program needs at most: which function calls which, and what each one takes.

#ifndef INGOT_APPS_CALL_GRAPH_H
#define INGOT_APPS_CALL_GRAPH_H

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>

#include "base/result.h"

namespace ingot::cli {

struct CallGraph {
    std::map<std::string, int64_t> stack_bytes;          // Of each function's own frame.
    std::map<std::string, std::set<std::string>> calls;  // By caller.
};

// Whom a call through a pointer calls, in `calls`: the caller of read_call_graph() knows better.
inline constexpr const char *kIndirectCall = "__indirect_call";

// Reads what GCC writes under -fcallgraph-info=su, one file per object. Errors: FileMissing.
Result<CallGraph> read_call_graph(std::span<const std::string> paths);

// The stack that `function` and the deepest chain of calls below it take. Errors, all of them
// Internal since the code is our own: recursion, a frame of unknown size, a function that is not in
// the graph and is no helper of the compiler's.
Result<int64_t> deepest_stack(const CallGraph &graph, const std::string &function);

}  // namespace ingot::cli

#endif
