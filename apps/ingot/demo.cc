// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot demo: every model at hand, compiled, run and compared to the bit on this machine and on
// simulated boards, in one table.

#include <fmt/format.h>

#include <functional>
#include <iterator>

#include "apps/firmware.h"
#include "apps/ingot/generate.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "apps/samples.h"
#include "apps/simulation.h"
#include "base/files.h"
#include "base/process.h"
#include "base/units.h"
#include "codegen/compile.h"

namespace ingot::cli {
namespace {

using codegen::Program;

constexpr const char *kDefaultFolder = "ingot-demo";
constexpr const char *kHost = "host";
constexpr const char *kBoards[] = {"cortex_m4", "cortex_m7", "rv32"};
constexpr size_t kSamplesOnBoards = 1;  // The tests run all of them; this should take seconds.

// One model on one board.
struct Outcome {
    std::string model;
    std::string board;
    int64_t macs = 0;  // After the passes.
    Verified verified;
    sim::Report report;  // Empty on this machine...
    std::string elf;     // ...and this.
};

// Those of the boards whose cross compiler is installed.
Result<std::vector<Board>> boards_at_hand(const Session &session) {
    std::vector<Board> boards;
    for (const char *name : kBoards) {
        TRY(Board board, find_board(name, session.installation.boards()));
        if (find_program(board.core.compiler)) {
            boards.push_back(std::move(board));
        } else {
            session.warning(fmt::format("{} is left out: {} is not installed (ingot doctor)", name,
                                        board.core.compiler));
        }
    }
    return boards;
}

Result<Outcome> try_here(const Session &session, const SampledModel &model,
                         const Program &program) {
    const HostOptions options{.installation = session.installation, .cache = cache_of(session)};
    const Runner run = [&](std::span<const uint8_t> items) {
        return run_on_host(program, items, options);
    };
    TRY(const Verified verified, verify(program.graph, model, run));
    if (verified.samples == 0) {
        session.warning(fmt::format(
            "{} has no samples: runs on random input, compared with nothing", model.name));
    }
    return Outcome{.model = model.name,
                   .board = kHost,
                   .macs = macs(program),
                   .verified = verified,
                   .report = {},
                   .elf = {}};
}

// The C, the image and what it was linked from, and the report's forms.
Result<void> write_all(const Session &session, const Program &program, const Board &board,
                       const Outcome &outcome, const std::string &folder) {
    TRY(std::vector<NamedFile> files, generate(session, program, board));
    TRY(std::vector<NamedFile> firmware, firmware_files(program, board, session.installation));
    std::ranges::move(firmware, std::back_inserter(files));
    TRY(std::vector<uint8_t> image, read_file(outcome.elf));
    files.push_back({program.graph.name + ".elf", std::move(image)});
    std::ranges::move(report_files(outcome.report), std::back_inserter(files));
    return write_files(folder, files);
}

Result<Outcome> try_there(const Session &session, const SampledModel &model,
                          const Program &portable, const Board &board, const std::string &folder) {
    TRY(const Program program, codegen::retarget(portable, board.core.isa));
    Outcome outcome{.model = model.name,
                    .board = board.name,
                    .macs = macs(program),
                    .verified = {},
                    .report = {},
                    .elf = {}};
    const Runner run = [&](std::span<const uint8_t> items) -> Result<HostRun> {
        TRY(SimulatedRun simulated,
            run_on_board(program, board, items,
                         {.installation = session.installation, .cache = cache_of(session)}));
        outcome.report = std::move(simulated.report);
        outcome.elf = std::move(simulated.elf);
        return HostRun{.results = std::move(simulated.results),
                       .seconds = outcome.report.seconds()};
    };
    TRY(outcome.verified, verify(program.graph, model, run, kSamplesOnBoards));
    TRY_DO(write_all(session, program, board, outcome, folder));
    return outcome;
}

Result<void> check_exact(const Outcome &outcome) {
    const auto [samples, exact, seconds] = outcome.verified;
    if (exact == samples) return {};
    return fail(
        Code::kOutputMismatch, outcome.model,
        fmt::format("{} of {} samples are equal to the bit on {}", exact, samples, outcome.board),
        fmt::format("ingot run {} --on {} --layers shows where they part", outcome.model,
                    outcome.board));
}

// What is not known of this machine is left empty.
std::vector<Cell> cells_of(const Outcome &outcome, double per_second) {
    const sim::Report &report = outcome.report;
    const bool is_simulated = report.instructions > 0;
    const auto known = [&](auto value) {
        return cell_of(is_simulated ? std::optional(value) : std::nullopt);
    };
    const int64_t cycles = report.cycles.total();
    const double per_mac = static_cast<double>(cycles) / static_cast<double>(outcome.macs);
    const double seconds = outcome.verified.seconds;
    return {outcome.model,
            outcome.board,
            outcome.verified.samples,
            outcome.verified.exact,
            outcome.macs,
            known(cycles),
            cell_of(seconds > 0 ? std::optional(seconds * per_second) : std::nullopt),
            cell_of(is_simulated && outcome.macs > 0 ? std::optional(per_mac) : std::nullopt),
            known(report.flash_bytes),
            known(report.arena_bytes),
            known(report.stack_bytes)};
}

Table table_of(const std::vector<Outcome> &outcomes, const std::string &format) {
    const bool is_for_people = format == "text" || format == "md";
    Table table{.columns = {{"model", "model"},
                            {"board", "board"},
                            {"samples", "samples"},
                            {"exact", "bit-exact"},
                            {"macs", "MAC"},
                            {"cycles", "cycles"},
                            {"seconds", "ms", true},  // Milliseconds where people read.
                            {"cycles_per_mac", "c/MAC", true},
                            {"flash_bytes", "flash B"},
                            {"arena_bytes", "arena B"},
                            {"stack_bytes", "stack B"}},
                .rows = {}};
    const double per_second = is_for_people ? 1e3 : 1;
    for (const Outcome &outcome : outcomes) table.rows.push_back(cells_of(outcome, per_second));
    return table;
}

constexpr std::string_view kLegend = R"(
bit-exact  samples whose outputs equal the expected ones in every bit
MAC        multiply-accumulates of convolutions and dense layers, after the passes
cycles     of one inference, simulated instruction by instruction
ms         of one inference: cycles at the board's clock; host: the fastest one, measured
c/MAC      all cycles, those of layers without MACs too, per MAC
flash      the whole image: start-up, runtime, the kernels it uses, weights
stack      measured high-water mark
)";

}  // namespace

