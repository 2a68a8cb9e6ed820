// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs another program to its end, without a shell.

#ifndef INGOT_BASE_PROCESS_H
#define INGOT_BASE_PROCESS_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace ingot {

struct Finished {
    int status = 0;  // What it exited with, or 128 + the signal that ended it.
    std::string output;
    std::string errors;
};

struct Process {
    std::vector<std::string> argv;  // argv[0] is looked up on the PATH unless it holds a slash.
    std::span<const uint8_t> input = {};
    std::string folder = {};  // To run in; empty: this program's.
};

// Runs a program, feeding it its input while collecting what it writes. Errors: ToolMissing when
// there is no such program.
Result<Finished> run_process(const Process &process);

// Where a program lies on the PATH.
std::optional<std::string> find_program(const std::string &name);

}  // namespace ingot

#endif
