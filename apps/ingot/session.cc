// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Messages, and the arguments that several verbs understand alike.

#include "apps/ingot/session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "codegen/passes/passes.h"
#include "codegen/read/names.h"

namespace ingot::cli {
namespace {

constexpr std::string_view kRed = "\x1b[1;31m";
constexpr std::string_view kPlain = "\x1b[0m";

bool is_coloured(const std::string &color) {
    const char *refusal = std::getenv("NO_COLOR");  // no-color.org: any value but an empty one.
    if (color == "auto") return !(refusal && *refusal) && isatty(STDERR_FILENO);
    return color == "always";
}

Result<void> check_pass(const std::string &name) {
    std::vector<std::string_view> known;
    for (const codegen::Pass &pass : codegen::optional_passes()) known.push_back(pass.name);
    if (std::ranges::find(known, name) != known.end()) return {};
    return fail(Code::kUsage, "--without-pass",
                fmt::format("there is no optional pass \"{}\"; there are: {}", name,
                            fmt::join(known, ", ")));
}

void tell_passes(const Session &session, const codegen::CompileOptions &options) {
    for (const codegen::Pass &pass : codegen::optional_passes()) {
        const auto &without = options.without_passes;
        const bool runs =
            options.optional_passes && std::ranges::find(without, pass.name) == without.end();
        session.detail(
            fmt::format("{} {}: {}", runs ? "pass" : "left out", pass.name, pass.sentence));
    }
}

}  // namespace

void Session::progress(const std::string &text) const {
    if (!arguments.is_quiet) fmt::print(stderr, "{}\n", text);
}

void Session::detail(const std::string &text) const {
    if (arguments.is_verbose) fmt::print(stderr, "{}\n", text);
}

void Session::warning(const std::string &text) const {
    if (!arguments.is_quiet) fmt::print(stderr, "warning: {}\n", text);
}

void Session::error(const Diagnostic &diagnostic) const {
    std::string text = to_string(diagnostic);
    if (is_coloured(arguments.color)) {
        text.insert(text.find(']') + 1, kPlain);
        text.insert(0, kRed);
    }
    fmt::print(stderr, "{}\n", text);
}

Result<std::string> chosen_model(const Session &session) {
    const std::string &model = session.arguments.model;
    if (std::filesystem::exists(model)) return model;
    const std::vector<std::string> names = model_names(session.installation);
    if (std::ranges::find(names, model) == names.end()) {
        return fail(Code::kFileMissing, model, "no such file, and no shipped model of that name",
                    fmt::format("shipped: {}", fmt::join(names, ", ")));
    }
    return session.installation.model(model);
}

std::string cache_of(const Session &session) {
    const std::string &chosen = session.arguments.cache;
    std::string folder = chosen.empty() ? default_cache() : chosen;
    session.detail(fmt::format("programs for this machine are kept in {}", folder));
    return folder;
}

Result<Board> chosen_board(const Session &session) {
    return find_board(session.arguments.board, session.installation.boards());
}

Result<codegen::CompileOptions> compile_options(const Session &session, const Board &board) {
    const Arguments &arguments = session.arguments;
    const std::string &name = arguments.name;
    if (!name.empty() && codegen::c_identifier(name) != name) {
        return fail(Code::kUsage, "--name",
                    fmt::format("\"{}\" cannot prefix symbols; \"{}\" could: lower-case letters, "
                                "digits and single underscores",
                                name, codegen::c_identifier(name)));
    }
    for (const std::string &pass : arguments.without_passes) TRY_DO(check_pass(pass));
    codegen::CompileOptions options{
        .name = name,
        .rounding = arguments.rounding == "single" ? INGOT_ROUNDING_SINGLE : INGOT_ROUNDING_DOUBLE,
        .isa = board.core.isa,
        .optional_passes = !arguments.no_passes && !arguments.layers,
        .without_passes = arguments.without_passes};
    tell_passes(session, options);
    return options;
}

}  // namespace ingot::cli
