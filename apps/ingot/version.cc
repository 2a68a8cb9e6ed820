// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot version

#include <fmt/format.h>

#include "apps/flags.h"
#include "apps/ingot/verbs.h"

namespace ingot::cli {

Result<Exit> version(const Session &) {
    fmt::print("ingot {}\n", kVersion);
    return Exit::kOk;
}

}  // namespace ingot::cli
