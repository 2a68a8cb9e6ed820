// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Every file that a program becomes.

#ifndef INGOT_APPS_GENERATE_H
#define INGOT_APPS_GENERATE_H

#include <string>
#include <vector>

#include "apps/ingot/session.h"
#include "base/files.h"
#include "codegen/program.h"

namespace ingot::cli {

// The generated C for the board's core and, unless this machine has no compiler, which is a
// warning, its known-answer test. Errors: those of known_answer().
Result<std::vector<NamedFile>> generate(const Session &session, const codegen::Program &program,
                                        const Board &board);

}  // namespace ingot::cli

#endif
