// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What went wrong, where, and what would be accepted. Every message to a user is one of these.

#ifndef INGOT_BASE_DIAGNOSTICS_H
#define INGOT_BASE_DIAGNOSTICS_H

#include <optional>
#include <string>
#include <string_view>

namespace ingot {

// Exit codes of the command line; documented and stable.
enum class Exit {
    kOk = 0,
    kInternal = 1,
    kUsage = 2,
    kDoesNotFit = 3,
    kUnsupported = 4,
    kMismatch = 5,
    kMissingTool = 6,
    kFault = 7,
};

enum class Code {
#define INGOT_DIAGNOSTIC(code, name, exit, explanation) k##name,
#include "base/diagnostics.def"
};

struct Diagnostic {
    Code code;
    std::string where;  // File, node or line; may be empty.
    std::string what;   // What was found and what would be accepted.
    std::string hint;   // What to do next; may be empty.
};

std::string_view number(Code code);       // "E0312"
std::string_view explanation(Code code);  // For `ingot explain`.
Exit exit_of(Code code);
std::optional<Code> find_code(std::string_view number);

// "error[E0312] conv_7: kernel 5x5 is not supported\n  hint: ..."
std::string to_string(const Diagnostic &diagnostic);

}  // namespace ingot

#endif
