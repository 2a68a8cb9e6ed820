// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs once, layer by layer.

#include "apps/known_answer.h"

#include "apps/batch.h"
#include "ingot/known_answer.h"

namespace ingot::cli {

Result<codegen::KnownAnswer> answer_to(const codegen::Program &program, std::vector<uint8_t> item,
                                       HostOptions options) {
    options.wanted = Wanted::kLayers;
    TRY(const HostRun run, run_on_host(program, item, options));
    codegen::KnownAnswer answer{.input = std::move(item), .output = {}, .layer_crc = {}};
    const uint8_t *next = run.results.data();
    for (const codegen::Step &step : program.steps) {
        const int64_t bytes = bytes_of(program.graph, step.lowered.outputs);
        answer.layer_crc.push_back(ingot_crc32(0, next, static_cast<uint32_t>(bytes)));
        next += bytes;
    }
    answer.output.assign(next, run.results.data() + run.results.size());
    return answer;
}

Result<codegen::KnownAnswer> known_answer(const codegen::Program &program, HostOptions options) {
    const std::vector<Npy> inputs = random_inputs(program.graph);
    TRY(Batch batch, make_batch(program.graph, inputs, std::vector<std::string>(inputs.size())));
    return answer_to(program, std::move(batch.items), std::move(options));
}

}  // namespace ingot::cli
