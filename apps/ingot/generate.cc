// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Emits sources, and runs them for the known answer.

#include "apps/ingot/generate.h"

#include "apps/known_answer.h"
#include "codegen/compile.h"
#include "codegen/emit/emit.h"

namespace ingot::cli {

Result<std::vector<NamedFile>> generate(const Session &session, const codegen::Program &program,
                                        const Board &board) {
    TRY(const codegen::Program target, codegen::retarget(program, board.core.isa));
    std::vector<NamedFile> files;
    for (const codegen::SourceFile &source : codegen::emit(target, board.name)) {
        files.push_back(text_file(source.name, source.text));
    }
    // The same answer, whichever kernels find it.
    TRY(const codegen::Program portable, codegen::retarget(program, {}));
    const auto answer =
        known_answer(portable, {.installation = session.installation, .cache = cache_of(session)});
    if (answer) {
        const codegen::SourceFile test = codegen::emit_known_answer(target, board.name, *answer);
        files.push_back(text_file(test.name, test.text));
    } else if (answer.error().code == Code::kToolMissing) {
        session.warning("no known-answer test is written: " + to_string(answer.error()));
    } else {
        return tl::unexpected(answer.error());
    }
    return files;
}

}  // namespace ingot::cli
