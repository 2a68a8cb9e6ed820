// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot explain: the diagnostics table, a row of it or all.

#include <fmt/format.h>

#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"

namespace ingot::cli {
namespace {

constexpr Code kCodes[] = {
#define INGOT_DIAGNOSTIC(code, name, exit, explanation) Code::k##name,
#include "base/diagnostics.def"
};

}  // namespace

Result<Exit> explain(const Session &session) {
    const std::string &wanted = session.arguments.code;
    if (!wanted.empty() && !find_code(wanted)) {
        return fail(Code::kUnknownCode, wanted, "there is no such code", "ingot explain");
    }
    if (!wanted.empty() && session.arguments.format == "text") {
        const Code code = *find_code(wanted);
        fmt::print("{} (exit code {})\n{}\n", wanted, static_cast<int>(exit_of(code)),
                   explanation(code));
        return Exit::kOk;
    }
    Table table{.columns = {{"code", "code"}, {"exit", "exit"}, {"explanation", "meaning"}},
                .rows = {}};
    for (const Code code : kCodes) {
        if (!wanted.empty() && number(code) != wanted) continue;
        table.rows.push_back({std::string(number(code)), static_cast<int64_t>(exit_of(code)),
                              std::string(explanation(code))});
    }
    print_table(table, session.arguments.format, "diagnostics");
    return Exit::kOk;
}

}  // namespace ingot::cli
