// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The diagnostics table, and how a diagnostic is printed.

#include "base/diagnostics.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "base/result.h"
#include "base/text.h"

namespace ingot {
namespace {

struct Row {
    std::string_view number;
    Exit exit;
    std::string_view explanation;
};

constexpr auto kRows = std::to_array<Row>({
#define INGOT_DIAGNOSTIC(code, name, exit, explanation) {#code, Exit::exit, explanation},
#include "base/diagnostics.def"
});

const Row &row(Code code) { return kRows[static_cast<size_t>(code)]; }

}  // namespace

std::string_view number(Code code) { return row(code).number; }
std::string_view explanation(Code code) { return row(code).explanation; }
Exit exit_of(Code code) { return row(code).exit; }

std::optional<Code> find_code(std::string_view number) {
    for (size_t i = 0; i < kRows.size(); ++i) {
        if (kRows[i].number == number) return static_cast<Code>(i);
    }
    return std::nullopt;
}

std::string to_string(const Diagnostic &diagnostic) {
    std::string text = fmt::format("error[{}]", number(diagnostic.code));
    // What was found may be the words of a tool, which have lines.
    constexpr std::string_view kKept = "\n\t";
    if (!diagnostic.where.empty()) text += fmt::format(" {}", printable(diagnostic.where));
    text += fmt::format(": {}", printable(diagnostic.what, kKept));
    if (!diagnostic.hint.empty()) {
        text += fmt::format("\n  hint: {}", printable(diagnostic.hint, kKept));
    }
    return text;
}

void check_failed(const char *condition, const char *file, int line) {
    fmt::print(stderr, "error[{}] {}:{}: this should hold and does not: {}\n",
               number(Code::kInternal), file, line, condition);
    std::exit(static_cast<int>(Exit::kInternal));
}

}  // namespace ingot
