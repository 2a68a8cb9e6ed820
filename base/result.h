// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A value, or the diagnostic that says why there is none.

#ifndef INGOT_BASE_RESULT_H
#define INGOT_BASE_RESULT_H

#include <tl/expected.hpp>
#include <utility>

#include "base/diagnostics.h"

namespace ingot {

template <class T>
using Result = tl::expected<T, Diagnostic>;

inline tl::unexpected<Diagnostic> fail(Code code, std::string where, std::string what,
                                       std::string hint = {}) {
    return tl::unexpected(Diagnostic{code, std::move(where), std::move(what), std::move(hint)});
}

// Our own broken promise: prints the condition and where it stands, then aborts.
[[noreturn]] void check_failed(const char *condition, const char *file, int line);

}  // namespace ingot

// TRY(Graph graph, read(path)) declares `graph`, or returns the diagnostic to the caller.
#define TRY(declaration, ...) TRY_NAMED(INGOT_JOIN(tried_, __LINE__), declaration, __VA_ARGS__)
#define TRY_NAMED(name, declaration, ...)                      \
    auto name = (__VA_ARGS__);                                 \
    if (!name) return tl::unexpected(std::move(name).error()); \
    declaration = std::move(*name)

// The same for a call that returns Result<void>.
#define TRY_DO(...) \
    if (auto tried = (__VA_ARGS__); !tried) return tl::unexpected(std::move(tried).error())

#define INGOT_CHECK(condition) \
    ((condition) ? void() : ::ingot::check_failed(#condition, __FILE__, __LINE__))

#define INGOT_JOIN(a, b) INGOT_JOIN_NOW(a, b)
#define INGOT_JOIN_NOW(a, b) a##b

#endif
