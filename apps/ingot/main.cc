// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The command line of Ingot.

#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "apps/ingot/verbs.h"

namespace ingot::cli {
namespace {

Result<Exit> run_verb(const Verb &verb, const Session &session) {
    try {
        return verb.run(session);
    } catch (const std::exception &error) {  // Out of memory, at worst.
        return fail(Code::kInternal, std::string(verb.name), error.what());
    }
}

Result<void> flush_results() {
    if (std::fflush(stdout) == 0 && !std::ferror(stdout)) return {};
    return fail(Code::kCannotWrite, "stdout", "results could not be written");
}

Result<Exit> run_command(const Parsed &parsed, const Session &session) {
    if (!parsed.help.empty()) {
        fmt::print("{}", parsed.help);
        return Exit::kOk;
    }
    TRY(const Exit exit, run_verb(*parsed.verb, session));
    TRY_DO(flush_results());
    return exit;
}

int run_program(int count, const char *const *words) {
    const Result<Parsed> parsed = parse(count, words, verbs());
    const Session session{.arguments = parsed ? parsed->arguments : Arguments{},
                          .installation = find_installation()};
    const Result<Exit> exit =
        parsed ? run_command(*parsed, session) : tl::unexpected(parsed.error());
    if (exit) return static_cast<int>(*exit);
    session.error(exit.error());
    return static_cast<int>(exit_of(exit.error().code));
}

}  // namespace
}  // namespace ingot::cli

int main(int count, char **words) { return ingot::cli::run_program(count, words); }
