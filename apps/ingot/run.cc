// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// ingot run: arrays in, arrays out, by way of the generated C.

#include <fmt/format.h>

#include <map>

#include "apps/batch.h"
#include "apps/host_run.h"
#include "apps/ingot/inputs.h"
#include "apps/ingot/print.h"
#include "apps/ingot/verbs.h"
#include "apps/simulation.h"
#include "base/files.h"
#include "base/units.h"
#include "codegen/compile.h"

namespace ingot::cli {
namespace {

using codegen::Graph;
using codegen::Program;
using codegen::Tensor;
using codegen::TensorId;

constexpr const char *kHostIsa = "host";

// What was run, and how long the fastest item took; 0: not known.
struct Run {
    std::vector<uint8_t> results;
    double seconds = 0;
    std::string where;
};

// The bytes of computed tensors over all items.
using Computed = std::map<TensorId, std::vector<uint8_t>>;

Json tensor_json(const Tensor &tensor, const std::string &file) {
    const codegen::Quantization &quantization = tensor.quantization;
    Json json = {{"tensor", tensor.source_index}, {"name", tensor.name},   {"file", file},
                 {"type", name(tensor.type)},     {"shape", tensor.shape}, {"scale", nullptr},
                 {"zero_point", nullptr}};
    if (!quantization.empty()) {
        json["scale"] = quantization.scale[0];
        json["zero_point"] = quantization.zero_point[0];
    }
    return json;
}

// t<N>.npy for every activation, views among them, and tensors.json to tell which is which.
void add_layers(const Program &program, const Batch &batch, const Computed &computed,
                std::vector<NamedFile> &files) {
    const std::vector<TensorId> storage = codegen::storage_of(program.graph);
    Json list = Json::array();
    for (size_t id = 0; id < storage.size(); ++id) {
        const Tensor &tensor = program.graph.tensors[id];
        const auto bytes = computed.find(storage[id]);
        if (bytes == computed.end() || tensor.source_index < 0) continue;
        const std::string file = fmt::format("t{}.npy", tensor.source_index);
        files.push_back(array_file(file, make_array(tensor, batch, bytes->second)));
        list.push_back(tensor_json(tensor, file));
    }
    const Json json = {{"schema", 1}, {"tensors", list}};
    files.push_back(
        text_file("tensors.json", json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"));
}

Computed collect(const Program &program, Wanted wanted, const Batch &batch, const Run &run) {
    Computed computed;
    const auto add = [&](const std::vector<TensorId> &ids, const std::vector<uint8_t> &bytes) {
        std::vector<std::vector<uint8_t>> split = split_results(program.graph, ids, bytes);
        for (size_t i = 0; i < ids.size(); ++i) computed.try_emplace(ids[i], std::move(split[i]));
    };
    add(program.graph.inputs, batch.items);
    add(result_tensors(program, wanted), run.results);
    return computed;
}

Result<Run> run_here(const Program &program, const Batch &batch, const HostOptions &options) {
    TRY(HostRun run, run_on_host(program, batch.items, options));
    return Run{std::move(run.results), run.seconds, "for the fastest on this machine"};
}

Result<Run> run_there(const Program &program, const Board &board, const Batch &batch,
                      const HostOptions &options) {
    const SimulationOptions simulation{.installation = options.installation,
                                       .cache = options.cache,
                                       .wanted = options.wanted,
                                       .processor = {.is_traffic_recorded = false}};
    TRY(SimulatedRun run, run_on_board(program, board, batch.items, simulation));
    return Run{std::move(run.results), run.report.seconds(), "for one on " + board.name};
}

void report(const Program &program, const Batch &batch, const Run &run) {
    for (size_t i = 0; i < program.graph.outputs.size(); ++i) {
        const Tensor &tensor = program.graph.tensors[program.graph.outputs[i]];
        fmt::print("out{}.npy  {}\n", i, to_string(make_array(tensor, batch, {})));
    }
    fmt::print("{} {}", grouped(batch.count), batch.count == 1 ? "item" : "items");
    if (run.seconds > 0) fmt::print(", {} {}", seconds_text(run.seconds), run.where);
    fmt::print("\n");
}

}  // namespace

Result<Exit> run(const Session &session) {
    const Arguments &arguments = session.arguments;
    TRY(const std::string path, chosen_model(session));
    TRY(const Board board, find_board(arguments.on, session.installation.boards()));
    const bool is_here = board.core.isa == kHostIsa;
    if (!is_here) TRY_DO(require_simulated(board, session.installation.boards()));
    TRY(const codegen::CompileOptions options, compile_options(session, board));
    TRY(const Program program, codegen::compile(path, options));
    TRY(Inputs inputs, read_inputs(session, program.graph));

    const Wanted wanted = arguments.layers ? Wanted::kLayers : Wanted::kOutputs;
    const HostOptions where{
        .installation = session.installation, .cache = cache_of(session), .wanted = wanted};
    TRY(const Run result, is_here ? run_here(program, inputs.batch, where)
                                  : run_there(program, board, inputs.batch, where));
    const Computed computed = collect(program, wanted, inputs.batch, result);

    std::vector<NamedFile> files = std::move(inputs.files);
    for (size_t i = 0; i < program.graph.outputs.size(); ++i) {
        const TensorId id = program.graph.outputs[i];
        const Npy array = make_array(program.graph.tensors[id], inputs.batch, computed.at(id));
        files.push_back(array_file(fmt::format("out{}.npy", i), array));
    }
    if (arguments.layers) add_layers(program, inputs.batch, computed, files);
    TRY_DO(write_files(arguments.out, files));
    if (arguments.inputs.empty()) {
        session.progress("the random input is written beside the outputs, as in0.npy ...");
    }
    report(program, inputs.batch, result);
    return Exit::kOk;
}

}  // namespace ingot::cli
