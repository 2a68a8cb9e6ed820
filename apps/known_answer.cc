// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs once, layer by layer.

#include "apps/known_answer.h"

#include "apps/batch.h"
#include "ingot/known_answer.h"

namespace ingot::cli {

Result<codegen::KnownAnswer> known_answer(const codegen::Program &program, HostOptions options) {
    const codegen::Graph &graph = program.graph;
    const std::vector<Npy> inputs = random_inputs(graph);
    TRY(Batch batch, make_batch(graph, inputs, std::vector<std::string>(inputs.size())));
    options.wanted = Wanted::kLayers;
    TRY(const HostRun run, run_on_host(program, batch.items, options));

    codegen::KnownAnswer answer{.input = std::move(batch.items), .output = {}, .layer_crc = {}};
    const uint8_t *next = run.results.data();
    for (const codegen::Step &step : program.steps) {
        const int64_t bytes = bytes_of(graph, step.lowered.outputs);
        answer.layer_crc.push_back(ingot_crc32(0, next, static_cast<uint32_t>(bytes)));
        next += bytes;
    }
    answer.output.assign(next, run.results.data() + run.results.size());
    return answer;
}

}  // namespace ingot::cli
