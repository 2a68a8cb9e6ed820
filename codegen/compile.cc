// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The pipeline, top to bottom.

#include "codegen/compile.h"

#include <algorithm>

#include "codegen/passes/passes.h"
#include "codegen/plan/place.h"
#include "codegen/read/read.h"
#include "codegen/targets/core.h"

namespace ingot::codegen {

void rewrite(Graph &graph, const CompileOptions &options) {
    if (!options.name.empty()) graph.name = options.name;
    fold_constants(graph);
    legalise(graph);
    for (const Pass &pass : optional_passes()) {
        const bool left_out =
            std::ranges::find(options.without_passes, pass.name) != options.without_passes.end();
        if (options.optional_passes && !left_out) pass.run(graph);
    }
    separate_outputs(graph);
    remove_dead_nodes(graph);
    INGOT_CHECK(is_sound(graph));  // The passes' duty, never the user's fault.
}

Result<Program> compile(const std::string &path, const CompileOptions &options) {
    TRY(Graph graph, read_model(path));
    return compile(std::move(graph), options);
}

namespace {

Result<Program> lower_and_place(Graph graph, const CompileOptions &options) {
    TRY(std::vector<Step> steps, lower_to_core(graph, options));
    if (steps.empty()) {
        return fail(Code::kModelInconsistent, graph.name,
                    "no operator of the model computes anything");
    }
    Program program{.graph = std::move(graph), .options = options, .steps = std::move(steps)};
    place_tensors(program);
    return program;
}

}  // namespace

Result<Program> compile(Graph graph, const CompileOptions &options) {
    rewrite(graph, options);
    return lower_and_place(std::move(graph), options);
}

Result<Program> retarget(const Program &program, const std::string &isa) {
    if (isa == program.options.isa) return program;
    CompileOptions options = program.options;
    options.isa = isa;
    return lower_and_place(program.graph, options);
}

}  // namespace ingot::codegen
