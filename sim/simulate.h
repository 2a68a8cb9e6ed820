// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs programs on simulated boards and reports what they cost.

#ifndef INGOT_SIM_SIMULATE_H
#define INGOT_SIM_SIMULATE_H

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/core/model_in_memory.h"
#include "sim/core/processor.h"
#include "sim/report/report.h"

namespace ingot::sim {

// What tools know of a model, and the firmware does not.
struct LayerFacts {
    std::string name;  // In the source model.
    std::string op;
    int64_t macs = 0;
    std::vector<int64_t> output_bytes;
};
struct ModelFacts {
    std::string name;
    std::string hash;
    std::vector<LayerFacts> layers;
};

// Whether a board's core has a cycle table in `boards`, the folder of board descriptions, and the
// board a memory.
bool is_simulated(const Board &board, const std::string &boards);

// A program, the board it runs on, and the cycle table of the board's core.
struct Setup {
    Board board;
    CoreTiming timing;
    Image image;

    // `boards`: the folder of board descriptions, which holds the cycle tables too. Errors: those
    // of read_timing() and read_image(); NotSimulated.
    static Result<Setup> make(const Board &board, const std::string &elf,
                              const std::string &boards);
};

// What a processor has counted so far, without layers and what only tools know.
Report report_of(const Setup &setup, const Processor &processor);

// Firmware with a model in it, waiting for commands (ingot/mailbox.h).
class FirmwareRun {
public:
    // Boots until the firmware is idle. Errors: those of Processor; FirmwareFailed when it reports
    // a fault or has no mailbox.
    static Result<std::unique_ptr<FirmwareRun>> boot(const Setup &setup,
                                                     const ProcessorOptions &options);

    // Runs the model once on `input`, all inputs in order, and answers all outputs in order.
    // Errors: those of Processor; FirmwareFailed; SleepsForever.
    Result<std::vector<uint8_t>> infer(std::span<const uint8_t> input);

    // The same, answering each step's outputs as they stand right after it, then the model's.
    Result<std::vector<uint8_t>> infer_layers(std::span<const uint8_t> input,
                                              const ModelFacts &facts);

    // Of the last infer().
    Report report(const ModelFacts &facts) const;

    Processor &processor() { return *processor_; }
    const ModelInMemory &model() const { return model_; }

    // A word of the mailbox, by its index in ingot_mailbox.
    uint32_t mailbox(size_t word) const;

private:
    explicit FirmwareRun(const Setup &setup) : setup_(setup) {}
    Result<void> command(std::span<const uint8_t> input);
    Result<void> finish();
    Result<void> require_awake(const Stop &stop) const;
    std::vector<uint8_t> read_outputs() const;

    const Setup &setup_;
    std::unique_ptr<Processor> processor_;
    ModelInMemory model_;
    uint32_t mailbox_ = 0;
    Report counted_;  // By the last infer(), without what only tools know.
};

// Any program, from reset until it ends, sleeps for good or fails. What it cost until then, what it
// printed, and what it did wrong: the faults of Processor::run(); SleepsForever when it does so in
// a handler. Errors: those of Processor::make().
struct ProgramRun {
    Report report;
    std::string console;
    int32_t exit_code = 0;
    std::optional<Diagnostic> fault = {};
};
Result<ProgramRun> run_program(const Setup &setup, const ProcessorOptions &options);

}  // namespace ingot::sim

#endif
