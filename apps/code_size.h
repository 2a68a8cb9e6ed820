// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Code for a board: the objects that a program is linked from, and how much code they are.

#ifndef INGOT_APPS_CODE_SIZE_H
#define INGOT_APPS_CODE_SIZE_H

#include <cstdint>
#include <string>
#include <vector>

#include "apps/build.h"
#include "apps/installation.h"
#include "base/result.h"
#include "boards/board.h"
#include "codegen/program.h"

namespace ingot::cli {

// Of an object's call graph, beside the object; see apps/call_graph.h.
inline constexpr const char *kCallGraphSuffix = ".ci";

// The start of any run of the board's compiler: its flags, and the public headers.
Build compiler_run(const Board &board, const Installation &installation);

// Compiles a freestanding C++ source of ours. Errors: those of build().
Result<std::string> compile_source(const std::string &source, const Board &board,
                                   const Installation &installation, const std::string &cache);

// The sources of the kernels that a program calls, in the variant for the board, and the runtime's.
std::vector<std::string> library_sources(const codegen::Program &program, const Board &board,
                                         const Installation &installation);

// Compiles the generated C, the kernels it calls and the runtime with the board's compiler, links
// them without start-up code, and answers the bytes of machine code. Errors: those of build().
Result<int64_t> code_bytes(const codegen::Program &program, const Board &board,
                           const Installation &installation, const std::string &cache);

}  // namespace ingot::cli

#endif
