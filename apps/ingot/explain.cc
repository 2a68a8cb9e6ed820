// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot explain: the diagnostics table, a row of it or all.

#include <fmt/format.h>

#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "boards/machines/cnn_array_rules.h"

namespace ingot::cli {
namespace {

constexpr Code kCodes[] = {
#define INGOT_DIAGNOSTIC(code, name, exit, explanation) Code::k##name,
#include "base/diagnostics.def"
};

// A code by its number, or by the name of the rule that has it.
std::optional<Code> wanted_code(const std::string &text) {
    if (const CnnRule *rule = find_cnn_rule(text)) return rule->code;
    return find_code(text);
}

void print_text(Code code) {
    const CnnRule *rule = find_cnn_rule(number(code));
    if (rule) {
        fmt::print("{} {} (exit code {})\n{}\n", number(code), rule->name,
                   static_cast<int>(exit_of(code)), rule->sentence);
    } else {
        fmt::print("{} (exit code {})\n", number(code), static_cast<int>(exit_of(code)));
    }
    fmt::print("{}\n", explanation(code));
    if (rule) fmt::print("source: {}\n", rule->source);
}

Cell rule_name(Code code) {
    const CnnRule *rule = find_cnn_rule(number(code));
    return rule ? Cell(std::string(rule->name)) : Cell();
}

}  // namespace

Result<Exit> explain(const Session &session) {
    const std::string &text = session.arguments.code;
    const std::optional<Code> wanted = wanted_code(text);
    if (!text.empty() && !wanted) {
        return fail(Code::kUnknownCode, text, "there is no such code, nor a rule of that name",
                    "ingot explain");
    }
    if (wanted && session.arguments.format == "text") {
        print_text(*wanted);
        return Exit::kOk;
    }
    Table table{.columns = {{"code", "code"},
                            {"rule", "rule"},
                            {"exit", "exit"},
                            {"explanation", "meaning"}},
                .rows = {}};
    for (const Code code : kCodes) {
        if (wanted && code != *wanted) continue;
        table.rows.push_back({std::string(number(code)), rule_name(code),
                              static_cast<int64_t>(exit_of(code)), std::string(explanation(code))});
    }
    print_table(table, session.arguments.format, "diagnostics");
    return Exit::kOk;
}

}  // namespace ingot::cli
