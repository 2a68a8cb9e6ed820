// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The verbs, one function and one file each. Results go to stdout; what a function answers is the
// program's exit code, or the diagnostic that it ends with.

#ifndef INGOT_APPS_VERBS_H
#define INGOT_APPS_VERBS_H

#include <span>

#include "apps/ingot/session.h"

namespace ingot::cli {

Result<Exit> inspect(const Session &session);
Result<Exit> check(const Session &session);
Result<Exit> compile(const Session &session);
Result<Exit> run(const Session &session);
Result<Exit> simulate(const Session &session);
Result<Exit> bench(const Session &session);
Result<Exit> boards(const Session &session);
Result<Exit> ops(const Session &session);
Result<Exit> doctor(const Session &session);
Result<Exit> explain(const Session &session);
Result<Exit> demo(const Session &session);
Result<Exit> version(const Session &session);

std::span<const Verb> verbs();

}  // namespace ingot::cli

#endif
