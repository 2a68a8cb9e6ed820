// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What every verb is given: the arguments, where Ingot's files lie, and a voice.

#ifndef INGOT_APPS_SESSION_H
#define INGOT_APPS_SESSION_H

#include <string>

#include "apps/ingot/arguments.h"
#include "apps/installation.h"
#include "boards/board.h"
#include "codegen/program.h"

namespace ingot::cli {

struct Session {
    Arguments arguments;
    Installation installation;

    // On stderr; -q silences all but errors, -v adds details.
    void progress(const std::string &text) const;
    void detail(const std::string &text) const;
    void warning(const std::string &text) const;
    void error(const Diagnostic &diagnostic) const;
};

// The path of MODEL: MODEL itself, or the shipped model of that name. Errors: FileMissing.
Result<std::string> chosen_model(const Session &session);

// The folder of --cache, or the usual one.
std::string cache_of(const Session &session);

// The board of --board. Errors: those of find_board.
Result<Board> chosen_board(const Session &session);

// For the board's core, from --name, --rounding, --no-passes, --without-pass and --layers. Errors:
// Usage.
Result<codegen::CompileOptions> compile_options(const Session &session, const Board &board);

}  // namespace ingot::cli

#endif
