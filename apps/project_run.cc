// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A project's program ends by returning from main, and its failed test ends in a loop without an
// exit: both are known here, so that neither is mistaken for a fault.

#include "apps/project_run.h"

#include <charconv>
#include <regex>

#include "apps/simulation.h"
#include "sim/devices/board_devices.h"

namespace ingot::cli {
namespace {

// Where the port stays after main has returned.
constexpr const char *kEnd = "max7800x_end";

// Generated for the last layer's output alone, whatever else it unloads.
constexpr const char *kUnload = "cnn_unload";

std::string without_returns(const std::string &console) {
    std::string text = console;
    std::erase(text, '\r');
    return text;
}

// What ended the run, if it was not the program itself. `verdict`: of what it had printed by then.
std::optional<Diagnostic> fault_of(const Result<sim::Stop> &stop, Verdict verdict,
                                   const std::string &where) {
    const bool has_given_up = verdict == Verdict::kFail;  // "while (1)", or a sleep without end.
    if (!stop) {
        if (has_given_up && stop.error().code == Code::kRunAway) return {};
        return stop.error();
    }
    if (stop->kind != sim::Stop::Kind::kAsleep || has_given_up) return {};
    return Diagnostic{.code = Code::kSleepsForever,
                      .where = where,
                      .what = "waits for an interrupt that nothing will raise",
                      .hint = {}};
}

}  // namespace

Verdict verdict_of(std::string_view console) {
    const auto says = [&](std::string_view text) { return console.find(text) != console.npos; };
    if (says("*** FAIL ***")) return Verdict::kFail;
    return says("*** PASS ***") ? Verdict::kPass : Verdict::kNone;
}

std::optional<int64_t> shown_time(const std::string &console) {
    static const std::regex kTime(R"(time: ([0-9]{1,18}) us)");
    std::smatch match;
    if (!std::regex_search(console, match, kTime)) return {};
    int64_t us = 0;
    std::from_chars(&*match[1].first, &*match[1].first + match[1].length(), us);
    return us;
}

Result<ProjectRun> run_project(const std::string &elf, const Board &board,
                               const ProjectRunOptions &options) {
    TRY(const sim::Setup setup, sim::Setup::make(board, elf, options.boards));
    const sim::Symbol *end = setup.image.symbol(kEnd);
    INGOT_CHECK(end);  // The port is linked into every project.
    sim::ProcessorOptions watched = options.processor;
    watched.watched_function = kUnload;
    TRY(const auto processor,
        sim::Processor::make(setup.board, setup.timing, setup.image, watched, sim::make_devices));
    sim::CnnArrayDevice *array = sim::find_cnn_array(processor->devices());
    std::optional<sim::LayerRecorder> recorder;
    if (array) recorder.emplace(*array);
    const Result<sim::Stop> stop =
        processor->run({.sleep = sim::OnSleep::kWait, .address = end->address});

    ProjectRun run{.console = without_returns(processor->console())};
    run.verdict = verdict_of(run.console);
    run.shown_us = shown_time(run.console);
    run.fault = fault_of(stop, run.verdict, setup.image.describe(processor->program_counter()));
    run.report = report_of(setup, *processor);
    if (recorder) run.layers = recorder->outputs();
    const auto overrun = processor->store_guard().finding();
    run.is_overrun = overrun.has_value();
    if (overrun && !run.report.accelerators.empty()) {
        run.report.accelerators[0].hazards.push_back(*overrun);
    }
    TRY_DO(require_sound(run.report));
    return run;
}

}  // namespace ingot::cli
