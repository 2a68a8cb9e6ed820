// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot simulate: what a model, or any program, costs on a board.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "apps/batch.h"
#include "apps/ingot/inputs.h"
#include "apps/ingot/simulate_project.h"
#include "apps/ingot/verbs.h"
#include "apps/simulation.h"
#include "base/files.h"
#include "codegen/compile.h"
#include "sim/report/forms.h"

namespace ingot::cli {
namespace {

Result<int64_t> positive(const std::string &text, const std::string &option) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size() && value > 0) return value;
    return fail(Code::kUsage, option, fmt::format("\"{}\" is no positive whole number", text));
}

// "ram=20000000"
Result<sim::Background> background(const std::string &text) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos) {
        return fail(Code::kUsage, "--background",
                    fmt::format("\"{}\" is not MEMORY=BYTES_PER_SECOND", text));
    }
    TRY(const int64_t rate, positive(text.substr(equals + 1), "--background"));
    return sim::Background{.memory = text.substr(0, equals), .bytes_per_second = rate};
}

Result<sim::ProcessorOptions> processor_options(const Arguments &arguments) {
    sim::ProcessorOptions options{.is_traffic_recorded = !arguments.no_traffic};
    if (!arguments.limit.empty()) {
        TRY(options.instruction_limit, positive(arguments.limit, "--limit"));
    }
    for (const std::string &text : arguments.backgrounds) {
        TRY(sim::Background load, background(text));
        options.background.push_back(std::move(load));
    }
    return options;
}

Result<sim::Report> simulate_model(const Session &session, const Board &board,
                                   const sim::ProcessorOptions &processor) {
    TRY(const std::string path, chosen_model(session));
    TRY(const codegen::CompileOptions options, compile_options(session, board));
    TRY(const codegen::Program program, codegen::compile(path, options));
    TRY(const Inputs inputs, read_inputs(session, program.graph));
    tell_last(session, inputs.batch);
    TRY(SimulatedRun run, run_on_board(program, board, inputs.batch.items,
                                       {.installation = session.installation,
                                        .cache = cache_of(session),
                                        .wanted = Wanted::kOutputs,
                                        .processor = processor}));
    return std::move(run.report);
}

// Ingot's own firmware boots and then waits for a command that nobody gives here.
void tell_of_firmware(const Session &session, const sim::Image &image) {
    if (!image.symbol("ingot_mailbox")) return;
    session.progress(
        "the program is Ingot's firmware, which boots and waits for a command: ingot simulate "
        "MODEL measures an inference");
}

Result<sim::Report> simulate_program(const Session &session, const Board &board,
                                     const sim::ProcessorOptions &processor) {
    const std::string &elf = session.arguments.elf;
    TRY(const sim::Setup setup, sim::Setup::make(board, elf, session.installation.boards()));
    tell_of_firmware(session, setup.image);
    TRY(sim::ProgramRun run, sim::run_program(setup, processor));
    fmt::print(stderr, "{}", run.console);
    if (run.fault) return tl::unexpected(*std::move(run.fault));
    if (run.exit_code != 0) {
        session.warning(fmt::format("the program ended with code {}", run.exit_code));
    }
    TRY_DO(require_sound(run.report));
    return std::move(run.report);
}

// The choices of --format are these forms.
const sim::Form &chosen_form(const std::string &format) {
    const auto form = std::ranges::find(sim::kForms, format, &sim::Form::format);
    INGOT_CHECK(form != sim::kForms.end());
    return *form;
}

// One of three subjects, and nothing that only another one could use.
Result<void> check_subject(const Arguments &arguments) {
    const std::string *const subjects[] = {&arguments.model, &arguments.elf, &arguments.project};
    if (std::ranges::count_if(subjects, [](const auto *text) { return !text->empty(); }) != 1) {
        return fail(Code::kUsage, "", "simulate takes one of MODEL, --elf FILE and --project DIR");
    }
    const bool is_model = !arguments.model.empty();
    const bool is_project = !arguments.project.empty();
    const struct {
        bool is_wrong;
        const char *option;
        const char *subject;
    } options[] = {{!is_model && !arguments.inputs.empty(), "--input", "a MODEL"},
                   {!is_model && !arguments.rounding.empty(), "--rounding", "a MODEL"},
                   {!is_model && arguments.no_passes, "--no-passes", "a MODEL"},
                   {!is_model && !arguments.without_passes.empty(), "--without-pass", "a MODEL"},
                   {!is_project && !arguments.layers_folder.empty(), "--layers", "--project"}};
    for (const auto &[is_wrong, option, subject] : options) {
        if (is_wrong) return fail(Code::kUsage, option, fmt::format("is for {} only", subject));
    }
    return {};
}

}  // namespace

Result<Exit> simulate(const Session &session) {
    const Arguments &arguments = session.arguments;
    TRY_DO(check_subject(arguments));
    TRY(const Board board, chosen_board(session));
    TRY_DO(require_simulated(board, session.installation.boards()));
    TRY(const sim::ProcessorOptions processor, processor_options(arguments));
    if (!arguments.project.empty()) return simulate_project(session, board, processor);
    TRY(const sim::Report report, arguments.elf.empty()
                                      ? simulate_model(session, board, processor)
                                      : simulate_program(session, board, processor));
    if (!arguments.report.empty()) TRY_DO(write_files(arguments.report, report_files(report)));
    fmt::print("{}", chosen_form(arguments.format).write(report));
    return Exit::kOk;
}

}  // namespace ingot::cli
