// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot simulate --project.

#ifndef INGOT_APPS_SIMULATE_PROJECT_H
#define INGOT_APPS_SIMULATE_PROJECT_H

#include "apps/ingot/session.h"
#include "sim/simulate.h"

namespace ingot::cli {

// Builds the project, runs it and prints what came of it, also of a run that failed. Errors: those
// of read_project(), build_project() and run_project(); KnownAnswerFailed; the program's fault.
Result<Exit> simulate_project(const Session &session, const Board &board,
                              const sim::ProcessorOptions &processor);

}  // namespace ingot::cli

#endif
