// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs a vendor's project on a simulated board, and reads what its known-answer test says.

#ifndef INGOT_APPS_PROJECT_RUN_H
#define INGOT_APPS_PROJECT_RUN_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "boards/board.h"
#include "sim/machines/cnn_array/layer_output.h"
#include "sim/simulate.h"

namespace ingot::cli {

// What the program's console says of its own test.
enum class Verdict {
    kPass,
    kFail,
    kNone,  // Nothing, by the time it ended.
};

struct ProjectRun {
    Verdict verdict = Verdict::kNone;
    std::string console = {};              // Lines, without carriage returns.
    std::optional<int64_t> shown_us = {};  // The time that the program measured and printed.
    bool is_overrun = false;  // It wrote past the end of the buffer that it unloads to.
    sim::Report report = {};
    std::optional<Diagnostic> fault = {};       // Instead of an end of its own.
    std::vector<sim::LayerOutput> layers = {};  // Of the accelerator's last run.
};

struct ProjectRunOptions {
    std::string boards;  // The folder of board descriptions.
    sim::ProcessorOptions processor = {};
};

// `elf`: of build_project(). Errors: those of Setup::make() and Processor::make(); Internal if the
// report contradicts itself. What the program does wrong is in the result.
Result<ProjectRun> run_project(const std::string &elf, const Board &board,
                               const ProjectRunOptions &options);

// As the vendor's main.c prints them.
Verdict verdict_of(std::string_view console);
std::optional<int64_t> shown_time(const std::string &console);

}  // namespace ingot::cli

#endif
