// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs a program on a simulated board: its firmware image is built and executed.

#ifndef INGOT_APPS_SIMULATION_H
#define INGOT_APPS_SIMULATION_H

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "apps/host_run.h"
#include "apps/installation.h"
#include "base/files.h"
#include "base/result.h"
#include "boards/board.h"
#include "codegen/program.h"
#include "sim/simulate.h"

namespace ingot::cli {

struct SimulationOptions {
    Installation installation;
    std::string cache;
    Wanted wanted = Wanted::kOutputs;
    sim::ProcessorOptions processor = {};
};

struct SimulatedRun {
    std::vector<uint8_t> results;  // Item after item, the bytes of result_tensors().
    sim::Report report;            // Of the last item; empty under kLayers.
    std::string elf;               // Path of the image that ran, in the cache.
};

// `items` as in run_on_host(), at least one. `program` was compiled for the board's core. Errors:
// those of require_simulated(), before anything is built, of build_firmware(), of Setup and of
// FirmwareRun; Internal if the report contradicts itself.
Result<SimulatedRun> run_on_board(const codegen::Program &program, const Board &board,
                                  std::span<const uint8_t> items, const SimulationOptions &options);

// What the simulator is told of a program's layers.
sim::ModelFacts model_facts(const codegen::Program &program);

// NotSimulated when the board names no core with a cycle table, or no memory. `boards`: the folder
// of board descriptions.
Result<void> require_simulated(const Board &board, const std::string &boards);

// A report in every form, to be written to one folder.
std::vector<NamedFile> report_files(const sim::Report &report);

// Internal when a report contradicts itself.
Result<void> require_sound(const sim::Report &report);

}  // namespace ingot::cli

#endif
