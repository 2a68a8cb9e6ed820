// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The shipped image is what is simulated: there is no other program for it.

#include "apps/simulation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/firmware.h"
#include "sim/report/forms.h"

namespace ingot::cli {

Result<void> require_simulated(const Board &board, const std::string &boards) {
    if (sim::is_simulated(board, boards)) return {};
    std::vector<std::string> names;
    for (const std::string &name : board_names(boards)) {
        TRY(const Board other, find_board(name, boards));
        if (sim::is_simulated(other, boards)) names.push_back(name);
    }
    return fail(Code::kNotSimulated, board.name,
                "cannot be simulated: no cycle table knows its core, or it names no memory",
                fmt::format("simulated are: {}", fmt::join(names, ", ")));
}

std::vector<NamedFile> report_files(const sim::Report &report) {
    std::vector<NamedFile> files;
    for (const sim::Form &form : sim::kForms) {
        files.push_back(text_file(std::string(form.file), form.write(report)));
    }
    return files;
}

sim::ModelFacts model_facts(const codegen::Program &program) {
    sim::ModelFacts facts{
        .name = program.graph.name, .hash = program.graph.source_hash, .layers = {}};
    for (const codegen::Step &step : program.steps) {
        sim::LayerFacts layer{.name = step.name,
                              .op = std::string(step.op->name),
                              .macs = step.macs,
                              .output_bytes = {}};
        for (const codegen::TensorId id : step.lowered.outputs) {
            layer.output_bytes.push_back(program.graph.tensors[id].bytes());
        }
        facts.layers.push_back(std::move(layer));
    }
    return facts;
}

Result<void> require_sound(const sim::Report &report) {
    const std::vector<std::string> found = sim::faults(report);
    if (found.empty()) return {};
    return fail(Code::kInternal, "the report", found[0]);
}

Result<SimulatedRun> run_on_board(const codegen::Program &program, const Board &board,
                                  std::span<const uint8_t> items,
                                  const SimulationOptions &options) {
    INGOT_CHECK(!items.empty());
    TRY_DO(require_simulated(board, options.installation.boards()));
    TRY(const FirmwareImage image,
        build_firmware(program, board,
                       {.installation = options.installation, .cache = options.cache}));
    TRY(const sim::Setup setup, sim::Setup::make(board, image.elf, options.installation.boards()));
    TRY(const auto firmware, sim::FirmwareRun::boot(setup, options.processor));

    const sim::ModelFacts facts = model_facts(program);
    const auto item_bytes = static_cast<size_t>(bytes_of(program.graph, program.graph.inputs));
    SimulatedRun run{.results = {}, .report = {}, .elf = image.elf};
    for (; !items.empty(); items = items.subspan(item_bytes)) {
        const auto item = items.first(item_bytes);
        TRY(const std::vector<uint8_t> results, options.wanted == Wanted::kLayers
                                                    ? firmware->infer_layers(item, facts)
                                                    : firmware->infer(item));
        run.results.insert(run.results.end(), results.begin(), results.end());
    }
    if (options.wanted == Wanted::kLayers) return run;
    run.report = firmware->report(facts);
    TRY_DO(require_sound(run.report));
    return run;
}

}  // namespace ingot::cli
