// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Emits sources, and runs them for the known answer.

#include "apps/ingot/generate.h"

#include "apps/known_answer.h"
#include "codegen/emit/emit.h"

namespace ingot::cli {

Result<std::vector<NamedFile>> generate(const Session &session, const codegen::Program &program,
                                        const std::string &board) {
    std::vector<NamedFile> files;
    for (const codegen::SourceFile &source : codegen::emit(program, board)) {
        files.push_back(text_file(source.name, source.text));
    }
    const auto answer =
        known_answer(program, {.installation = session.installation, .cache = cache_of(session)});
    if (answer) {
        const codegen::SourceFile test = codegen::emit_known_answer(program, board, *answer);
        files.push_back(text_file(test.name, test.text));
    } else if (answer.error().code == Code::kToolMissing) {
        session.warning("no known-answer test is written: " + to_string(answer.error()));
    } else {
        return tl::unexpected(answer.error());
    }
    return files;
}

}  // namespace ingot::cli
