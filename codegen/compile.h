// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// From a model file to a program, in one function.

#ifndef INGOT_CODEGEN_COMPILE_H
#define INGOT_CODEGEN_COMPILE_H

#include <string>

#include "base/result.h"
#include "codegen/program.h"

namespace ingot::codegen {

// Reads, rewrites, lowers and places. Errors: those of read_model, and those of the operators.
Result<Program> compile(const std::string &path, const CompileOptions &options);
Result<Program> compile(Graph graph, const CompileOptions &options);

// The same program for the kernels of another instruction set; empty: the portable ones.
Result<Program> retarget(const Program &program, const std::string &isa);

// The passes alone: what `compile` does to a graph before it lowers it.
void rewrite(Graph &graph, const CompileOptions &options);

}  // namespace ingot::codegen

#endif
