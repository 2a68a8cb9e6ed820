// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The data of a known-answer test, found by running the program on this machine.

#ifndef INGOT_APPS_KNOWN_ANSWER_H
#define INGOT_APPS_KNOWN_ANSWER_H

#include "apps/host_run.h"
#include "codegen/emit/emit.h"

namespace ingot::cli {

// On one item, as run_on_host() takes it. `options.wanted` is ignored. Errors: those of
// run_on_host.
Result<codegen::KnownAnswer> answer_to(const codegen::Program &program, std::vector<uint8_t> item,
                                       HostOptions options);

// The same on random_inputs().
Result<codegen::KnownAnswer> known_answer(const codegen::Program &program, HostOptions options);

}  // namespace ingot::cli

#endif
