// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot simulate --project: a vendor's project, built as it is and run on a simulated board.

#include "apps/ingot/simulate_project.h"

#include <fmt/format.h>

#include <filesystem>
#include <sstream>

#include "apps/ingot/print.h"
#include "apps/project.h"
#include "apps/project_run.h"
#include "apps/simulation.h"
#include "base/files.h"
#include "base/npy.h"
#include "sim/report/forms.h"

namespace ingot::cli {
namespace {

// Generated programs take a thousandth of these.
constexpr int64_t kInstructionsMost = 500'000'000;

// "mnist" for "examples/mnist/".
std::string name_of(const std::string &folder) {
    const std::filesystem::path path = std::filesystem::absolute(folder).lexically_normal();
    return path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
}

// Of the known-answer test; a program that was stopped has no result.
struct VerdictWords {
    const char *key;
    const char *title;
};
VerdictWords words_of(const ProjectRun &run) {
    if (run.verdict == Verdict::kFail) return {"fail", "FAIL"};
    if (run.fault) return {"fault", "STOPPED"};
    return run.verdict == Verdict::kPass ? VerdictWords{"pass", "PASS"}
                                         : VerdictWords{"none", "NO RESULT"};
}

std::string indented(const std::string &text) {
    std::istringstream lines(text);
    std::string result;
    for (std::string line; std::getline(lines, line);) {
        result += line.empty() ? "\n" : fmt::format("  {}\n", line);
    }
    return result;
}

size_t hazard_count(const ProjectRun &run) {
    size_t count = 0;
    for (const sim::AcceleratorReport &accelerator : run.report.accelerators) {
        count += accelerator.hazards.size();
    }
    return count;
}

// Behind the verdict: a program may pass its test in spite of them.
std::string hazards_text(const ProjectRun &run) {
    const size_t count = hazard_count(run);
    std::string text = count == 0 ? "" : fmt::format(", {} hazard{}", count, count == 1 ? "" : "s");
    for (const sim::AcceleratorReport &accelerator : run.report.accelerators) {
        for (const std::string &hazard : accelerator.hazards) text += "\nhazard  " + hazard;
    }
    return text;
}

// The time that the program printed holds what it did beside the accelerator's run: it stopped its
// timer in a handler, and may have loaded data meanwhile.
std::string time_text(const ProjectRun &run) {
    std::string text;
    if (run.shown_us) {
        text += fmt::format("timer   {} us, as the program shows it{}", *run.shown_us,
                            run.is_overrun ? ", from memory that it overwrote (hazard)" : "");
    }
    for (const sim::AcceleratorReport &accelerator : run.report.accelerators) {
        text += fmt::format("{}{} {:.1f} us from start to interrupt", text.empty() ? "" : "; ",
                            accelerator.name, 1e6 * accelerator.seconds(accelerator.cycles));
        if (accelerator.cycles_min == accelerator.cycles_max) continue;
        text += fmt::format(", on silicon {:.1f} to {:.1f}",
                            1e6 * accelerator.seconds(accelerator.cycles_min),
                            1e6 * accelerator.seconds(accelerator.cycles_max));
    }
    return text.empty() ? text : text + "\n";
}

std::string text_of(const std::string &folder, const ProjectRun &run) {
    return fmt::format("{}: {} on {}{}\n\nconsole\n{}\n{}\n{}", words_of(run).title,
                       name_of(folder), run.report.board.name, hazards_text(run),
                       indented(run.console), time_text(run), sim::to_text(run.report));
}

// The report's document, and what only a project has.
std::string json_of(const std::string &folder, const ProjectRun &run) {
    Json document = Json::parse(sim::to_json(run.report));
    const bool knows_time = run.shown_us && !run.is_overrun;
    document["project"] = {{"name", name_of(folder)},
                           {"verdict", words_of(run).key},
                           {"console", run.console},
                           {"shown_us", knows_time ? Json(*run.shown_us) : Json()}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Every form, with what only a project has where there is room for it.
std::vector<NamedFile> files_of(const std::string &folder, const ProjectRun &run) {
    std::vector<NamedFile> files = report_files(run.report);
    for (NamedFile &file : files) {
        if (file.name == "report.txt") file = text_file(file.name, text_of(folder, run));
        if (file.name == "report.json") file = text_file(file.name, json_of(folder, run));
    }
    return files;
}

Npy array_of(const sim::LayerOutput &layer) {
    Npy array{.type = layer.is_wide ? Npy::Type::kInt32 : Npy::Type::kInt8,
              .shape = {layer.shape.channels, layer.shape.rows, layer.shape.columns},
              .data = {}};
    const int bytes = layer.is_wide ? 4 : 1;
    for (const int32_t value : layer.values) {
        for (int b = 0; b < bytes; ++b) {
            array.data.push_back(static_cast<uint8_t>(static_cast<uint32_t>(value) >> 8 * b));
        }
    }
    return array;
}

// layer<N>.npy for each layer in the order of execution, and layers.json to tell what it did.
std::vector<NamedFile> layer_files(const ProjectRun &run) {
    std::vector<NamedFile> files;
    Json list = Json::array();
    for (const sim::LayerOutput &layer : run.layers) {
        if (layer.values.empty()) continue;
        const std::string file = fmt::format("layer{}.npy", layer.index);
        const Npy array = array_of(layer);
        files.push_back({.name = file, .data = npy_bytes(array)});
        list.push_back({{"layer", layer.index},
                        {"op", layer.op},
                        {"file", file},
                        {"type", name(array.type)},
                        {"shape", array.shape}});
    }
    const Json json = {{"schema", 1}, {"layers", list}};
    files.push_back(text_file("layers.json", json.dump(2) + "\n"));
    return files;
}

Result<void> write_asked_for(const Arguments &arguments, const ProjectRun &run) {
    if (!arguments.report.empty()) {
        TRY_DO(write_files(arguments.report, files_of(arguments.project, run)));
    }
    if (arguments.layers_folder.empty()) return {};
    return write_files(arguments.layers_folder, layer_files(run));
}

void print(const Session &session, const ProjectRun &run) {
    const std::string &format = session.arguments.format;
    const std::string &folder = session.arguments.project;
    if (format == "json") {
        fmt::print("{}", json_of(folder, run));
    } else if (format == "csv") {
        fmt::print("{}", sim::to_csv(run.report));
    } else if (format == "trace") {
        fmt::print("{}", sim::to_trace(run.report));
    } else {
        fmt::print("{}", text_of(folder, run));
    }
}

// Nothing is written to a project, whatever a user says.
Result<void> check_targets(const Arguments &arguments) {
    namespace fs = std::filesystem;
    const fs::path project = fs::weakly_canonical(arguments.project);
    for (const auto &[option, folder] : {std::pair("--layers", arguments.layers_folder),
                                         std::pair("--report", arguments.report)}) {
        if (folder.empty()) continue;
        const std::string way = fs::weakly_canonical(folder).lexically_relative(project).string();
        if (way.empty() || way.starts_with("..")) continue;
        return fail(Code::kUsage, option,
                    fmt::format("{} lies in the project, where nothing is written", folder));
    }
    return {};
}

Result<Exit> exit_of_run(const std::string &folder, const ProjectRun &run) {
    if (run.verdict == Verdict::kFail) {
        return fail(Code::kKnownAnswerFailed, folder, "the program's own known-answer test failed",
                    "--layers DIR writes what each layer computed");
    }
    if (run.fault) return tl::unexpected(*run.fault);
    if (run.verdict == Verdict::kPass) return Exit::kOk;
    return fail(Code::kKnownAnswerFailed, folder,
                "the program ended without having printed PASS or FAIL");
}

}  // namespace

Result<Exit> simulate_project(const Session &session, const Board &board,
                              const sim::ProcessorOptions &processor) {
    const Arguments &arguments = session.arguments;
    const Installation &installation = session.installation;
    TRY_DO(check_targets(arguments));
    TRY(const Project project, read_project(arguments.project, installation));
    TRY(const std::string elf,
        build_project(project, board, {.installation = installation, .cache = cache_of(session)}));
    session.detail(fmt::format("the program is {}", elf));
    if (!project.has_softmax) session.detail("there is no softmax.c: Ingot's own is linked");
    sim::ProcessorOptions options = processor;
    if (arguments.limit.empty()) options.instruction_limit = kInstructionsMost;
    TRY(const ProjectRun run,
        run_project(elf, board, {.boards = installation.boards(), .processor = options}));
    TRY_DO(write_asked_for(arguments, run));
    print(session, run);
    return exit_of_run(arguments.project, run);
}

}  // namespace ingot::cli
