// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How much code a program is on a board: its kernels and the runtime, linked as firmware would.

#ifndef INGOT_APPS_CODE_SIZE_H
#define INGOT_APPS_CODE_SIZE_H

#include <cstdint>
#include <string>

#include "apps/installation.h"
#include "base/result.h"
#include "boards/board.h"
#include "codegen/program.h"

namespace ingot::cli {

// Compiles the generated C, the kernels it calls and the runtime with the board's compiler, links
// them without start-up code, and answers the bytes of machine code. Errors: those of build().
Result<int64_t> code_bytes(const codegen::Program &program, const Board &board,
                           const Installation &installation, const std::string &cache);

}  // namespace ingot::cli

#endif
