// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs a program on this machine: its generated C is built and run as a process of its own.

#ifndef INGOT_APPS_HOST_RUN_H
#define INGOT_APPS_HOST_RUN_H

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "apps/installation.h"
#include "base/result.h"
#include "codegen/program.h"

namespace ingot::cli {

enum class Wanted { kOutputs, kLayers };

struct HostOptions {
    Installation installation;
    std::string cache;
    Wanted wanted = Wanted::kOutputs;
};

// Bytes of all these tensors together.
int64_t bytes_of(const codegen::Graph &graph, const std::vector<codegen::TensorId> &ids);

// What one item becomes: under kLayers every step's outputs, as they stand right after it, and in
// either case the model's outputs.
std::vector<codegen::TensorId> result_tensors(const codegen::Program &program, Wanted wanted);

struct HostRun {
    std::vector<uint8_t> results;  // Item after item, the bytes of result_tensors().
    double seconds = 0;            // Of the fastest item; 0 under kLayers.
};

// `items`: item after item, the bytes of the graph's inputs. Errors: ToolMissing, CannotWrite,
// Internal.
Result<HostRun> run_on_host(const codegen::Program &program, std::span<const uint8_t> items,
                            const HostOptions &options);

}  // namespace ingot::cli

#endif
