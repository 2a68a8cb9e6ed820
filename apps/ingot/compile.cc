// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot compile: a model as C sources, with a known-answer test.

#include "codegen/compile.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/facts.h"
#include "apps/ingot/generate.h"
#include "apps/ingot/verbs.h"
#include "base/files.h"
#include "base/units.h"
#include "codegen/read/read.h"

namespace ingot::cli {
namespace {

using codegen::Program;

void report(const Program &program, const ModelFacts &before, const std::string &folder,
            const std::vector<NamedFile> &files) {
    std::vector<std::string> names;
    names.reserve(files.size());
    for (const NamedFile &file : files) names.push_back(file.name);
    const codegen::Plan &plan = program.plan;
    const int64_t after = macs(program);
    fmt::print("wrote to {}: {}\n", folder, fmt::join(names, "  "));
    fmt::print("  arena    {}   lower bound {}{}\n", bytes_text(plan.arena_bytes),
               bytes_text(plan.lower_bound_bytes),
               plan.is_optimal ? ": proven to be the least" : "");
    fmt::print("  flash    {} of constants, of these weights and biases {}; code comes on top\n",
               bytes_text(constant_bytes(program)), bytes_text(weight_bytes(program)));
    fmt::print("  work     {}{}\n  {}\n", macs_text(after),
               after == before.macs ? "" : ", before the passes " + macs_text(before.macs),
               kMacConvention);
}

}  // namespace

Result<Exit> compile(const Session &session) {
    TRY(const Board board, chosen_board(session));
    TRY(const std::string path, chosen_model(session));
    TRY(codegen::CompileOptions options, compile_options(session));
    options.isa = board.core.isa;
    TRY(codegen::Graph graph, codegen::read_model(path));
    const ModelFacts before = facts_of(graph);
    TRY(const Program program, codegen::compile(std::move(graph), options));

    TRY(const std::vector<NamedFile> files, generate(session, program, board));
    TRY_DO(write_files(session.arguments.out, files));
    report(program, before, session.arguments.out, files);
    return Exit::kOk;
}

}  // namespace ingot::cli
