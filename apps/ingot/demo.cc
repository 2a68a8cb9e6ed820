// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot demo: every model at hand, compiled, run and compared to the bit, in one table.

#include <fmt/format.h>

#include <cmath>

#include "apps/code_size.h"
#include "apps/facts.h"
#include "apps/ingot/generate.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "apps/samples.h"
#include "base/process.h"
#include "codegen/compile.h"
#include "codegen/read/read.h"

namespace ingot::cli {
namespace {

constexpr const char *kDefaultFolder = "ingot-demo";
constexpr const char *kHost = "host";
constexpr const char *kBoardOfSources = "cortex_m4";  // The sources that are written are for it.

struct Outcome {
    std::string model;
    ModelFacts facts;
    int64_t macs = 0;  // After the passes.
    int64_t weight_bytes = 0;
    codegen::Plan plan;
    Verified verified;
    std::vector<int64_t> code_bytes;  // Per board.
};

// The boards whose cross compiler is installed.
Result<std::vector<Board>> firmware_boards(const Session &session) {
    std::vector<Board> boards;
    for (const std::string &name : board_names(session.installation.boards())) {
        TRY(Board board, find_board(name, session.installation.boards()));
        if (name == kHost) continue;
        if (find_program(board.core.compiler)) {
            boards.push_back(std::move(board));
        } else {
            session.warning(fmt::format("no code size for {}: {} is not installed (ingot doctor)",
                                        name, board.core.compiler));
        }
    }
    return boards;
}

Result<Outcome> try_model(const Session &session, const SampledModel &model,
                          const std::vector<Board> &boards, const std::string &folder) {
    const std::string cache = cache_of(session);
    TRY(codegen::Graph graph, codegen::read_model(model.path));
    Outcome outcome{.model = model.name,
                    .facts = facts_of(graph),
                    .plan = {},
                    .verified = {},
                    .code_bytes = {}};
    TRY(const codegen::Program program, codegen::compile(std::move(graph), {}));
    outcome.macs = macs(program);
    outcome.weight_bytes = weight_bytes(program);
    outcome.plan = program.plan;

    TRY(const Board written, find_board(kBoardOfSources, session.installation.boards()));
    TRY(const std::vector<NamedFile> files, generate(session, program, written));
    TRY_DO(write_files(folder + "/" + model.name, files));
    TRY(outcome.verified,
        verify(program, model, {.installation = session.installation, .cache = cache}));
    for (const Board &board : boards) {
        TRY(const codegen::Program target, codegen::retarget(program, board.core.isa));
        TRY(const int64_t bytes, code_bytes(target, board, session.installation, cache));
        outcome.code_bytes.push_back(bytes);
    }
    return outcome;
}

Table table_of(const std::vector<Outcome> &outcomes, const std::vector<Board> &boards) {
    Table table{.columns = {{"model", "model"},
                            {"operators", "ops"},
                            {"model_macs", "MAC"},
                            {"macs", "MAC run"},
                            {"weight_bytes", "weights B"},
                            {"arena_bytes", "arena B"},
                            {"arena_is_optimal", "least"},
                            {"samples", "samples"},
                            {"exact", "bit-exact"},
                            {"host_microseconds", "host us"}},
                .rows = {}};
    for (const Board &board : boards) {
        table.columns.push_back({board.name + "_code_bytes", board.name + " code B"});
    }
    for (const Outcome &outcome : outcomes) {
        std::vector<Cell> row = {
            outcome.model,
            static_cast<int64_t>(outcome.facts.operators.size()),
            outcome.facts.macs,
            outcome.macs,
            outcome.weight_bytes,
            outcome.plan.arena_bytes,
            outcome.plan.is_optimal,
            outcome.verified.samples,
            outcome.verified.exact,
            static_cast<int64_t>(std::llround(outcome.verified.seconds * 1e6))};
        row.insert(row.end(), outcome.code_bytes.begin(), outcome.code_bytes.end());
        table.rows.push_back(std::move(row));
    }
    return table;
}

Result<void> check_exact(const Outcome &outcome) {
    const auto [samples, exact, seconds] = outcome.verified;
    if (exact == samples) return {};
    return fail(Code::kOutputMismatch, outcome.model,
                fmt::format("{} of {} samples are equal to the bit", exact, samples),
                fmt::format("ingot run {} --layers shows where they part", outcome.model));
}

constexpr std::string_view kLegend = R"(
MAC        multiply-accumulates of convolutions and dense layers in the model; run: after the passes
arena      RAM for all activations; least: proven that no plan of this order of layers needs less
bit-exact  samples whose outputs equal the expected ones in every bit
host       the fastest inference on this machine, portable kernels
code       kernels and runtime as linked for a board, without start-up code and constants
)";

}  // namespace

Result<Exit> demo(const Session &session) {
    const std::string &out = session.arguments.out;
    const std::string folder = out.empty() ? kDefaultFolder : out;
    const std::vector<SampledModel> models = sampled_models(session.installation);
    if (models.empty()) {
        return fail(Code::kFileMissing, session.installation.models(), "holds no model");
    }
    TRY(const std::vector<Board> boards, firmware_boards(session));

    Exit exit = Exit::kOk;
    const auto report = [&](const Diagnostic &diagnostic) {
        session.error(diagnostic);
        if (exit == Exit::kOk) exit = exit_of(diagnostic.code);
    };
    std::vector<Outcome> outcomes;
    for (const SampledModel &model : models) {
        session.progress(
            fmt::format("[{}/{}] {}", &model - models.data() + 1, models.size(), model.name));
        auto outcome = try_model(session, model, boards, folder);
        if (!outcome) {
            report(outcome.error());
            continue;
        }
        if (const auto exact = check_exact(*outcome); !exact) report(exact.error());
        outcomes.push_back(std::move(*outcome));
    }
    print_table(table_of(outcomes, boards), session.arguments.format, "models");
    if (session.arguments.format == "text") {
        fmt::print("{}\nthe C is in {}/{}/ and beside it; next: ingot inspect MODEL\n", kLegend,
                   folder, models[0].name);
    }
    return exit;
}

}  // namespace ingot::cli