Result<Exit> demo(const Session &session) {
    const std::string &out = session.arguments.out;
    const std::string folder = out.empty() ? kDefaultFolder : out;
    const std::vector<SampledModel> models = sampled_models(session.installation);
    if (models.empty()) {
        return fail(Code::kFileMissing, session.installation.models(), "holds no model");
    }
    TRY(const std::vector<Board> boards, boards_at_hand(session));

    Exit exit = Exit::kOk;
    std::vector<Outcome> outcomes;
    const auto report = [&](const Diagnostic &diagnostic) {
        session.error(diagnostic);
        if (exit == Exit::kOk) exit = exit_of(diagnostic.code);
    };
    const auto add = [&](Result<Outcome> outcome) {
        if (!outcome) return report(outcome.error());
        if (const auto exact = check_exact(*outcome); !exact) report(exact.error());
        outcomes.push_back(std::move(*outcome));
    };
    for (const SampledModel &model : models) {
        session.progress(
            fmt::format("[{}/{}] {}", &model - models.data() + 1, models.size(), model.name));
        const auto program = codegen::compile(model.path, {});
        if (!program) {
            report(program.error());
            continue;
        }
        add(try_here(session, model, *program));
        for (const Board &board : boards) {
            const std::string place = fmt::format("{}/{}/{}", folder, model.name, board.name);
            add(try_there(session, model, *program, board, place));
        }
    }
    print_table(table_of(outcomes, session.arguments.format), session.arguments.format, "models");
    if (session.arguments.format == "text") {
        fmt::print(
            "{}\nC, images and reports are in {}/MODEL/BOARD/; next: ingot simulate "
            "MODEL --board BOARD\n",
            kLegend, folder);
    }
    return exit;
}

}  // namespace ingot::cli
