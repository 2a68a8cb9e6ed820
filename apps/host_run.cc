// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Builds the generated C with host_main.c, feeds it and checks what comes back.

#include "apps/host_run.h"

#include <fmt/format.h>

#include <cstdio>

#include "apps/build.h"
#include "apps/flags.h"
#include "base/process.h"
#include "boards/board.h"
#include "codegen/emit/emit.h"

namespace ingot::cli {
namespace {

using codegen::Program;
using codegen::TensorId;

constexpr const char *kHost = "host";

// Tells host_main.c, which knows no names, about the model.
constexpr std::string_view kJoint = R"(#include "{0}.h"
extern const ingot_model *const host_model;
extern const ingot_layer *const host_layers;
const ingot_model *const host_model = &{0}_model;
const ingot_layer *const host_layers = {0}_layers;
)";

Build host_build(const Program &program, const Board &host, const Installation &installation) {
    Build build{
        .compiler = host.core.compiler, .arguments = host.core.flags, .files = {}, .reads = {}};
    build.arguments.insert(build.arguments.end(),
                           {"-std=c11", "-I.", "-I" + installation.include()});
    for (const codegen::SourceFile &source : emit(program, kHost)) {
        build.files.push_back(text_file(source.name, source.text));
        if (source.name.ends_with(".c")) build.arguments.push_back(source.name);
    }
    build.files.push_back(text_file("host_joint.c", fmt::format(kJoint, program.graph.name)));
    build.arguments.push_back("host_joint.c");

    build.reads = {installation.host_main(), installation.library("ingot_runtime"),
                   installation.library("ingot_kernels")};
    build.arguments.insert(build.arguments.end(), build.reads.begin(), build.reads.end());
    build.reads.push_back(installation.include() + "/ingot");
    build.arguments.insert(build.arguments.end(), kLinkFlags.begin(), kLinkFlags.end());
    return build;
}

Result<HostRun> check_answer(Finished finished, int64_t expected_bytes) {
    if (finished.status != 0) {
        return fail(Code::kInternal, "the generated program",
                    fmt::format("ended with status {}: {}", finished.status, finished.errors));
    }
    if (static_cast<int64_t>(finished.output.size()) != expected_bytes) {
        return fail(
            Code::kInternal, "the generated program",
            fmt::format("wrote {} B instead of {} B", finished.output.size(), expected_bytes));
    }
    unsigned long items = 0;
    double best = 0;
    INGOT_CHECK(std::sscanf(finished.errors.c_str(), "%lu items, %lf ns", &items, &best) == 2);
    return HostRun{.results = {finished.output.begin(), finished.output.end()},
                   .seconds = best * 1e-9};
}

}  // namespace

int64_t bytes_of(const codegen::Graph &graph, const std::vector<TensorId> &ids) {
    int64_t bytes = 0;
    for (const TensorId id : ids) bytes += graph.tensors[id].bytes();
    return bytes;
}

std::vector<TensorId> result_tensors(const Program &program, Wanted wanted) {
    std::vector<TensorId> ids;
    for (const codegen::Step &step : program.steps) {
        if (wanted == Wanted::kOutputs) break;
        ids.insert(ids.end(), step.lowered.outputs.begin(), step.lowered.outputs.end());
    }
    ids.insert(ids.end(), program.graph.outputs.begin(), program.graph.outputs.end());
    return ids;
}

Result<HostRun> run_on_host(const Program &program, std::span<const uint8_t> items,
                            const HostOptions &options) {
    const int64_t item_bytes = bytes_of(program.graph, program.graph.inputs);
    INGOT_CHECK(item_bytes > 0);
    const int64_t count = static_cast<int64_t>(items.size()) / item_bytes;
    INGOT_CHECK(count * item_bytes == static_cast<int64_t>(items.size()));

    TRY(const Board host, find_board(kHost, options.installation.boards()));
    TRY(const std::string path,
        build(host_build(program, host, options.installation), options.cache));
    std::vector<std::string> argv = {path};
    if (options.wanted == Wanted::kLayers) argv.push_back("--layers");
    TRY(Finished finished, run_process({.argv = argv, .input = items}));
    return check_answer(std::move(finished),
                        count * bytes_of(program.graph, result_tensors(program, options.wanted)));
}

}  // namespace ingot::cli
